import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { BatchState } from '../../core/run/state.ts';
import type { Actions } from '../actions.ts';
import type { Found, Wanted } from '../searchFeed.ts';
import { type Filter, matches, noFilter } from '../view/filter.ts';
import { foundText } from '../view/search.ts';
import { icon } from './icon.ts';

export type SearchBar = {
  readonly state: BatchState;
  readonly wanted: Wanted;
  readonly found: Found | undefined;
  readonly filter: Filter;
  readonly actions: Actions | undefined;
  /** What a key does in the field. */
  fieldKey(event: KeyboardEvent): void;
};

/** What is looked for in all output, and how much of it was found. */
export function searchBar(bar: SearchBar): TemplateResult {
  const { state, wanted, found, actions } = bar;
  const find = (change: Partial<Wanted>): void => actions?.find({ ...wanted, ...change });
  const typed = ({ target }: Event): void => {
    if (target instanceof HTMLInputElement) find({ text: target.value });
  };
  const toggle = (label: string, text: string, key: 'matchCase' | 'isPattern'): TemplateResult =>
    html`<button
      class="tool"
      title=${label}
      aria-label=${label}
      aria-pressed=${wanted[key]}
      @click=${() => find({ [key]: !wanted[key] })}
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
        @input=${typed}
        @keydown=${bar.fieldKey}
      />
      ${toggle('Match Case', 'Aa', 'matchCase')} ${toggle('Regular Expression', '.*', 'isPattern')}
    </label>
    ${found ? countTemplate(found, bar) : html`<span class="muted" role="status"></span>`}
    <span class="grow"></span>
    ${
      found?.status === 'more'
        ? html`<button class="link" @click=${() => actions?.findMore()}>Search on</button>`
        : nothing
    }
    ${
      found?.status === 'done' && state.status === 'running'
        ? html`<button class="link" @click=${() => find({})}>Search again</button>`
        : nothing
    }
  </div>`;
}

/** How much was found, and the way to what the filter hides of it. */
function countTemplate(found: Found, { state, filter, actions }: SearchBar): TemplateResult {
  const shown = new Set(state.executions.filter(matches(state, filter)).map(({ id }) => id));
  const hides = found.hits.some(({ execution }) => !shown.has(execution));
  const clear = (): void => actions?.setView({ filter: noFilter, filterChosen: true });
  return html`<span class="muted" role="status">${foundText(state, found, (id) => !shown.has(id))}</span>
    ${hides && shown.size > 0 ? html`<button class="link" @click=${clear}>Clear filter</button>` : nothing}`;
}
