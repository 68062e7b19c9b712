import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { pressChip } from '../view/filter.ts';
import type { Chip, Filter, Kind } from '../view/filter.ts';
import { icon } from './icon.ts';
import { controls, shared } from './styles.ts';

/** The outcomes that are present, with their counts; a drop-down where there is no room. Fires `filter`. */
export class Chips extends LitElement {
  static override properties = {
    chips: { attribute: false },
    filter: { attribute: false },
    total: { type: Number },
  };
  declare chips: readonly Chip[];
  declare filter: Filter | undefined;
  declare total: number;

  constructor() {
    super();
    this.chips = [];
    this.total = 0;
  }

  override render(): TemplateResult {
    const kinds = this.filter?.kinds ?? [];
    return html`<div class="chips" role="toolbar" aria-label="Show" @keydown=${this.#move}>
        ${this.#chip(undefined, html`All ${this.total}`, kinds.length === 0)}
        ${this.chips.map(({ kind, look, count }) =>
          this.#chip(kind, html`${icon(look.icon, look.family)}${look.word} ${count}`, kinds.includes(kind)),
        )}
      </div>
      <select aria-label="Show" @change=${this.#choose}>
        <option value="" ?selected=${kinds.length === 0}>All ${this.total}</option>
        ${this.chips.map(
          ({ kind, look, count }) =>
            html`<option value=${kind} ?selected=${kinds.includes(kind)}>${look.word} ${count}</option>`,
        )}
      </select>`;
  }

  #chip(kind: Kind | undefined, content: TemplateResult, pressed: boolean): TemplateResult {
    return html`<button
      class="chip"
      aria-pressed=${pressed}
      tabindex=${kind === undefined ? 0 : -1}
      @click=${(event: MouseEvent) => this.#press(kind, event.ctrlKey || event.metaKey)}
    >
      ${content}
    </button>`;
  }

  #press(kind: Kind | undefined, add: boolean): void {
    if (this.filter) this.#fire(pressChip(this.filter, kind, add));
  }

  #choose(event: Event): void {
    if (!(event.target instanceof HTMLSelectElement) || !this.filter) return;
    const chosen = event.target.value;
    const kind = this.chips.find((each) => each.kind === chosen)?.kind;
    this.#fire({ ...this.filter, kinds: kind === undefined ? [] : [kind] });
  }

  /** One tab stop, arrows inside. */
  #move(event: KeyboardEvent): void {
    const buttons = [...(this.shadowRoot?.querySelectorAll<HTMLElement>('.chip') ?? [])];
    const at = buttons.findIndex((each) => each === this.shadowRoot?.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = buttons[(to + buttons.length) % buttons.length];
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
    next?.focus();
  }

  #fire(filter: Filter): void {
    this.dispatchEvent(new CustomEvent('filter', { detail: filter, bubbles: true, composed: true }));
  }

  static override styles = [
    shared,
    controls,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      .chips {
        display: flex;
        flex-wrap: wrap;
        gap: 2px;
      }
      .chip {
        display: inline-flex;
        align-items: center;
        gap: 4px;
        height: 22px;
        padding: 0 7px;
        border: 1px solid transparent;
        border-radius: 4px;
        background: none;
        font-size: var(--small);
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
        cursor: pointer;
      }
      .chip .icon {
        width: 14px;
        height: 14px;
        font-size: 14px;
      }
      .chip:hover {
        background: var(--vscode-toolbar-hoverBackground);
        outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
        outline-offset: -1px;
      }
      .chip[aria-pressed='true'] {
        background: var(--vscode-inputOption-activeBackground);
        color: var(--vscode-inputOption-activeForeground, inherit);
        border-color: var(--vscode-inputOption-activeBorder, var(--vscode-contrastActiveBorder));
      }
      select {
        display: none;
        height: 22px;
        max-width: 100%;
        padding: 0 4px;
        border: 1px solid
          var(--vscode-dropdown-border, var(--vscode-contrastBorder, var(--vscode-input-border)));
        border-radius: 4px;
        background: var(--vscode-dropdown-background, var(--vscode-input-background));
        color: var(--vscode-dropdown-foreground, var(--vscode-foreground));
        font-size: var(--small);
      }
      @container (width < 560px) {
        .chips {
          display: none;
        }
        select {
          display: block;
          max-width: 132px;
        }
      }
    `,
  ];
}

customElements.define('muster-chips', Chips);
