import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { cancelStyles } from './cancelStyles.ts';
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

  static override styles = [shared, controls, cancelStyles];
}

customElements.define('muster-cancel-button', CancelButton);
