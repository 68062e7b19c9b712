import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import type { BatchState } from '../../core/run/state.ts';
import type { Found, Wanted } from '../searchFeed.ts';
import type { Actions } from '../actions.ts';
import type { Model } from '../store.ts';
import { type Filter, matches, noFilter } from '../view/filter.ts';
import { type FoundRow, foundRows, foundText, nextHit } from '../view/search.ts';
import { icon } from './icon.ts';
import { searchStyles } from './searchStyles.ts';
import { styled } from './styled.ts';
import { controls, shared } from './styles.ts';
import { VirtualController } from './virtual.ts';

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
    return html`${this.#bar(state, model)}
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

  #bar(state: BatchState, { found, view }: Model): TemplateResult {
    const wanted = this.#wanted;
    const toggle = (label: string, text: string, key: 'matchCase' | 'isPattern'): TemplateResult =>
      html`<button
        class="tool"
        title=${label}
        aria-label=${label}
        aria-pressed=${wanted[key]}
        @click=${() => this.#find({ ...wanted, [key]: !wanted[key] })}
      >
        ${text}
      </button>`;
    return html`<div class="bar">
      <label class="field">
        ${icon('search')}
        <input
          type="search"
          placeholder="Text in all output"
          aria-label="Search in all output"
          maxlength="200"
          .value=${wanted.text}
          @input=${this.#typed}
          @keydown=${this.#fieldKey}
        />
        ${toggle('Match Case', 'Aa', 'matchCase')} ${toggle('Regular Expression', '.*', 'isPattern')}
      </label>
      ${found ? this.#count(state, found, view.filter) : html`<span class="muted" role="status"></span>`}
      <span class="grow"></span>
      ${
        found?.status === 'more'
          ? html`<button class="link" @click=${() => this.actions?.findMore()}>Search on</button>`
          : nothing
      }
      ${
        found?.status === 'done' && state.status === 'running'
          ? html`<button class="link" @click=${() => this.#find(wanted)}>Search again</button>`
          : nothing
      }
    </div>`;
  }

  /** How much was found, and the way to what the filter hides of it. */
  #count(state: BatchState, found: Found, filter: Filter): TemplateResult {
    const shown = new Set(state.executions.filter(matches(state, filter)).map(({ id }) => id));
    const hides = found.hits.some(({ execution }) => !shown.has(execution));
    const clear = (): void => this.actions?.setView({ filter: noFilter, filterChosen: true });
    return html`<span class="muted" role="status">${foundText(state, found, (id) => !shown.has(id))}</span>
      ${hides && shown.size > 0 ? html`<button class="link" @click=${clear}>Clear filter</button>` : nothing}`;
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
      ${isNode ? nodeTemplate(row) : hitTemplate(row)}
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

  #find(wanted: Wanted): void {
    this.actions?.find(wanted);
  }

  #typed(event: Event): void {
    if (event.target instanceof HTMLInputElement) this.#find({ ...this.#wanted, text: event.target.value });
  }

  #fieldKey(event: KeyboardEvent): void {
    const [first] = this.#rows;
    if (event.key === 'Escape') this.#find(nothingWanted);
    else if (event.key === 'Enter') this.#goToFirst();
    else if (event.key !== 'ArrowDown') return;
    else if (first) this.#moveTo(first);
    event.preventDefault();
  }

  #key(event: KeyboardEvent): void {
    const key = event.target instanceof HTMLElement ? event.target.dataset['key'] : undefined;
    const at = this.#rows.findIndex((row) => row.key === key);
    const row = this.#rows[at];
    if (!row) return;
    const last = this.#rows.length - 1;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 15, PageUp: at - 15, Home: 0, End: last };
    const next = this.#rows[Math.max(0, Math.min(last, to[event.key as keyof typeof to] ?? at))];
    if (event.key === 'Enter' || event.key === ' ') this.#open(row);
    else if (event.key === 'Escape') this.actions?.setView({ pane: undefined, part: undefined });
    else if (event.key in to && next) this.#moveTo(next);
    else return;
    event.preventDefault();
  }

  static override styles = [shared, controls, searchStyles];
}

function nodeTemplate({ look, node, count }: Extract<FoundRow, { type: 'node' }>): TemplateResult {
  return html`${icon(look.icon, look.family)}<span class="strong cut" title=${node}>${node}</span>${' '}<span
      class="muted"
      >${count}</span
    >`;
}

function hitTemplate({ hit, before, match, after }: Extract<FoundRow, { type: 'hit' }>): TemplateResult {
  return html`<span class="number">${hit.line}</span>${' '}<span class="edge ${hit.stream}"></span
    ><span class="text cut">${before}<mark>${match}</mark>${after}</span>`;
}

customElements.define('muster-search', Search);
