import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import { formatBytes } from '../../core/run/format.ts';
import type { OutputItem } from '../view/outputItems.ts';
import { plainText, spansOf } from '../view/terminal.ts';
import type { Span } from '../view/terminal.ts';
import { outputStyles } from './outputStyles.ts';
import { styled } from './styled.ts';
import { controls, shared } from './styles.ts';
import { VirtualController } from './virtual.ts';

/** Lines of output as text, with colours. While it grows it follows the end, if the end is in view. Fires `show-more`. */
export class Output extends LitElement {
  static override properties = {
    items: { attribute: false },
    empty: { type: String },
    wrap: { type: Boolean, reflect: true },
    follow: { type: Boolean },
    find: { type: String },
  };
  declare items: readonly OutputItem[];
  declare empty: string;
  declare wrap: boolean;
  /** Start at the end and stay there. */
  declare follow: boolean;
  /** The first line that has this text, whatever its case, is shown once it is there; such lines stand out. */
  declare find: string;

  readonly #virtual = new VirtualController(this);
  #atEnd: boolean | undefined;
  #found: string | undefined;

  constructor() {
    super();
    this.items = [];
    this.empty = '';
    this.wrap = false;
    this.follow = false;
    this.find = '';
  }

  override render(): TemplateResult {
    this.#virtual.update({
      count: this.items.length,
      scroller: this.#scroller,
      itemSize: 18,
      margin: 0,
      keyOf: (index) => this.items[index]?.key ?? index,
    });
    const { items } = this.#virtual;
    return html`<div
      class="scroller"
      tabindex="0"
      role="log"
      aria-live="off"
      aria-label="Output"
      @scroll=${this.#scrolled}
    >
      ${this.empty === '' ? nothing : html`<p class="empty muted">${this.empty}</p>`}
      <div class="all" ${styled({ height: `${this.#virtual.height}px` })}>
        <div class="shown" ${styled({ transform: `translateY(${items[0]?.start ?? 0}px)` })}>
          ${repeat(
            items,
            ({ key }) => key,
            ({ index }) => this.#item(index),
          )}
        </div>
      </div>
    </div>`;
  }

  #item(index: number): TemplateResult | typeof nothing {
    const item = this.items[index];
    if (!item) return nothing;
    if (item.type === 'gap') {
      return html`<div class="gap" data-index=${index} ${ref(this.#virtual.measure)}>
        ${formatBytes(item.bytes)} more on disk.
        <button class="link" @click=${this.#more}>Show next 1 MB</button>
      </div>`;
    }
    const { line, number } = item;
    return html`<div
      class="line ${line.stream} ${this.#has(line.raw) ? 'found' : ''}"
      data-index=${index}
      ${ref(this.#virtual.measure)}
    >
      <span class="number" aria-hidden="true">${number ?? ''}</span><span class="edge"></span
      ><span class="text">${spansOf(line.raw, line.carry).map(spanTemplate)}</span>
    </div>`;
  }

  override updated(): void {
    const scroller = this.#scroller;
    if (!scroller || this.items.length === 0) return;
    if (this.find !== '') return this.#showFound();
    this.#found = undefined;
    if (this.#atEnd ?? this.follow) scroller.scrollTop = scroller.scrollHeight;
  }

  override firstUpdated(): void {
    this.requestUpdate(); // the scroller exists from now on
  }

  #has(raw: string): boolean {
    return this.find !== '' && plainText(raw).toLowerCase().includes(this.find.toLowerCase());
  }

  /** Once for each text that is looked for: after that a person may scroll away. */
  #showFound(): void {
    if (this.#found === this.find) return;
    const at = this.items.findIndex((item) => item.type === 'line' && this.#has(item.line.raw));
    if (at < 0) return;
    this.#found = this.find;
    this.#virtual.show(at);
  }

  get #scroller(): HTMLElement | null {
    return this.shadowRoot?.querySelector<HTMLElement>('.scroller') ?? null;
  }

  #scrolled(): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    const left = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
    this.#atEnd = this.follow && left < 24;
  }

  #more(): void {
    this.dispatchEvent(new CustomEvent('show-more', { bubbles: true, composed: true }));
  }

  static override styles = [shared, controls, outputStyles];
}

function spanTemplate({ text, classes, color, background }: Span): TemplateResult | string {
  if (classes === '' && color === undefined && background === undefined) return text;
  const style = { ...(color !== undefined && { color }), ...(background !== undefined && { background }) };
  return html`<span class=${classes} ${styled(style)}>${text}</span>`;
}

customElements.define('muster-output', Output);
