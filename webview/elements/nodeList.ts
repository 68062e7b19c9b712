import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import { foldForDisplay } from '../../core/selection/nodeset.ts';
import type { BatchState, ExecutionState } from '../../core/run/state.ts';
import type { Actions, Model } from '../store.ts';
import { medianMs } from '../view/facts.ts';
import { chipsOf, matches, noFilter, noHit } from '../view/filter.ts';
import type { Filter } from '../view/filter.ts';
import { gridMove } from '../view/keys.ts';
import type { GridMove } from '../view/keys.ts';
import { holdOrder, sameOrder } from '../view/order.ts';
import { byStatus, rowOf, sortExecutions } from '../view/rows.ts';
import type { RowContext, SortKey } from '../view/rows.ts';
import './chips.ts';
import { icon } from './icon.ts';
import './nodeDetail.ts';
import { nodeListStyles } from './nodeListStyles.ts';
import { headTemplate, rowTemplate } from './nodeRow.ts';
import { styled } from './styled.ts';
import { controls, shared } from './styles.ts';
import { VirtualController } from './virtual.ts';

/** The nodes as rows, each with its detail below when it is open. Only what is in view is drawn from 100 rows on. */
export class NodeList extends LitElement {
  static override properties = {
    model: { attribute: false },
    actions: { attribute: false },
    outerScroller: { attribute: false },
  };
  declare model: Model | undefined;
  declare actions: Actions | undefined;
  /** What scrolls when the list does not scroll by itself. */
  declare outerScroller: HTMLElement | undefined;

  readonly #virtual = new VirtualController(this);
  #ids: readonly string[] = [];
  #wanted: readonly string[] = [];
  #arranged = '';
  #pointerIn = false;
  #restored = false;

  override willUpdate(): void {
    const { model } = this;
    if (!model?.state) return;
    const { state, view, now } = model;
    this.#wanted = sortExecutions(state, view.sort, now)
      .filter(matches(state, view.filter))
      .map(({ id }) => id);
    const arranged = JSON.stringify([state.id, view.sort, view.filter]);
    const held = this.#held && arranged === this.#arranged;
    this.#ids = held ? holdOrder(this.#ids, this.#wanted) : this.#wanted;
    this.#arranged = arranged;
  }

  override render(): TemplateResult | typeof nothing {
    const { model } = this;
    if (!model?.state) return nothing;
    const { state, view } = model;
    return html`<section aria-label="Nodes">
      ${this.#tools(state, view.filter)}
      <div class="scroller" @scroll=${this.#scrolled}>
        <div
          class="grid"
          role="grid"
          aria-label="Nodes"
          aria-rowcount=${this.#ids.length + 1}
          @keydown=${this.#key}
          @click=${this.#click}
          @pointerenter=${() => (this.#pointerIn = true)}
          @pointerleave=${this.#left}
          @focusout=${this.#left}
        >
          ${headTemplate(view.sort, (key) => this.#sortBy(key))} ${this.#rows(model, state)}
        </div>
        ${this.#ids.length === 0 ? this.#nobody(view.filter) : nothing}
      </div>
    </section>`;
  }

  #tools(state: BatchState, filter: Filter): TemplateResult {
    return html`<div class="tools">
      <h2 class="strong">Nodes</h2>
      <muster-chips
        .chips=${chipsOf(state)}
        .filter=${filter}
        .total=${state.executions.length}
        @filter=${(event: CustomEvent<Filter>) => this.#filter(event.detail)}
      ></muster-chips>
      <span class="grow"></span>
      ${
        sameOrder(this.#ids, this.#wanted)
          ? nothing
          : html`<button
              class="link held"
              title="Rows stay where they are while you are in the list"
              @click=${this.#release}
            >
              Order held
            </button>`
      }
      <label class="search">
        ${icon('search')}
        <input
          type="search"
          placeholder="Name or text"
          aria-label="Filter nodes by name or last line"
          .value=${filter.text}
          @input=${this.#search}
          @keydown=${this.#searchKey}
        />
      </label>
    </div>`;
  }

  #rows(model: Model, state: BatchState): TemplateResult {
    const known = new Map(state.executions.map((each) => [each.id, each]));
    const context: RowContext = { state, now: model.now, medianMs: medianMs(state) };
    const current = this.#current;
    const item = (id: string, index: number): TemplateResult | typeof nothing => {
      const execution = known.get(id);
      if (!execution) return nothing;
      const open = model.view.open.includes(id);
      return html`<div class="item" role="presentation" data-index=${index} ${ref(this.#measure)}>
        ${rowTemplate(rowOf(execution, context), { index, open, current: id === current })}
        ${open ? this.#detail(model, execution) : nothing}
      </div>`;
    };
    if (!this.#isVirtual) return html`<div role="presentation">${repeat(this.#ids, (id) => id, item)}</div>`;
    const virtual = this.#virtual;
    virtual.update({
      count: this.#ids.length,
      scroller: this.#scroller,
      itemSize: 22,
      margin: this.#margin(),
      keyOf: (index) => this.#ids[index] ?? index,
    });
    const shown = virtual.items;
    const top = (shown[0]?.start ?? 0) - this.#margin();
    return html`<div class="all" role="presentation" ${styled({ height: `${virtual.height}px` })}>
      <div class="shown" role="presentation" ${styled({ transform: `translateY(${top}px)` })}>
        ${repeat(
          shown.flatMap(({ index }) => this.#ids[index] ?? []),
          (id) => id,
          (id, at) => item(id, (shown[0]?.index ?? 0) + at),
        )}
      </div>
    </div>`;
  }

