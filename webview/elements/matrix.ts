import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { BatchState, ExecutionState } from '../../core/run/state.ts';
import type { Actions } from '../actions.ts';
import type { Model } from '../store.ts';
import { type MatrixRow, matrixRows } from '../view/matrix.ts';
import { type StepColumn, stepColumns } from '../view/stepColumns.ts';
import { waveTemplate } from './matrixCells.ts';
import { type Cell, moveCell } from './matrixKeys.ts';
import { type ColumnSizes, columnSizes, leftFor } from './matrixSizes.ts';
import { headRowTemplate, nodesRowTemplate } from './matrixRows.ts';
import { matrixStyles } from './matrixStyles.ts';
import { styled } from './styled.ts';
import { controls, shared } from './styles.ts';
import { VirtualController } from './virtual.ts';

type NodesRow = Extract<MatrixRow, { type: 'nodes' }>;

/** Nodes by steps: who went which way through a playbook. Only rows and columns in view are drawn. */
export class Matrix extends LitElement {
  static override properties = {
    model: { attribute: false },
    actions: { attribute: false },
    executions: { attribute: false },
    left: { state: true },
    wide: { state: true },
    cell: { state: true },
  };
  declare model: Model | undefined;
  declare actions: Actions | undefined;
  /** Those that the filter lets through, in the order of the plan. */
  declare executions: readonly ExecutionState[];
  /** Pixels scrolled to the right, and pixels in view. */
  declare left: number;
  declare wide: number;
  /** The cell that has the focus, or had it last; column 0 are the names. */
  declare cell: Cell;

  readonly #virtual = new VirtualController(this);
  #columns: { plan: BatchState['plan']; steps: readonly StepColumn[] } | undefined;
  #rows: readonly MatrixRow[] = [];
  #focusNext = false;
  #pane: string | undefined;
  #sizes: ResizeObserver | undefined;

  constructor() {
    super();
    this.executions = [];
    this.left = 0;
    this.wide = 0;
    this.cell = { row: '', column: 0 };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes?.disconnect();
    this.#sizes = undefined;
  }

