import type { Answers } from '../core/protocol/answers.ts';
import type { Rerun, ToPanel } from '../core/protocol/webview.ts';
import type { LoggedEvent } from '../core/run/events.ts';
import type { BatchState } from '../core/run/state.ts';
import { reduceAll } from '../core/run/state.ts';
import { mostAtOnce } from '../core/run/mostAtOnce.ts';
import type { Actions } from './actions.ts';
import type { Host } from './host.ts';
import { AnswerFeed } from './answerFeed.ts';
import { createHostActions, type HostActions } from './hostActions.ts';
import { type Found, SearchFeed, type Wanted } from './searchFeed.ts';
import { type Records, TableFeed, type TableReading } from './tableFeed.ts';
import { OutputFeed } from './outputFeed.ts';
import type { OutputWindow } from './view/outputWindow.ts';
import { type Filter, matches } from './view/filter.ts';
import { answersStep } from './view/answersStep.ts';
import { startOpen } from './view/startOpen.ts';
import { toggleOpen, viewFrom } from './view/view.ts';
import type { View } from './view/view.ts';

/** All that the panel shows. */
export type Model = {
  readonly state: BatchState | undefined;
  readonly engine: string;
  readonly view: View;
  /** By `windowKey`. */
  readonly outputs: ReadonlyMap<string, OutputWindow>;
  /** What the nodes said, as far as it has been gathered. */
  readonly answers: Answers | undefined;
  /** The batches that run this one again. */
  readonly reruns: readonly Rerun[];
  /** Milliseconds that such a batch took before, where that is known. */
  readonly usualMs: number | undefined;
  /** What was found in all output; nothing is looked for without. */
  readonly found: Found | undefined;
  /** What the nodes said, as a table. */
  readonly records: Records;
  /** Milliseconds since the epoch on the clock of the extension host. */
  readonly now: number;
};

/** Actions that change what the panel shows; the others are messages to the extension host. */
type OwnActions = Omit<Actions, keyof HostActions>;

/** Holds the state of one panel: messages and actions go in, `changed` is called, `model` is what is so now. */
export class Store implements OwnActions {
  readonly #host: Host;
  readonly #changed: () => void;
  readonly #outputs: OutputFeed;
  readonly #answers: AnswerFeed;
  readonly #search: SearchFeed;
  readonly #table: TableFeed;
  #state: BatchState | undefined;
  #engine = '';
  #reruns: readonly Rerun[] = [];
  #usualMs: number | undefined;
  #view: View;
  #clockAhead = 0;
  /** How many at once was asked for, until the engine says that it is so: clicks come faster than its answers. */
  #asked: number | undefined;

