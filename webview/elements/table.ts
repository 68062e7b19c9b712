import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import type { BatchState } from '../../core/run/state.ts';
import type { Actions } from '../actions.ts';
import type { Model } from '../store.ts';
import type { Records } from '../tableFeed.ts';
import { matches } from '../view/filter.ts';
import {
  firstSort,
  isNumeric,
  sortLines,
  tableHead,
  type TableLine,
  tableLines,
  type TableSort,
  widthOf,
} from '../view/table.ts';
import { styled } from './styled.ts';
import { controls, shared } from './styles.ts';
import { tableBar } from './tableBar.ts';
import { tableStyles } from './tableStyles.ts';
import { VirtualController } from './virtual.ts';

/** What the nodes said as one table: a row for each record. Only what is in view is drawn, in both directions. */
export class Table extends LitElement {
  static override properties = {
    model: { attribute: false },
    actions: { attribute: false },
    sort: { state: true },
    left: { state: true },
    wide: { state: true },
    current: { state: true },
  };
  declare model: Model | undefined;
  declare actions: Actions | undefined;
  declare sort: TableSort;
  /** Pixels scrolled to the right, and pixels in view. */
  declare left: number;
  declare wide: number;
  /** Key of the row that has the focus, or had it last. */
  declare current: string | undefined;

  readonly #virtual = new VirtualController(this);
  #sorted: { from: Records; filter: unknown; sort: TableSort; lines: readonly TableLine[] } | undefined;
  #focusNext = false;
  #sizes: ResizeObserver | undefined;

  constructor() {
    super();
    this.sort = firstSort;
    this.left = 0;
    this.wide = 0;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes?.disconnect();
    this.#sizes = undefined;
  }

  override render(): TemplateResult | typeof nothing {
    const { model, actions } = this;
    if (!model?.state) return nothing;
    const { state, records } = model;
    const lines = this.#lines(state, records);
    const save = (): void =>
      actions?.saveTable(
        tableHead(records),
        lines.map(({ cells }) => cells),
      );
    return html`${tableBar(state, records, { actions, save })}
      <div class="scroller" tabindex="-1" @scroll=${this.#scrolled}>
        ${lines.length === 0 ? nothing : this.#table(lines, tableHead(records))}
      </div>`;
  }

  override updated(): void {
    const { scroller } = this;
    if (scroller && !this.#sizes) {
      this.#sizes = new ResizeObserver(() => (this.wide = scroller.clientWidth));
      this.#sizes.observe(scroller);
      this.requestUpdate(); // the scroller exists from now on
    }
    if (!this.#focusNext) return;
    const row = this.shadowRoot?.querySelector<HTMLElement>('.row[tabindex="0"]');
    if (row?.dataset['key'] !== this.current) return;
    this.#focusNext = false;
    row?.focus({ preventScroll: true });
  }

  get scroller(): HTMLElement | null {
    return this.shadowRoot?.querySelector<HTMLElement>('.scroller') ?? null;
  }

  /** Sorted when something changed only: a frame comes ten times a second. */
  #lines(state: BatchState, records: Records): readonly TableLine[] {
    const { sort } = this;
    const filter = this.model?.view.filter;
    const before = this.#sorted;
    if (filter && (before?.from !== records || before.filter !== filter || before.sort !== sort)) {
      const lines = sortLines(tableLines(state, records, matches(state, filter)), sort);
      this.#sorted = { from: records, filter, sort, lines };
    }
    return this.#sorted?.lines ?? [];
  }

