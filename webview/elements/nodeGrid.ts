import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import { foldForDisplay } from '../../core/selection/nodeset.ts';
import type { BatchState, ExecutionState } from '../../core/run/state.ts';
import type { Actions } from '../actions.ts';
import type { Model } from '../store.ts';
import { medianMs } from '../view/facts.ts';
import { noFilter } from '../view/filter.ts';
import { gridMove } from '../view/keys.ts';
import { chosenMenu, nodeMenu } from '../view/menus.ts';
import type { GridMove } from '../view/keys.ts';
import { byStatus, rowOf } from '../view/rows.ts';
import type { RowContext, SortKey } from '../view/rows.ts';
import { detailTemplate } from './detailTemplate.ts';
import { nodeGridStyles } from './nodeGridStyles.ts';
import { openMenuAt } from './menu.ts';
import { focusCell, headTemplate, rowTemplate } from './nodeRow.ts';
import { styled } from './styled.ts';
import { controls, shared } from './styles.ts';
import { VirtualController } from './virtual.ts';

/** Rows in the order they are given, each with its detail below when it is open; from 100 on only those in view. */
export class NodeGrid extends LitElement {
  static override properties = {
    model: { attribute: false },
    actions: { attribute: false },
    ids: { attribute: false },
    scroller: { attribute: false },
    chosen: { state: true },
  };
  declare model: Model | undefined;
  declare actions: Actions | undefined;
  declare ids: readonly string[];
  /** What scrolls: the list or the whole panel. */
  declare scroller: HTMLElement | undefined;
  declare chosen: ReadonlySet<string>;

  readonly #virtual = new VirtualController(this);
  #focusNext: string | undefined;

  constructor() {
    super();
    this.ids = [];
    this.chosen = new Set();
  }

  override render(): TemplateResult | typeof nothing {
    const { model } = this;
    if (!model?.state) return nothing;
    return html`<div
      class="grid"
      role="treegrid"
      aria-label="Nodes"
      aria-multiselectable="true"
      aria-rowcount=${this.ids.length + 1}
      @keydown=${this.#key}
      @click=${this.#click}
      @contextmenu=${this.#menu}
    >
      ${headTemplate(model.view.sort, (key) => this.#sortBy(key))} ${this.#rows(model, model.state)}
    </div>`;
  }

  /** Shows a row and gives it the focus, once it is there. */
  focusRow(id: string): void {
    this.#focusNext = id;
    this.actions?.setView({ current: id });
    this.requestUpdate();
  }

