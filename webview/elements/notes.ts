import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Actions } from '../actions.ts';
import type { Note } from '../view/notes.ts';
import { icon } from './icon.ts';
import { controls, shared } from './styles.ts';

/** Strips below the header, two at most; more fold into a link. */
export class Notes extends LitElement {
  static override properties = {
    notes: { attribute: false },
    actions: { attribute: false },
    all: { state: true },
  };
  declare notes: readonly Note[];
  declare actions: Actions | undefined;
  declare all: boolean;

  constructor() {
    super();
    this.notes = [];
    this.all = false;
  }

  override render(): TemplateResult {
    const shown = this.all ? this.notes : this.notes.slice(0, 2);
    const more = this.notes.length - shown.length;
    return html`${repeat(
      shown,
      ({ key }) => key,
      (note) => this.#strip(note),
    )}
    ${
      more === 0
        ? nothing
        : html`<p class="rest"><button class="link" @click=${this.#showAll}>${more} more</button></p>`
    }`;
  }

  #strip({ tone, icon: name, title, detail, action, rerun, controls: buttons = [] }: Note): TemplateResult {
    const family = tone === 'warn' ? 'unknown' : tone === 'error' ? 'bad' : 'active';
    return html`<div class="note ${tone}" role=${tone === 'info' ? 'note' : 'alert'}>
      ${icon(name, family)}
      <div class="text">
        <p class="strong">${title}</p>
        ${detail === '' ? nothing : html`<p class="detail">${detail}</p>`}
      </div>
      ${buttons.map(
        ({ label, control }) =>
          html`<button class="button" @click=${() => this.actions?.control(control)}>${label}</button>`,
      )}
      ${
        rerun === undefined
          ? nothing
          : html`<button class="button" @click=${() => this.actions?.rerun(rerun.which)}>
              ${rerun.label}
            </button>`
      }
      ${
        action === undefined
          ? nothing
          : html`<button class="button" @click=${() => this.actions?.[action.does]()}>
              ${action.label}
            </button>`
      }
    </div>`;
  }

  #showAll(): void {
    this.all = true;
  }

  static override styles = [
    shared,
    controls,
    css`
      :host {
        display: block;
        flex: none;
      }
      .note {
        --family: var(--active);
        display: flex;
        align-items: flex-start;
        flex-wrap: wrap;
        gap: 4px 10px;
        padding: 8px var(--pad);
        border-bottom: 1px solid var(--hair);
        background: color-mix(in srgb, var(--family) var(--tint), transparent);
      }
      .note:not(:has(.detail)) {
        align-items: center;
      }
      .warn {
        --family: var(--unknown);
      }
      .error {
        --family: var(--bad);
      }
      .note .icon {
        margin-top: 1px;
      }
      .note > .button {
        align-self: center;
      }
      .text {
        flex: 1 1 240px;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .detail {
        font-size: var(--small);
        line-height: 18px;
      }
      .rest {
        padding: 4px var(--pad);
        border-bottom: 1px solid var(--hair);
        font-size: var(--small);
      }
    `,
  ];
}

customElements.define('muster-notes', Notes);