  constructor(host: Host, changed: () => void) {
    this.#host = host;
    this.#changed = changed;
    this.#view = viewFrom(host.saved());
    this.#outputs = new OutputFeed((query) => host.post({ type: 'output', ...query }));
    this.#answers = new AnswerFeed(({ exact, step }) =>
      host.post({ type: 'answers', exact, ...(step !== undefined && { step }) }),
    );
    this.#search = new SearchFeed((ask) => host.post({ type: 'search', ...ask }), changed);
    this.#table = new TableFeed((ask) => host.post({ type: 'table', ...ask }));
  }

  get model(): Model {
    return {
      state: this.#state,
      engine: this.#engine,
      view: this.#view,
      outputs: this.#outputs.windows,
      answers: this.#answersShown(),
      reruns: this.#reruns,
      usualMs: this.#usualMs,
      found: this.#search.found,
      records: this.#table.records,
      now: Date.now() + this.#clockAhead,
    };
  }

  /** Those of another step than the one that is named beside them would say what is not so. */
  #answersShown(): Answers | undefined {
    const { latest } = this.#answers;
    const isOfStep = this.#state && latest?.step === answersStep(this.#state, this.#view);
    return isOfStep ? latest : undefined;
  }

  receive(message: ToPanel): void {
    const before = this.#state;
    switch (message.type) {
      case 'snapshot':
        this.#clockAhead = message.now - Date.now();
        this.#state = message.state;
        this.#asked = undefined;
        break;
      case 'events':
        this.#clockAhead = message.now - Date.now();
        this.#state = reduceAll(this.#state, message.events);
        if (message.events.some((event) => this.#isAnswer(event))) this.#asked = undefined;
        break;
      case 'output':
        this.#outputs.take(message.page, message.window);
        break;
      case 'answers':
        this.#answers.take(message.answers);
        break;
      case 'found':
        this.#search.take(message);
        break;
      case 'table':
        this.#table.take(message);
        break;
      case 'reruns':
        this.#reruns = message.reruns;
        break;
      case 'usual':
        this.#usualMs = message.ms;
        break;
      case 'engine':
        this.#engine = message.text;
        break;
    }
    if (this.#state && this.#state !== before) this.#adopt(this.#state);
    this.#changed();
  }

  /** Asks for output that open details lack; one request an execution at a time. */
  requestOutput(): void {
    const { open, pane, part } = this.#view;
    const shown = new Set([...open, pane]);
    const executions = (this.#state?.executions ?? []).filter(({ id }) => shown.has(id));
    this.#outputs.request(executions, part);
  }

  /** Asks for answers that are not there yet. */
  requestAnswers(): void {
    if (!this.#state) return;
    const step = answersStep(this.#state, this.#view);
    this.#answers.request(this.#state, { exact: this.#view.exact, step });
  }

  /** Asks for records that are not there yet, while somebody looks at them. */
  requestTable(): void {
    if (this.#state && this.#view.shows === 'table') this.#table.request(this.#state);
  }

  find(wanted: Wanted): void {
    this.#search.find(wanted);
  }

  findMore(): void {
    this.#search.more();
  }

  readTable(reading: TableReading): void {
    this.#table.read(reading);
    this.#changed();
  }

  resize(by: number): void {
    const before = this.#asked ?? this.#state?.concurrency;
    if (before === undefined) return;
    const concurrency = Math.min(mostAtOnce, Math.max(1, before + by));
    if (concurrency === before) return;
    this.#asked = concurrency;
    this.#host.post({ type: 'control', control: { type: 'concurrency', concurrency } });
  }

  showMore(window: string): void {
    this.#outputs.wantMore(window);
    this.#changed();
  }

  toggle(execution: string): void {
    this.setView(toggleOpen(this.#view, execution));
  }

  setView(change: Partial<View>): void {
    this.#view = { ...this.#view, ...change };
    if (change.filter) this.#closeHidden(change.filter);
    this.#host.save(this.#view);
    this.#changed();
  }

  /** The detail of a node that was filtered out would speak of none that is shown. */
  #closeHidden(filter: Filter): void {
    const pane = this.#state?.executions.find(({ id }) => id === this.#view.pane);
    if (!this.#state || !pane || matches(this.#state, filter)(pane)) return;
    this.#view = { ...this.#view, pane: undefined, part: undefined };
  }

  #isAnswer(event: LoggedEvent): boolean {
    return event.type === 'limitChanged' && event.concurrency === this.#asked;
  }

  #adopt(state: BatchState): void {
    const view = startOpen(this.#view, state);
    if (view !== this.#view) this.setView(view);
  }
}

/** All that a person can do in the panel of a store. */
export function actionsOf(store: Store, host: Pick<Host, 'post'>): Actions {
  return {
    ...createHostActions(host.post),
    find: (wanted) => store.find(wanted),
    findMore: () => store.findMore(),
    readTable: (reading) => store.readTable(reading),
    resize: (by) => store.resize(by),
    setView: (change) => store.setView(change),
    showMore: (window) => store.showMore(window),
    toggle: (execution) => store.toggle(execution),
  };
}
