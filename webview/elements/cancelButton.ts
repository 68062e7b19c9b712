import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { icon } from './icon.ts';
import { controls, shared } from './styles.ts';

type Which = 'all' | 'queued';

/** Cancel, with a menu beside it that also offers to cancel only what has not started. Fires `cancel-batch`. */
export class CancelButton extends LitElement {
  static override properties = {
    queued: { type: Number },
    stopping: { type: Boolean },
    menu: { state: true },
  };
  declare queued: number;
  declare stopping: boolean;
  declare menu: boolean;

  constructor() {
    super();
    this.queued = 0;
    this.stopping = false;
    this.menu = false;
  }

  override render(): TemplateResult {
    return html`<div class="split" @focusout=${this.#left}>
      <button
        class="button main"
        ?disabled=${this.stopping}
        title="Cancel"
        @click=${() => this.#cancel('all')}
      >
        ${icon('debug-stop')}<span class="word">Cancel</span>
      </button>
      <button
        class="button more"
        aria-label="More ways to cancel"
        aria-haspopup="menu"
        aria-expanded=${this.menu}
        ?disabled=${this.stopping}
        @click=${this.#toggle}
        @keydown=${this.#openByKey}
      >
        ${icon('chevron-down')}
      </button>
      ${this.menu ? this.#items() : nothing}
    </div>`;
  }

  #items(): TemplateResult {
    return html`<div class="menu" role="menu" @keydown=${this.#menuKey}>
      <button role="menuitem" @click=${() => this.#cancel('all')}>Cancel all</button>
      <button role="menuitem" ?disabled=${this.queued === 0} @click=${() => this.#cancel('queued')}>
        Cancel what is queued (${this.queued})
      </button>
    </div>`;
  }

  #cancel(which: Which): void {
    this.#close();
    this.dispatchEvent(new CustomEvent('cancel-batch', { detail: which, bubbles: true, composed: true }));
  }

  #toggle(): void {
    this.menu = !this.menu;
    if (this.menu) void this.updateComplete.then(() => this.#buttons()[0]?.focus());
  }

  #openByKey(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' || this.menu) return;
    event.preventDefault();
    this.#toggle();
  }

  #menuKey(event: KeyboardEvent): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key === 'Escape') this.#close();
    else if (step === 0) return;
    else {
      const buttons = this.#buttons();
      const at = buttons.findIndex((each) => each === this.shadowRoot?.activeElement);
      buttons[(at + step + buttons.length) % buttons.length]?.focus();
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #close(): void {
    if (!this.menu) return;
    this.menu = false;
    this.shadowRoot?.querySelector<HTMLElement>('.more')?.focus();
  }

  #left(event: FocusEvent): void {
    const into = event.relatedTarget;
    if (into instanceof Node && this.shadowRoot?.contains(into)) return;
    this.menu = false;
  }

  #buttons(): readonly HTMLButtonElement[] {
    return [...(this.shadowRoot?.querySelectorAll<HTMLButtonElement>('.menu button:enabled') ?? [])];
  }

  static override styles = [shared, controls, styles()];
}

function styles() {
  return css`
    .split {
      position: relative;
      display: flex;
    }
    .main {
      border-radius: 4px 0 0 4px;
    }
    .more {
      border-left: 0;
      border-radius: 0 4px 4px 0;
      padding: 0 4px;
    }
    .menu {
      position: absolute;
      z-index: 3;
      top: 28px;
      right: 0;
      padding: 4px;
      border: 1px solid var(--vscode-menu-border, var(--vscode-contrastBorder, var(--vscode-input-border)));
      border-radius: 5px;
      background: var(--vscode-menu-background, var(--vscode-editor-background));
      color: var(--vscode-menu-foreground, var(--vscode-foreground));
    }
    .menu button {
      display: block;
      width: 100%;
      height: 24px;
      padding: 0 20px 0 12px;
      border: 0;
      border-radius: 3px;
      background: none;
      text-align: left;
      white-space: nowrap;
      cursor: pointer;
    }
    .menu button:is(:hover, :focus-visible):enabled {
      background: var(--vscode-menu-selectionBackground, var(--vscode-list-hoverBackground));
      color: var(--vscode-menu-selectionForeground, inherit);
      outline: 1px solid var(--vscode-menu-selectionBorder, var(--vscode-contrastActiveBorder, transparent));
      outline-offset: -1px;
    }
    .menu button:disabled {
      color: var(--vscode-disabledForeground, var(--muted));
      cursor: default;
    }
    @container (width < 560px) {
      .main {
        padding: 0 4px;
        border-color: transparent;
        background: none;
      }
      .word {
        display: none;
      }
      .more {
        border-color: transparent;
        background: none;
        padding: 0;
      }
    }
  `;
}

customElements.define('muster-cancel-button', CancelButton);
