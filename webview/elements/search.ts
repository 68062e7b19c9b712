import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Wanted } from '../searchFeed.ts';
import type { Actions } from '../actions.ts';
import type { Model } from '../store.ts';
import { matches } from '../view/filter.ts';
import { gridMove } from '../view/keys.ts';
import { type FoundRow, foundRows, nextHit } from '../view/search.ts';
import { searchBar } from './searchBar.ts';
import { foundTemplate } from './searchRows.ts';
import { searchStyles } from './searchStyles.ts';
import { styled } from './styled.ts';
import { controls, shared } from './styles.ts';
import { VirtualController } from './virtual.ts';

/** Rows that PgUp and PgDn go over. */
const page = 15;

const nothingWanted: Wanted = { text: '', matchCase: false, isPattern: false };

/** A text in all output of the batch, by nodes; a line that is chosen opens where it was said. */
export class Search extends LitElement {
  static override properties = {
    model: { attribute: false },
    actions: { attribute: false },
    current: { state: true },
  };
  declare model: Model | undefined;
  declare actions: Actions | undefined;
  /** Key of the row that has the focus, or had it last. */
  declare current: string | undefined;

  readonly #virtual = new VirtualController(this);
  #rows: readonly FoundRow[] = [];
  #focusNext = false;

  override render(): TemplateResult | typeof nothing {
    const { model } = this;
    if (!model?.state) return nothing;
    const { state, found, view } = model;
    this.#rows = found ? foundRows(state, found, matches(state, view.filter)) : [];
    const { actions } = this;
    const bar = {
      state,
      wanted: this.#wanted,
      found,
      filter: view.filter,
      actions,
      fieldKey: this.#fieldKey,
    };
    return html`${searchBar(bar)}
      <div class="scroller" tabindex="-1">${this.#list()}</div>`;
  }

  override updated(): void {
    if (!this.#focusNext) return;
    const row = this.shadowRoot?.querySelector<HTMLElement>('.row[tabindex="0"]');
    if (row?.dataset['key'] !== this.current) return;
    this.#focusNext = false;
    row?.focus({ preventScroll: true });
  }

  override firstUpdated(): void {
    this.requestUpdate(); // the scroller exists from now on
    this.focusField();
  }

  focusField(): void {
    this.shadowRoot?.querySelector('input')?.select();
  }

  /** Goes to the next line that was found, or the one before, and opens it. */
  go(step: 1 | -1): void {
    const row = nextHit(this.#rows, this.current, step);
    if (!row) return;
    this.#moveTo(row);
    this.#open(row);
  }

  #goToFirst(): void {
    this.current = undefined;
    this.go(1);
  }

  #list(): TemplateResult {
    this.#virtual.update({
      count: this.#rows.length,
      scroller: this.shadowRoot?.querySelector<HTMLElement>('.scroller') ?? null,
      itemSize: 22,
      margin: 0,
      keyOf: (index) => this.#rows[index]?.key ?? index,
    });
    const { items } = this.#virtual;
    const first = items[0]?.index ?? 0;
    const currentAt = this.#rows.findIndex(({ key }) => key === this.current);
    const entry = this.#rows[Math.max(0, currentAt)]?.key;
    return html`<div
      class="all"
      role=${this.#rows.length > 0 ? 'tree' : 'presentation'}
      aria-label=${this.#rows.length > 0 ? 'Lines found' : nothing}
      @keydown=${this.#key}
      ${styled({ height: `${this.#virtual.height}px` })}
    >
      <div
        class="shown"
        role="presentation"
        ${styled({ transform: `translateY(${items[0]?.start ?? 0}px)` })}
      >
        ${repeat(
          this.#rows.slice(first, first + items.length),
          ({ key }) => key,
          (row, at) => this.#row(row, { index: first + at, isEntry: row.key === entry }),
        )}
      </div>
    </div>`;
  }

  #row(row: FoundRow, { index, isEntry }: { index: number; isEntry: boolean }): TemplateResult {
    const { key } = row;
    const isNode = row.type === 'node';
    return html`<div
      class="row ${row.type} ${this.#isOpen(row) ? 'chosen' : ''}"
      role="treeitem"
      aria-level=${isNode ? 1 : 2}
      aria-selected=${this.#isOpen(row)}
      data-index=${index}
      data-key=${key}
      tabindex=${isEntry ? 0 : -1}
      @click=${() => this.#choose(row)}
      ${ref(this.#virtual.measure)}
    >
      ${foundTemplate(row)}
    </div>`;
  }

  #isOpen(row: FoundRow): boolean {
    const { pane, part } = this.model?.view ?? {};
    if (row.type === 'node' || row.execution !== pane) return false;
    return part?.type === 'place' && part.at === row.hit.at;
  }

  #choose(row: FoundRow): void {
    this.current = row.key;
    this.#open(row);
  }

  #open(row: FoundRow): void {
    const { execution } = row;
    if (row.type === 'node') return this.actions?.setView({ pane: execution, part: undefined });
    const { at, line } = row.hit;
    const part = { type: 'place', execution, at, find: row.match, title: `around line ${line}` } as const;
    this.actions?.setView({ pane: execution, part });
  }

  #moveTo({ key }: FoundRow): void {
    this.current = key;
    this.#focusNext = true;
    this.#virtual.show(this.#rows.findIndex((row) => row.key === key));
    this.requestUpdate();
  }

  get #wanted(): Wanted {
    return this.model?.found?.wanted ?? nothingWanted;
  }

  readonly #fieldKey = (event: KeyboardEvent): void => {
    const [first] = this.#rows;
    if (event.key === 'Escape') this.actions?.find(nothingWanted);
    else if (event.key === 'Enter') this.#goToFirst();
    else if (event.key !== 'ArrowDown') return;
    else if (first) this.#moveTo(first);
    event.preventDefault();
  };

  #key(event: KeyboardEvent): void {
    const key = event.target instanceof HTMLElement ? event.target.dataset['key'] : undefined;
    const at = this.#rows.findIndex((row) => row.key === key);
    const row = this.#rows[at];
    if (!row) return;
    const move = gridMove({ key: event.key, ctrl: false, index: at, count: this.#rows.length, page });
    const next = move?.type === 'focus' ? this.#rows[move.index] : undefined;
    if (move?.type === 'toggle' || move?.type === 'choose') this.#open(row);
    else if (move?.type === 'close') this.actions?.setView({ pane: undefined, part: undefined });
    else if (next) this.#moveTo(next);
    else return;
    event.preventDefault();
  }

  static override styles = [shared, controls, searchStyles];
}

customElements.define('muster-search', Search);