  override render(): TemplateResult | typeof nothing {
    const { model } = this;
    if (!model?.state) return nothing;
    const columns = this.#columnsOf(model.state);
    const { view, state, now } = model;
    const { executions } = this;
    this.#rows = matrixRows({ state, columns, executions, fold: view.fold, turned: view.turned, now });
    const shown = this.#window();
    const sizes = columnSizes(columns.length, this);
    const current = this.#currentRow();
    return html`<div class="scroller" @scroll=${this.#scrolled} tabindex="-1">
      <div
        class="grid"
        role="grid"
        aria-label="Nodes by steps"
        aria-rowcount=${this.#rows.length + 1}
        aria-colcount=${columns.length + 1}
        @keydown=${this.#key}
        ${styled({ width: `${sizes.name + sizes.step * columns.length}px`, '--name': `${sizes.name}px`, '--step': `${sizes.step}px` })}
      >
        ${headRowTemplate(columns, sizes, { state, view })}
        <div class="all" role="presentation" ${styled({ height: `${this.#virtual.height}px` })}>
          <div class="shown" role="presentation" ${styled({ transform: `translateY(${shown.top}px)` })}>
            ${repeat(
              this.#rows.slice(shown.first, shown.first + shown.count),
              ({ key }) => key,
              (row, at) => this.#row(row, { index: shown.first + at, columns, sizes, current }),
            )}
          </div>
        </div>
      </div>
    </div>`;
  }

  override updated(): void {
    const { scroller } = this;
    if (scroller && !this.#sizes) {
      this.#sizes = new ResizeObserver(() => (this.wide = scroller.clientWidth));
      this.#sizes.observe(scroller);
      this.requestUpdate(); // the scroller exists from now on
    }
    this.#keepInView();
    if (!this.#focusNext) return;
    const found = this.shadowRoot?.querySelector<HTMLElement>('[role] [tabindex="0"]');
    if (found?.dataset['row'] === this.cell.row) {
      this.#focusNext = false;
      found.focus({ preventScroll: true });
    }
  }

  /** A detail that opens below takes room: the row that it belongs to stays in view. */
  #keepInView(): void {
    const pane = this.model?.view.pane;
    if (pane === this.#pane) return;
    this.#pane = pane;
    const index = this.#rows.findIndex(({ key }) => key === this.cell.row);
    if (pane !== undefined && index >= 0) requestAnimationFrame(() => this.#virtual.show(index));
  }

  get scroller(): HTMLElement | null {
    return this.shadowRoot?.querySelector<HTMLElement>('.scroller') ?? null;
  }

  #columnsOf(state: BatchState): readonly StepColumn[] {
    if (this.#columns?.plan !== state.plan) this.#columns = { plan: state.plan, steps: stepColumns(state) };
    return this.#columns.steps;
  }

  #window(): { first: number; count: number; top: number } {
    const margin = this.shadowRoot?.querySelector<HTMLElement>('.head')?.offsetHeight ?? 0;
    this.#virtual.update({
      count: this.#rows.length,
      scroller: this.scroller,
      itemSize: 22,
      margin,
      keyOf: (index) => this.#rows[index]?.key ?? index,
    });
    const { items } = this.#virtual;
    return { first: items[0]?.index ?? 0, count: items.length, top: (items[0]?.start ?? margin) - margin };
  }

  #row(
    row: MatrixRow,
    at: {
      index: number;
      columns: readonly StepColumn[];
      sizes: ColumnSizes;
      /** Key of the row that is come to by Tab. */
      current: string | undefined;
    },
  ): TemplateResult {
    const { index, columns, sizes } = at;
    const { key } = row;
    const isCurrent = key === at.current;
    const measure = this.#virtual.measure;
    if (row.type === 'wave')
      return waveTemplate(row, {
        index,
        measure,
        tabindex: isCurrent ? 0 : -1,
        toggle: () => this.#turn(key),
      });
    const own = this.cell.row === key ? this.cell.column : 0;
    return nodesRowTemplate(row, {
      index,
      columns,
      sizes,
      measure,
      now: this.model?.now ?? 0,
      isShown: this.model?.view.pane === row.executions[0].id,
      entry: isCurrent ? own : undefined,
      open: (column) => this.#open(row, column),
    });
  }

  /** The first row of nodes stands for one that is gone, so that there is always one to come to by Tab. */
  #currentRow(): string | undefined {
    const isThere = this.#rows.some(({ key }) => key === this.cell.row);
    return isThere ? this.cell.row : this.#rows.find(({ type }) => type === 'nodes')?.key;
  }

  /** Opens or closes what is below a row: the nodes of a wave, or those that went the same way. */
  #turn(key: string): void {
    this.cell = { row: key, column: 0 };
    const turned = this.model?.view.turned ?? [];
    const next = turned.includes(key) ? turned.filter((each) => each !== key) : [...turned, key];
    this.actions?.setView({ turned: next });
  }

  /** Enter or a click: the name of some opens their list, everything else the detail of the node, at the step. */
  #open(row: NodesRow, column: number): void {
    this.cell = { row: row.key, column };
    const [{ id }] = row.executions;
    if (column === 0 && row.open !== undefined) return this.#turn(row.key);
    const step = this.#columns?.steps[column - 1];
    const status = row.statuses[column - 1];
    const isPart = step !== undefined && status !== 'open' && status !== 'never';
    const part = isPart
      ? ({ type: 'step', execution: id, step: step.step, title: step.title } as const)
      : undefined;
    this.actions?.setView({ pane: id, part });
  }

  #key(event: KeyboardEvent): void {
    const from = event.target instanceof HTMLElement ? event.target.dataset : {};
    const { row: key, column } = from;
    const row = this.#rows.find((each) => each.key === key);
    if (key === undefined || !row) return;
    const here = { row: key, column: Number(column) };
    const page = Math.max(1, Math.floor((this.scroller?.clientHeight ?? 220) / 22) - 4);
    const columns = this.#columns?.steps.length ?? 0;
    if (event.key === 'Enter' || event.key === ' ' || turnsWave(row, event.key)) {
      if (row.type === 'wave') this.#turn(key);
      else this.#open(row, here.column);
    } else if (event.key === 'Escape') this.actions?.setView({ pane: undefined, part: undefined });
    else {
      const next = moveCell(event, here, { rows: this.#rows, columns, page });
      if (!next) return;
      this.#focus(next);
    }
    event.preventDefault();
  }

  /** Shows a cell and gives it the focus, once it is there. */
  #focus(cell: Cell): void {
    this.cell = cell;
    this.#focusNext = true;
    this.#virtual.show(this.#rows.findIndex(({ key }) => key === cell.row));
    const { scroller } = this;
    if (scroller) {
      const sizes = columnSizes(this.#columns?.steps.length ?? 0, this);
      scroller.scrollLeft = leftFor(cell.column, sizes, {
        left: scroller.scrollLeft,
        wide: scroller.clientWidth,
      });
    }
    this.requestUpdate();
  }

  #scrolled(): void {
    this.left = this.scroller?.scrollLeft ?? 0;
  }

  static override styles = [shared, controls, matrixStyles];
}

/** Left and right close and open a wave, as rows of a tree. */
function turnsWave(row: MatrixRow, key: string): boolean {
  return row.type === 'wave' && key === (row.open ? 'ArrowLeft' : 'ArrowRight');
}

customElements.define('muster-matrix', Matrix);
