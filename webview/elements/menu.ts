import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { MenuItem } from '../view/menus.ts';
import { icon } from './icon.ts';
import { menuStyles } from './menuStyles.ts';
import { styled } from './styled.ts';
import { controls, shared } from './styles.ts';

/** Where a menu opens, what it has, and what gets the focus when it closes. */
type Opening = {
  readonly items: readonly MenuItem[];
  readonly at: { readonly x: number; readonly y: number };
  readonly from: HTMLElement;
};

/** Opens the menu of the panel below a button, or where the pointer or the row with the focus is. */
export function openMenu(event: MouseEvent, items: readonly MenuItem[]): void {
  if (event.currentTarget instanceof HTMLElement) openMenuAt(event.currentTarget, event, items);
}

/** The same below, and for, another element than that which hears the event. */
export function openMenuAt(from: HTMLElement, event: MouseEvent, items: readonly MenuItem[]): void {
  if (items.length === 0) return;
  event.preventDefault();
  event.stopPropagation();
  const box = from.getBoundingClientRect();
  const isAtPointer = event.type === 'contextmenu' && event.clientX + event.clientY > 0 && event.button === 2;
  const at = isAtPointer ? { x: event.clientX, y: event.clientY } : { x: box.left + 12, y: box.bottom };
  from.dispatchEvent(
    new CustomEvent<Opening>('open-menu', { detail: { items, at, from }, bubbles: true, composed: true }),
  );
}

/** The button that opens a menu; in a row, whose menu opens by key too, it is no tab stop of its own. */
export function menuButton(
  label: string,
  items: () => readonly MenuItem[],
  place: 'bar' | 'row' = 'bar',
): TemplateResult {
  return html`<button
    class="tool"
    title=${label}
    aria-label=${label}
    aria-haspopup="menu"
    tabindex=${place === 'row' ? -1 : 0}
    @click=${(event: MouseEvent) => openMenu(event, items())}
  >
    ${icon('ellipsis')}
  </button>`;
}

/** The menu of the panel: one at a time, for whatever was asked. */
export class Menu extends LitElement {
  static override properties = { opening: { state: true } };
  declare opening: Opening | undefined;

  open(opening: Opening): void {
    this.opening = opening;
    void this.updateComplete.then(() => this.#buttons()[0]?.focus());
  }

  override render(): TemplateResult | typeof nothing {
    const { opening } = this;
    if (!opening) return nothing;
    return html`<div
      class="menu"
      role="menu"
      aria-label="Actions"
      @keydown=${this.#key}
      @focusout=${this.#left}
      ${styled(this.#place(opening))}
    >
      ${opening.items.map(
        (item) =>
          html`<button
            role="menuitem"
            tabindex="-1"
            ?disabled=${item.disabled}
            @click=${() => this.#choose(item)}
          >
            ${item.label}
          </button>`,
      )}
    </div>`;
  }

  /** Within the panel, whatever was clicked. */
  #place({ at, items }: Opening): Record<string, string> {
    const [width, height] = [220, items.length * 24 + 10];
    return {
      left: `${Math.max(4, Math.min(at.x, window.innerWidth - width))}px`,
      top: `${Math.max(4, Math.min(at.y, window.innerHeight - height))}px`,
    };
  }

  #choose({ run }: MenuItem): void {
    this.#close();
    run();
  }

  #close(): void {
    const { opening } = this;
    this.opening = undefined;
    opening?.from.focus({ preventScroll: true });
  }

  #key(event: KeyboardEvent): void {
    const buttons = this.#buttons();
    const at = buttons.findIndex((each) => each === this.shadowRoot?.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (event.key === 'Escape' || event.key === 'Tab') this.#close();
    else if (to === undefined) return;
    else buttons[(to + buttons.length) % buttons.length]?.focus();
    event.preventDefault();
    event.stopPropagation();
  }

  #left(event: FocusEvent): void {
    const into = event.relatedTarget;
    if (into instanceof Node && this.shadowRoot?.contains(into)) return;
    this.opening = undefined;
  }

  #buttons(): readonly HTMLButtonElement[] {
    return [...(this.shadowRoot?.querySelectorAll<HTMLButtonElement>('button:enabled') ?? [])];
  }

  static override styles = [shared, controls, menuStyles];
}

customElements.define('muster-menu', Menu);
