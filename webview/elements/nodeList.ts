import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { loadedOf } from '../../core/run/loadedPlaybook.ts';
import type { BatchState, ExecutionState } from '../../core/run/state.ts';
import type { Actions } from '../actions.ts';
import type { Model } from '../store.ts';
import { chipsOf, matches, noFilter, noHit } from '../view/filter.ts';
import type { Filter, Only } from '../view/filter.ts';
import { holdOrder, sameOrder } from '../view/order.ts';
import { sortExecutions } from '../view/rows.ts';
import { type NodeView, shownView, type View } from '../view/view.ts';
import './chips.ts';
import { icon } from './icon.ts';
import './matrix.ts';
import { Search } from './search.ts';
import './table.ts';
import { NodeGrid } from './nodeGrid.ts';
import { nodeListStyles } from './nodeListStyles.ts';
import { paneTemplate } from './pane.ts';
import { controls, shared } from './styles.ts';
import './viewSwitch.ts';

/** The nodes: which are shown, in which order. Rows stay where they are while the pointer or the focus is on them. */
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

  /** What the filter lets through, in the order of the plan. */
  #inPlan: readonly ExecutionState[] = [];
  #shown: readonly string[] = [];
  #wanted: readonly string[] = [];
  #arranged = '';
  #pointerIn = false;
  #focusIn = false;
  #restored = false;
  #focusNext: string | undefined;
  #pane: string | undefined;

  override willUpdate(): void {
    const { model } = this;
    if (!model?.state) return;
    const { state, view, now } = model;
    this.#inPlan = state.executions.filter(matches(state, view.filter));
    this.#wanted = sortExecutions(state, view.sort, now)
      .filter(matches(state, view.filter))
      .map(({ id }) => id);
    const arranged = JSON.stringify([state.id, view.sort, view.filter]);
    const held = (this.#pointerIn || this.#focusIn) && arranged === this.#arranged;
    const next = held ? holdOrder(this.#shown, this.#wanted) : this.#wanted;
    if (!sameOrder(next, this.#shown)) this.#shown = next;
    this.#arranged = arranged;
  }

  override render(): TemplateResult | typeof nothing {
    const { model } = this;
    if (!model?.state) return nothing;
    const shows = shownView(model.view, loadedOf(model.state.plan.action) !== undefined);
    return html`<section class="as-${shows}" aria-label="Nodes">
      ${this.#tools(model.state, model.view, shows)} ${this.#body(model, shows)}
    </section>`;
  }

  #body(model: Model, shows: NodeView): TemplateResult {
    if (shows !== 'list')
      return html`${this.#view(model, shows)}
      ${this.#inPlan.length === 0 ? this.#nobody(model.view.filter) : nothing}
      ${paneTemplate(model, this.actions)}`;
    return html`<div class="scroller" tabindex="-1" @scroll=${this.#scrolled}>
      <muster-node-grid
        .model=${model}
        .actions=${this.actions}
        .ids=${this.#shown}
        .scroller=${this.#scroller}
        @pointerenter=${() => (this.#pointerIn = true)}
        @pointerleave=${() => this.#left('pointer')}
        @focusin=${() => (this.#focusIn = true)}
        @focusout=${() => this.#left('focus')}
      ></muster-node-grid>
      ${this.#shown.length === 0 ? this.#nobody(model.view.filter) : nothing}
    </div>`;
  }

  #view(model: Model, shows: Exclude<NodeView, 'list'>): TemplateResult {
    const { actions } = this;
    switch (shows) {
      case 'steps':
        return html`<muster-matrix
          .model=${model}
          .actions=${actions}
          .executions=${this.#inPlan}
        ></muster-matrix>`;
      case 'table':
        return html`<muster-table .model=${model} .actions=${actions}></muster-table>`;
      case 'search':
        return html`<muster-search .model=${model} .actions=${actions}></muster-search>`;
    }
  }

  /** Shows a row and gives it the focus. */
  focusRow(id: string): void {
    this.#focusNext = id;
    if (this.model?.view.shows !== 'list') this.actions?.setView({ shows: 'list' });
    this.requestUpdate();
  }

  goToFound(step: 1 | -1): void {
    const search = this.shadowRoot?.querySelector('muster-search');
    if (search instanceof Search) search.go(step);
  }

  /** The field of what is shown: for a text in all output, or for nodes. */
  focusSearch(): void {
    const search = this.shadowRoot?.querySelector('muster-search');
    if (search instanceof Search) return search.focusField();
    this.shadowRoot?.querySelector('input')?.select();
  }

  override updated(): void {
    this.#showPane();
    const grid = this.shadowRoot?.querySelector('muster-node-grid');
    if (this.#focusNext !== undefined && grid instanceof NodeGrid) {
      grid.focusRow(this.#focusNext);
      this.#focusNext = undefined;
    }
    if (this.#restored) return;
    this.#restored = true;
    this.requestUpdate(); // the scroller exists from now on
    const scroll = this.model?.view.scroll ?? 0;
    if (scroll > 0) requestAnimationFrame(() => this.#scroller?.scrollTo({ top: scroll }));
  }

  /** Where all scrolls together, a detail that opens may be below what is in view. */
  #showPane(): void {
    const pane = this.model?.view.pane;
    if (pane === this.#pane) return;
    this.#pane = pane;
    if (!this.outerScroller || !this.#restored) return;
    const show = (): void => this.shadowRoot?.querySelector('.below')?.scrollIntoView({ block: 'nearest' });
    requestAnimationFrame(show);
  }

  #tools(state: BatchState, { filter, fold }: View, shows: NodeView): TemplateResult {
    return html`<div class="tools">
      <h2 class="strong">Nodes</h2>
      <muster-view-switch
        .shows=${shows}
        .steps=${loadedOf(state.plan.action) !== undefined}
        @switch=${(event: CustomEvent<NodeView>) => this.actions?.setView({ shows: event.detail })}
      ></muster-view-switch>
      <muster-chips
        .chips=${chipsOf(state)}
        .filter=${filter}
        .total=${state.executions.length}
        @filter=${(event: CustomEvent<Filter>) => this.#filter(event.detail)}
      ></muster-chips>
      ${filter.only === undefined ? nothing : this.#only(filter, filter.only)}
      <span class="grow"></span>
      ${shows === 'steps' ? this.#fold(fold) : nothing}
      ${
        shows !== 'list' || sameOrder(this.#shown, this.#wanted)
          ? nothing
          : html`<button class="link held" title="Sort now" @click=${this.#release}>Order held</button>`
      }
      ${this.#searchField(filter)}
    </div>`;
  }

  #only(filter: Filter, { label }: Only): TemplateResult {
    const clear = (): void => this.#filter({ ...filter, only: undefined });
    return html`<button class="only" title="Show all nodes again" @click=${clear}>
      ${label}${icon('close')}
    </button>`;
  }

  #fold(fold: boolean): TemplateResult {
    return html`<label class="fold"
      ><input type="checkbox" .checked=${fold} @change=${() => this.actions?.setView({ fold: !fold })} />Fold
      equal rows</label
    >`;
  }

  #searchField({ text }: Filter): TemplateResult {
    return html`<label class="search">
      ${icon('search')}
      <input
        type="search"
        placeholder="Name or text"
        aria-label="Filter nodes by name or last line"
        .value=${text}
        @input=${this.#search}
        @keydown=${this.#searchKey}
      />
    </label>`;
  }

  #nobody(filter: Filter): TemplateResult {
    return html`<p class="nobody muted">
      ${noHit(filter)} <button class="link" @click=${() => this.#filter(noFilter)}>Clear filter</button>
    </p>`;
  }

  get #scroller(): HTMLElement | undefined {
    return this.outerScroller ?? this.shadowRoot?.querySelector<HTMLElement>('.scroller') ?? undefined;
  }

  #left(what: 'pointer' | 'focus'): void {
    if (what === 'pointer') this.#pointerIn = false;
    else this.#focusIn = false;
    this.requestUpdate();
  }

  #release(): void {
    this.#arranged = '';
    this.requestUpdate();
  }

  #filter(filter: Filter): void {
    this.actions?.setView({ filter, filterChosen: true });
  }

  #search(event: Event): void {
    if (!(event.target instanceof HTMLInputElement) || !this.model) return;
    this.#filter({ ...this.model.view.filter, text: event.target.value });
  }

  #searchKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') return this.#filter({ ...(this.model?.view.filter ?? noFilter), text: '' });
    if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
    event.preventDefault();
    const [first] = this.#shown;
    if (first !== undefined) this.focusRow(first);
  }

  #scrolled(): void {
    if (this.outerScroller) return;
    this.dispatchEvent(new CustomEvent('scrolled', { detail: this.#scroller?.scrollTop ?? 0 }));
  }

  static override styles = [shared, controls, nodeListStyles];
}

customElements.define('muster-node-list', NodeList);