  override updated(): void {
    const id = this.#focusNext;
    if (id === undefined) return;
    const index = this.ids.indexOf(id);
    if (index < 0) return;
    const row = this.#rowElement(id);
    if (row) {
      this.#focusNext = undefined;
      row.focus({ preventScroll: this.#isVirtual });
    }
    if (this.#isVirtual) this.#virtual.show(index);
  }

  #rows(model: Model, state: BatchState): TemplateResult {
    const from = this.#isVirtual ? this.#window() : { ids: this.ids, first: 0, top: 0 };
    const known = new Map(state.executions.map((each) => [each.id, each]));
    const context: RowContext = { state, now: model.now, medianMs: medianMs(state) };
    const current = from.ids.find((id) => id === model.view.current) ?? from.ids[0];
    const rows = repeat(
      from.ids,
      (id) => id,
      (id, at) => {
        const execution = known.get(id);
        if (!execution) return nothing;
        const open = model.view.open.includes(id);
        const place = { index: from.first + at, open, current: id === current, chosen: this.chosen.has(id) };
        return html`<div class="item" role="presentation" data-index=${place.index} ${ref(this.#measure)}>
          ${rowTemplate(rowOf(execution, context), place)} ${open ? this.#detail(model, execution) : nothing}
        </div>`;
      },
    );
    if (!this.#isVirtual) return html`<div role="presentation">${rows}</div>`;
    return html`<div class="all" role="presentation" ${styled({ height: `${this.#virtual.height}px` })}>
      <div class="shown" role="presentation" ${styled({ transform: `translateY(${from.top}px)` })}>
        ${rows}
      </div>
    </div>`;
  }

  /** The rows in view. */
  #window(): { ids: readonly string[]; first: number; top: number } {
    const margin = this.#margin();
    this.#virtual.update({
      count: this.ids.length,
      scroller: this.scroller ?? null,
      itemSize: 22,
      margin,
      keyOf: (index) => this.ids[index] ?? index,
    });
    const { items } = this.#virtual;
    const first = items[0]?.index ?? 0;
    return {
      ids: this.ids.slice(first, first + items.length),
      first,
      top: (items[0]?.start ?? margin) - margin,
    };
  }

  #detail(model: Model, execution: ExecutionState): TemplateResult {
    return html`<div role="row" class="opened" data-of=${execution.id}>
      <div role="gridcell" aria-colspan="6">
        ${detailTemplate(model, execution, { actions: this.actions })}
      </div>
    </div>`;
  }

  readonly #measure = (element: Element | undefined): void => {
    if (this.#isVirtual) this.#virtual.measure(element);
  };

  get #isVirtual(): boolean {
    return this.ids.length >= 100;
  }

  /** Pixels from the start of what scrolls to the first row. */
  #margin(): number {
    const all = this.shadowRoot?.querySelector<HTMLElement>('.all');
    if (!all || !this.scroller) return 0;
    return (
      all.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top + this.scroller.scrollTop
    );
  }

  #rowElement(id: string): HTMLElement | undefined {
    const rows = [...(this.shadowRoot?.querySelectorAll<HTMLElement>('.row') ?? [])];
    return rows.find((row) => row.dataset['id'] === id);
  }

  #key(event: KeyboardEvent): void {
    const { target } = event;
    if (!(target instanceof HTMLElement)) return;
    const opened = target.closest<HTMLElement>('.opened')?.dataset['of'];
    if (opened !== undefined && event.key === 'Escape') this.#close(opened);
    const row = target.closest<HTMLElement>('.row');
    const id = row?.dataset['id'];
    if (!row || id === undefined) return;
    const move = gridMove({
      key: event.key,
      ctrl: event.ctrlKey || event.metaKey,
      index: this.ids.indexOf(id),
      count: this.ids.length,
      page: Math.max(1, Math.floor((this.scroller?.clientHeight ?? 220) / row.offsetHeight) - 2),
    });
    if (!move) return;
    event.preventDefault();
    this.#act(move, row, id);
  }

  #act(move: GridMove, row: HTMLElement, id: string): void {
    switch (move.type) {
      case 'focus':
        return this.focusRow(this.ids[move.index] ?? id);
      case 'toggle':
        return this.actions?.toggle(id);
      case 'close':
        return this.model?.view.open.includes(id) ? this.#close(id) : this.#closeFilter();
      case 'cell':
        return focusCell(row, this.shadowRoot?.activeElement ?? null, move.step);
      case 'choose':
        this.chosen = this.chosen.has(id)
          ? new Set([...this.chosen].filter((each) => each !== id))
          : new Set([...this.chosen, id]);
        return;
      case 'chooseAll':
        this.chosen = new Set(this.ids);
        return;
      case 'copyNames':
        return this.actions?.copy(
          foldForDisplay(this.#names(this.chosen.size > 0 ? this.chosen : new Set([id]))),
        );
    }
  }

  #close(id: string): void {
    this.actions?.toggle(id);
    this.focusRow(id);
  }

  #closeFilter(): void {
    this.chosen = new Set();
    this.actions?.setView({ filter: noFilter, filterChosen: true });
  }

  #names(ids: ReadonlySet<string>): readonly string[] {
    return (this.model?.state?.executions ?? []).filter(({ id }) => ids.has(id)).map(({ node }) => node);
  }

  #click(event: MouseEvent): void {
    const { target } = event;
    const id = target instanceof Element ? target.closest<HTMLElement>('.row')?.dataset['id'] : undefined;
    if (id !== undefined) this.actions?.toggle(id);
  }

  /** Of the row, or of all that were chosen where it is one of them. */
  #menu(event: MouseEvent): void {
    const { target } = event;
    const row = target instanceof Element ? target.closest<HTMLElement>('.row') : null;
    const id = row?.dataset['id'];
    const { actions, model } = this;
    const execution = model?.state?.executions.find((each) => each.id === id);
    if (!row || !execution || !actions || !model?.state) return;
    const context = { state: model.state, actions };
    const isOneOfMany = this.chosen.size > 1 && this.chosen.has(execution.id);
    const items = isOneOfMany ? chosenMenu([...this.chosen], context) : nodeMenu(execution, context);
    openMenuAt(row, event, items);
  }

  #sortBy(key: SortKey): void {
    const { by, descending } = this.model?.view.sort ?? byStatus;
    this.actions?.setView({ sort: { by: key, descending: by === key && !descending } });
  }

  static override styles = [shared, controls, nodeGridStyles];
}

customElements.define('muster-node-grid', NodeGrid);
