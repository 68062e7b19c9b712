import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { BatchState } from '../../core/run/state.ts';
import type { Actions, Model } from '../store.ts';
import { chipsOf, matches, noFilter, noHit } from '../view/filter.ts';
import type { Filter } from '../view/filter.ts';
import { holdOrder, sameOrder } from '../view/order.ts';
import { sortExecutions } from '../view/rows.ts';
import './chips.ts';
import { icon } from './icon.ts';
import { NodeGrid } from './nodeGrid.ts';
import { nodeListStyles } from './nodeListStyles.ts';
import { controls, shared } from './styles.ts';

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

  #shown: readonly string[] = [];
  #wanted: readonly string[] = [];
  #arranged = '';
  #pointerIn = false;
  #focusIn = false;
  #restored = false;

  override willUpdate(): void {
    const { model } = this;
    if (!model?.state) return;
    const { state, view, now } = model;
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
    return html`<section aria-label="Nodes">
      ${this.#tools(model.state, model.view.filter)}
      <div class="scroller" tabindex="-1" @scroll=${this.#scrolled}>
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
      </div>
    </section>`;
  }

  /** Shows a row and gives it the focus. */
  focusRow(id: string): void {
    const grid = this.shadowRoot?.querySelector('muster-node-grid');
    if (grid instanceof NodeGrid) grid.focusRow(id);
  }

  focusSearch(): void {
    this.shadowRoot?.querySelector('input')?.select();
  }

  override updated(): void {
    if (this.#restored) return;
    this.#restored = true;
    this.requestUpdate(); // the scroller exists from now on
    const scroll = this.model?.view.scroll ?? 0;
    if (scroll > 0) requestAnimationFrame(() => this.#scroller?.scrollTo({ top: scroll }));
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
      ${
        filter.only === undefined
          ? nothing
          : html`<button
              class="only"
              title="Show all nodes again"
              @click=${() => this.#filter({ ...filter, only: undefined })}
            >
              ${filter.only.label}${icon('close')}
            </button>`
      }
      <span class="grow"></span>
      ${
        sameOrder(this.#shown, this.#wanted)
          ? nothing
          : html`<button class="link held" title="Sort now" @click=${this.#release}>Order held</button>`
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
