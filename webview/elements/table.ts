import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { BatchState } from '../../core/run/state.ts';
import type { Actions } from '../actions.ts';
import type { Model } from '../store.ts';
import type { Records } from '../tableFeed.ts';
import { matches } from '../view/filter.ts';
import {
  firstSort,
  sortLines,
  tableHead,
  type TableLine,
  tableLines,
  type TableSort,
} from '../view/table.ts';
import { gridMove } from '../view/keys.ts';
import { styled } from './styled.ts';
import { controls, shared } from './styles.ts';
import { tableBar } from './tableBar.ts';
import { tableColumns } from './tableColumns.ts';
import { tableHeadTemplate, tableLineTemplate } from './tableRows.ts';
import { tableStyles } from './tableStyles.ts';
import { VirtualController } from './virtual.ts';

/** Rows that PgUp and PgDn go over, and pixels that an arrow scrolls to the side. */
const page = 15;
const aside = 80;

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
    const columns = tableColumns(lines, head, this);
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
      ${tableHeadTemplate(head, columns, { sort: this.sort, turn: (sort) => (this.sort = sort) })}
      <div class="all" role="presentation" ${styled({ height: `${this.#virtual.height}px` })}>
        <div
          class="shown"
          role="presentation"
          ${styled({ transform: `translateY(${(items[0]?.start ?? 24) - 24}px)` })}
        >
          ${repeat(
            lines.slice(first, first + items.length),
            ({ key }) => key,
            (line, at) =>
              tableLineTemplate(line, {
                index: first + at,
                columns,
                isEntry: line.key === entry,
                isChosen: this.model?.view.pane === line.execution,
                measure: this.#virtual.measure,
                open: () => this.#open(line.key, line.execution),
              }),
          )}
        </div>
      </div>
    </div>`;
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
    const move = gridMove({ key: event.key, ctrl: false, index: at, count: lines.length, page });
    if (move?.type === 'toggle' || move?.type === 'choose') this.#open(line.key, line.execution);
    else if (move?.type === 'close') this.actions?.setView({ pane: undefined, part: undefined });
    else if (move?.type === 'cell') this.scroller?.scrollBy({ left: move.step * aside });
    else if (move?.type === 'focus') {
      this.current = lines[move.index]?.key;
      this.#focusNext = true;
      this.#virtual.show(move.index);
    } else return;
    event.preventDefault();
  }

  #scrolled(): void {
    this.left = this.scroller?.scrollLeft ?? 0;
  }

  static override styles = [shared, controls, tableStyles];
}

customElements.define('muster-table', Table);