  #detail(model: Model, execution: ExecutionState): TemplateResult {
    return html`<div role="row" class="opened">
      <div role="gridcell" aria-colspan="6">
        <muster-node-detail
          .state=${model.state}
          .execution=${execution}
          .output=${model.outputs.get(execution.id)}
          .now=${model.now}
          .wrap=${model.view.wrap}
          .actions=${this.actions}
        ></muster-node-detail>
      </div>
    </div>`;
  }

  #nobody(filter: Filter): TemplateResult {
    return html`<p class="nobody muted">
      ${noHit(filter)} <button class="link" @click=${() => this.#filter(noFilter)}>Clear filter</button>
    </p>`;
  }

  /** Shows a row and gives it the focus. */
  focusRow(id: string): void {
    const index = this.#ids.indexOf(id);
    if (index < 0) return;
    this.actions?.setView({ current: id });
    if (this.#isVirtual) this.#virtual.show(index);
    this.requestUpdate();
    void this.updateComplete.then(() => requestAnimationFrame(() => this.#rowElement(id)?.focus()));
  }

  override updated(): void {
    if (this.#restored || !this.#scroller) return;
    this.#restored = true;
    const scroll = this.model?.view.scroll ?? 0;
    if (scroll > 0) requestAnimationFrame(() => this.#scroller?.scrollTo({ top: scroll }));
    if (this.#isVirtual) this.requestUpdate(); // the scroller exists from now on
  }

  readonly #measure = (element: Element | undefined): void => {
    if (this.#isVirtual) this.#virtual.measure(element);
  };

  get #isVirtual(): boolean {
    return this.#ids.length >= 100;
  }

  get #scroller(): HTMLElement | null {
    return this.outerScroller ?? this.shadowRoot?.querySelector<HTMLElement>('.scroller') ?? null;
  }

  /** Pixels from the start of what scrolls to the first row. */
  #margin(): number {
    const grid = this.shadowRoot?.querySelector<HTMLElement>('.all');
    const scroller = this.#scroller;
    if (!grid || !scroller) return 0;
    return grid.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;
  }

  get #held(): boolean {
    return this.#pointerIn || this.shadowRoot?.activeElement?.closest('.grid') != null;
  }

  get #current(): string | undefined {
    const current = this.model?.view.current;
    return current !== undefined && this.#ids.includes(current) ? current : this.#ids[0];
  }

  #rowElement(id: string): HTMLElement | undefined {
    const rows = [...(this.shadowRoot?.querySelectorAll<HTMLElement>('.row') ?? [])];
    return rows.find((row) => row.dataset['id'] === id);
  }

  #key(event: KeyboardEvent): void {
    const { target } = event;
    const row = target instanceof HTMLElement ? target.closest<HTMLElement>('.row') : null;
    const id = row?.dataset['id'];
    if (!row || id === undefined) return;
    const move = gridMove({
      key: event.key,
      ctrl: event.ctrlKey || event.metaKey,
      index: this.#ids.indexOf(id),
      count: this.#ids.length,
      page: Math.max(1, Math.floor((this.#scroller?.clientHeight ?? 220) / row.offsetHeight) - 1),
    });
    if (!move) return;
    event.preventDefault();
    this.#act(move, row, id);
  }

  #act(move: GridMove, row: HTMLElement, id: string): void {
    switch (move.type) {
      case 'focus':
        return this.focusRow(this.#ids[move.index] ?? id);
      case 'toggle':
        return this.actions?.toggle(id);
      case 'close':
        return this.model?.view.open.includes(id) ? this.actions?.toggle(id) : undefined;
      case 'cell':
        return focusCell(row, this.shadowRoot?.activeElement ?? null, move.step);
      case 'copyNames':
        return this.actions?.copy(foldForDisplay([this.#nodeOf(id)]));
    }
  }

  #nodeOf(id: string): string {
    return this.model?.state?.executions.find((each) => each.id === id)?.node ?? id;
  }

  #click(event: MouseEvent): void {
    const { target } = event;
    const id = target instanceof Element ? target.closest<HTMLElement>('.row')?.dataset['id'] : undefined;
    if (id !== undefined) this.actions?.toggle(id);
  }

  #left(event: Event): void {
    if (event.type === 'pointerleave') this.#pointerIn = false;
    this.requestUpdate();
  }

  #release(): void {
    this.#arranged = '';
    this.requestUpdate();
  }

  #sortBy(key: SortKey): void {
    const { by, descending } = this.model?.view.sort ?? byStatus;
    this.actions?.setView({ sort: { by: key, descending: by === key && !descending } });
  }

  #filter(filter: Filter): void {
    this.actions?.setView({ filter, filterChosen: true });
  }

  #search(event: Event): void {
    if (!(event.target instanceof HTMLInputElement) || !this.model) return;
    this.#filter({ ...this.model.view.filter, text: event.target.value });
  }

  #searchKey(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
    event.preventDefault();
    const first = this.#ids[0];
    if (first !== undefined) this.focusRow(first);
  }

  #scrolled(): void {
    if (this.outerScroller) return;
    this.dispatchEvent(new CustomEvent('scrolled', { detail: this.#scroller?.scrollTop ?? 0 }));
  }

  static override styles = [shared, controls, nodeListStyles];
}

/** Left of the first cell is the row itself. */
function focusCell(row: HTMLElement, focused: Element | null, step: 1 | -1): void {
  const stops = [row, ...row.querySelectorAll<HTMLElement>('[role=gridcell][tabindex]')];
  const at = stops.findIndex((each) => each === focused);
  stops[Math.max(0, Math.min(stops.length - 1, at + step))]?.focus();
}

customElements.define('muster-node-list', NodeList);
