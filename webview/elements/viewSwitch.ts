import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { type NodeView, nodeViews } from '../view/view.ts';
import { controls, shared } from './styles.ts';

const words: Readonly<Record<NodeView, string>> = {
  list: 'List',
  steps: 'Steps',
  table: 'Table',
  search: 'Search',
};

/** How the nodes are shown. One tab stop, arrows inside. Fires `switch` with the view. */
export class ViewSwitch extends LitElement {
  static override properties = { shows: { type: String }, steps: { type: Boolean } };
  declare shows: NodeView;
  /** Whether there are steps to be shown. */
  declare steps: boolean;

  constructor() {
    super();
    this.shows = 'list';
    this.steps = false;
  }

  override render(): TemplateResult {
    return html`<div class="views" role="radiogroup" aria-label="Nodes as" @keydown=${this.#key}>
      ${this.#views.map(
        (view) =>
          html`<button
            role="radio"
            aria-checked=${view === this.shows}
            tabindex=${view === this.shows ? 0 : -1}
            data-view=${view}
            @click=${() => this.#choose(view)}
          >
            ${words[view]}
          </button>`,
      )}
    </div>`;
  }

  get #views(): readonly NodeView[] {
    return nodeViews.filter((view) => view !== 'steps' || this.steps);
  }

  #choose(view: NodeView): void {
    this.dispatchEvent(new CustomEvent('switch', { detail: view, bubbles: true, composed: true }));
  }

  #key(event: KeyboardEvent): void {
    const views = this.#views;
    const at = views.indexOf(this.shows);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: views.length - 1 }[event.key];
    const next = to === undefined ? undefined : views[(to + views.length) % views.length];
    if (next === undefined) return;
    event.preventDefault();
    this.#choose(next);
    this.shadowRoot?.querySelector<HTMLElement>(`[data-view="${next}"]`)?.focus();
  }

  static override styles = [
    shared,
    controls,
    css`
      .views {
        display: inline-flex;
        overflow: hidden;
        border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, var(--track)));
        border-radius: 4px;
      }
      button {
        height: 20px;
        padding: 0 8px;
        border: 0;
        background: none;
        font-size: var(--small);
        white-space: nowrap;
        cursor: pointer;
      }
      button + button {
        border-left: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, var(--track)));
      }
      button:hover {
        background: var(--vscode-toolbar-hoverBackground);
        outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
        outline-offset: -1px;
      }
      [aria-checked='true'] {
        background: var(--vscode-inputOption-activeBackground);
        color: var(--vscode-inputOption-activeForeground, inherit);
        box-shadow: inset 0 0 0 1px var(--vscode-inputOption-activeBorder, var(--vscode-contrastActiveBorder));
      }
    `,
  ];
}

customElements.define('muster-view-switch', ViewSwitch);