  #table(lines: readonly TableLine[], head: readonly string[]): TemplateResult {
    const columns = this.#columns(lines, head);
    this.#virtual.update({
      count: lines.length,
      scroller: this.scroller,
      itemSize: 22,
      margin: 24,
      keyOf: (index) => lines[index]?.key ?? index,
    });
    const { items } = this.#virtual;
    const first = items[0]?.index ?? 0;
    const entry = lines.find(({ key }) => key === this.current)?.key ?? lines[0]?.key;
    return html`<div
      class="grid"
      role="grid"
      aria-label="Records"
      aria-rowcount=${lines.length + 1}
      aria-colcount=${head.length}
      @keydown=${(event: KeyboardEvent) => this.#key(event, lines)}
      ${styled({ width: `${columns.width}px` })}
    >
      ${this.#head(head, columns)}
      <div class="all" role="presentation" ${styled({ height: `${this.#virtual.height}px` })}>
        <div
          class="shown"
          role="presentation"
          ${styled({ transform: `translateY(${(items[0]?.start ?? 24) - 24}px)` })}
        >
          ${repeat(
            lines.slice(first, first + items.length),
            ({ key }) => key,
            (line, at) => this.#row(line, { index: first + at, columns, isEntry: line.key === entry }),
          )}
        </div>
      </div>
    </div>`;
  }

  #head(head: readonly string[], { shown, before, widths, numeric }: Columns): TemplateResult {
    return html`<div class="head" role="row" aria-rowindex="1">
      ${shown.map((column) => {
        const { sort } = this;
        const on = sort.column === column;
        const direction = sort.descending ? 'descending' : 'ascending';
        const turn = (): void => {
          this.sort = { column, descending: on && !sort.descending };
        };
        return html`${column === shown[1] ? html`<span role="presentation" ${styled({ width: `${before}px` })}></span>` : nothing}<span
            role="columnheader"
            class="cell ${column === 0 ? 'first' : ''} ${numeric.has(column) ? 'number' : ''}"
            aria-colindex=${column + 1}
            aria-sort=${on ? direction : 'none'}
            ${styled({ width: `${widths[column]}px` })}
            ><button title=${head[column] ?? ''} @click=${turn}>
              ${head[column]}${on ? html`<span aria-hidden="true"> ${sort.descending ? '↓' : '↑'}</span>` : nothing}
            </button></span
          >`;
      })}
    </div>`;
  }

  #row(
    { key, execution, cells }: TableLine,
    { index, columns, isEntry }: { index: number; columns: Columns; isEntry: boolean },
  ): TemplateResult {
    const { shown, before, widths, numeric } = columns;
    return html`<div
      class="row ${this.model?.view.pane === execution ? 'chosen' : ''}"
      role="row"
      aria-rowindex=${index + 2}
      data-index=${index}
      data-key=${key}
      tabindex=${isEntry ? 0 : -1}
      @click=${() => this.#open(key, execution)}
      ${ref(this.#virtual.measure)}
    >
      ${shown.map(
        (column) =>
          html`${column === shown[1] ? html`<span role="presentation" ${styled({ width: `${before}px` })}></span>` : nothing}<span
              role="gridcell"
              class="cell cut ${column === 0 ? 'first' : ''} ${numeric.has(column) ? 'number' : ''}"
              aria-colindex=${column + 1}
              title=${cells[column] ?? ''}
              ${styled({ width: `${widths[column]}px` })}
              >${cells[column]}</span
            >`,
      )}
    </div>`;
  }

  /** The first column stays; of the others those in view, and pixels of those left of them. */
  #columns(lines: readonly TableLine[], head: readonly string[]): Columns {
    const widths = head.map((name, at) => Math.round(widthOf(name, lines, at) * 7.5));
    const width = widths.reduce((sum, each) => sum + each, 0);
    const shown = [0];
    let [at, before] = [widths[0] ?? 0, 0];
    const right = this.left + (this.wide || 800);
    for (let column = 1; column < widths.length; column++) {
      const own = widths[column] ?? 0;
      if (at + own < this.left) before += own;
      else if (at <= right) shown.push(column);
      at += own;
    }
    const numeric = new Set(shown.filter((column) => column > 0 && isNumeric(lines, column)));
    return { widths, width, shown, before, numeric };
  }

  #open(key: string, execution: string): void {
    this.current = key;
    this.actions?.setView({ pane: execution, part: undefined });
  }

  #key(event: KeyboardEvent, lines: readonly TableLine[]): void {
    const key = event.target instanceof HTMLElement ? event.target.dataset['key'] : undefined;
    const at = lines.findIndex((line) => line.key === key);
    const line = lines[at];
    if (!line) return;
    const last = lines.length - 1;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 15, PageUp: at - 15, Home: 0, End: last };
    const aside = { ArrowRight: 80, ArrowLeft: -80 }[event.key];
    if (event.key === 'Enter' || event.key === ' ') this.#open(line.key, line.execution);
    else if (event.key === 'Escape') this.actions?.setView({ pane: undefined, part: undefined });
    else if (aside !== undefined) this.scroller?.scrollBy({ left: aside });
    else if (event.key in to) {
      const next = Math.max(0, Math.min(last, to[event.key as keyof typeof to]));
      this.current = lines[next]?.key;
      this.#focusNext = true;
      this.#virtual.show(next);
    } else return;
    event.preventDefault();
  }

  #scrolled(): void {
    this.left = this.scroller?.scrollLeft ?? 0;
  }

  static override styles = [shared, controls, tableStyles];
}

type Columns = {
  readonly widths: readonly number[];
  readonly width: number;
  readonly shown: readonly number[];
  readonly before: number;
  readonly numeric: ReadonlySet<number>;
};

customElements.define('muster-table', Table);
