import type { SearchHit, SearchPage, SearchPlace } from '../core/protocol/search.ts';
import type { FromPanel } from '../core/protocol/fromPanel.ts';
import type { ToPanel } from '../core/protocol/webview.ts';

/** What is looked for in all output. */
export type Wanted = { readonly text: string; readonly matchCase: boolean; readonly isPattern: boolean };

/** What has been found so far. */
export type Found = {
  readonly wanted: Wanted;
  readonly hits: readonly SearchHit[];
  readonly cut: ReadonlySet<string>;
  /** Executions that have been searched. */
  readonly searched: number;
  readonly status: 'searching' | 'more' | 'done';
  /** Why nothing can be looked for; empty where it can. */
  readonly problem: string;
};

type Ask = Omit<Extract<FromPanel, { type: 'search' }>, 'type'>;

/** Hits after which it waits until somebody asks for more. */
const atOnce = 1_000;
/** Milliseconds after the last key before anything is looked for. */
const restMs = 300;

/** Looks for a text page by page; a new text takes the place of the one before. */
export class SearchFeed {
  readonly #ask: (ask: Ask) => void;
  readonly #changed: () => void;
  #id = 0;
  #found: Found | undefined;
  #next: SearchPlace | undefined;
  #most = atOnce;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ask: (ask: Ask) => void, changed: () => void) {
    this.#ask = ask;
    this.#changed = changed;
  }

  get found(): Found | undefined {
    return this.#found;
  }

  find(wanted: Wanted): void {
    clearTimeout(this.#timer);
    this.#id++;
    this.#next = undefined;
    this.#most = atOnce;
    const isEmpty = wanted.text === '';
    this.#found = isEmpty
      ? undefined
      : { wanted, hits: [], cut: new Set(), searched: 0, status: 'searching', problem: '' };
    if (!isEmpty) this.#timer = setTimeout(() => this.#request(), restMs);
    this.#changed();
  }

  /** Goes on behind what has been found. */
  more(): void {
    if (this.#found?.status !== 'more') return;
    this.#most += atOnce;
    this.#found = { ...this.#found, status: 'searching' };
    this.#request();
    this.#changed();
  }

  take({ id, page, problem }: Extract<ToPanel, { type: 'found' }>): void {
    if (id !== this.#id || !this.#found) return;
    if (page) this.#add(this.#found, page);
    else this.#found = { ...this.#found, status: 'done', problem };
  }

  #add(before: Found, { hits, cut, searched, next }: SearchPage): void {
    const all = [...before.hits, ...hits];
    this.#next = next;
    const status = !next ? 'done' : all.length >= this.#most ? 'more' : 'searching';
    this.#found = { ...before, hits: all, cut: new Set([...before.cut, ...cut]), searched, status };
    if (status === 'searching') this.#request();
  }

  #request(): void {
    if (!this.#found) return;
    this.#ask({ id: this.#id, ...this.#found.wanted, ...(this.#next && { after: this.#next }) });
  }
}
