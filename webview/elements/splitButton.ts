import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Choice, Choices } from '../view/choices.ts';
import { icon } from './icon.ts';
import { menuStyles } from './menuStyles.ts';
import { splitStyles } from './splitStyles.ts';
import { controls, shared } from './styles.ts';

/** The usual one of some things to do, with a menu beside it that has all of them. Fires `choose` with a choice's id. */
export class SplitButton extends LitElement {
  static override properties = {
    choices: { attribute: false },
    blocked: { type: Boolean },
    menu: { state: true },
  };
  declare choices: Choices | undefined;
  declare blocked: boolean;
  declare menu: boolean;

  constructor() {
    super();
    this.blocked = false;
    this.menu = false;
  }

  override render(): TemplateResult | typeof nothing {
    const { choices, blocked } = this;
    if (!choices) return nothing;
    const { usual, rank } = choices;
    return html`<div class="split ${rank}" @focusout=${this.#left}>
      <button
        class="button main"
        ?disabled=${blocked}
        title=${usual.label}
        @click=${() => this.#choose(usual)}
      >
        ${icon(choices.icon)}<span class="word">${usual.label}</span>
      </button>
      ${choices.all.length === 0 ? nothing : this.#more(choices)}
      ${this.menu ? this.#items(choices) : nothing}
    </div>`;
  }

  #more({ more }: Choices): TemplateResult {
    return html`<button
      class="button more"
      title=${more}
      aria-label=${more}
      aria-haspopup="menu"
      aria-expanded=${this.menu}
      ?disabled=${this.blocked}
      @click=${this.#toggle}
      @keydown=${this.#openByKey}
    >
      ${icon('chevron-down')}
    </button>`;
  }

  #items({ all }: Choices): TemplateResult {
    return html`<div class="menu" role="menu" @keydown=${this.#menuKey}>
      ${all.map(
        (choice) =>
          html`<button role="menuitem" ?disabled=${choice.disabled} @click=${() => this.#choose(choice)}>
            ${choice.label}
          </button>`,
      )}
    </div>`;
  }

  #choose({ id }: Choice): void {
    this.#close();
    this.dispatchEvent(new CustomEvent('choose', { detail: id, bubbles: true, composed: true }));
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

  static override styles = [shared, controls, menuStyles, splitStyles];
}

customElements.define('muster-split-button', SplitButton);
