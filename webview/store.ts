import type { Answers } from '../core/protocol/answers.ts';
import type { PanelControl } from '../core/protocol/fromPanel.ts';
import type { Rerun, ToPanel } from '../core/protocol/webview.ts';
import type { LoggedEvent } from '../core/run/events.ts';
import { isRerunChoice } from '../core/run/rerunChoice.ts';
import type { BatchState } from '../core/run/state.ts';
import { reduceAll } from '../core/run/state.ts';
import type { Host } from './host.ts';
import { AnswerFeed } from './answerFeed.ts';
import { type Found, SearchFeed, type Wanted } from './searchFeed.ts';
import { type Records, TableFeed, type TableReading } from './tableFeed.ts';
import { OutputFeed } from './outputFeed.ts';
import type { OutputWindow } from './view/outputWindow.ts';
import { type Filter, matches } from './view/filter.ts';
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
  /** What was found in all output; nothing is looked for without. */
  readonly found: Found | undefined;
  /** What the nodes said, as a table. */
  readonly records: Records;
  /** Milliseconds since the epoch on the clock of the extension host. */
  readonly now: number;
};

/** What a person can do in the panel. */
export type Actions = {
  cancel(which: 'all' | 'queued'): void;
  cancelExecution(execution: string): void;
  openOutput(execution: string): void;
  copy(text: string): void;
  reviewHostKeys(): void;
  /** Pauses, goes on, answers a barrier. */
  control(control: PanelControl): void;
  /** So many more at once, or fewer, than was last asked for. */
  resize(by: number): void;
  /** Goes back to the nodes where a process may still run. */
  stopAgain(): void;
  /** Runs the batch again on some of its nodes: the preview comes first. */
  rerun(which: string): void;
  rerunOn(executions: readonly string[]): void;
  /** Writes results into files; those of all nodes where none are named. */
  exportNodes(executions: readonly string[] | undefined): void;
  node(does: 'terminal' | 'journal', execution: string): void;
  showLog(): void;
  openBatch(batch: string): void;
  /** Loads the next megabyte of an output, which is named by its `windowKey`. */
  showMore(window: string): void;
  /** Opens the diff editor: the largest answer, and that of an execution. */
  compare(majority: string, execution: string, title: string): void;
  /** Ticks the nodes of executions in the tree. */
  selectNodes(executions: readonly string[]): void;
  /** Looks for a text in all output. */
  find(wanted: Wanted): void;
  findMore(): void;
  /** Reads tables out of the output, in another way than before. */
  readTable(reading: TableReading): void;
  /** Writes a table into a file that a person chooses. */
  saveTable(head: readonly string[], rows: readonly (readonly string[])[]): void;
  toggle(execution: string): void;
  setView(change: Partial<View>): void;
};

/** Holds the state of one panel: messages and actions go in, `changed` is called, `model` is what is so now. */
export class Store implements Actions {
  readonly #host: Host;
  readonly #changed: () => void;
  readonly #outputs: OutputFeed;
  readonly #answers: AnswerFeed;
  readonly #search: SearchFeed;
  readonly #table: TableFeed;
  #state: BatchState | undefined;
  #engine = '';
  #reruns: readonly Rerun[] = [];
  #view: View;
  #clockAhead = 0;
  /** How many at once was asked for, until the engine says that it is so: clicks come faster than its answers. */
  #asked: number | undefined;

  constructor(host: Host, changed: () => void) {
    this.#host = host;
    this.#changed = changed;
    this.#view = viewFrom(host.saved());
    this.#outputs = new OutputFeed((query) => host.post({ type: 'output', ...query }));
    this.#answers = new AnswerFeed((exact) => host.post({ type: 'answers', exact }));
    this.#search = new SearchFeed((ask) => host.post({ type: 'search', ...ask }), changed);
    this.#table = new TableFeed((ask) => host.post({ type: 'table', ...ask }));
  }

  get model(): Model {
    return {
      state: this.#state,
      engine: this.#engine,
      view: this.#view,
      outputs: this.#outputs.windows,
      answers: this.#answers.latest,
      reruns: this.#reruns,
      found: this.#search.found,
      records: this.#table.records,
      now: Date.now() + this.#clockAhead,
    };
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
    if (this.#state) this.#answers.request(this.#state, this.#view.exact);
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

  saveTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
    this.#host.post({ type: 'saveTable', rows: [[...head], ...rows.map((row) => [...row])] });
  }

  cancel(which: 'all' | 'queued'): void {
    this.#host.post({ type: 'cancel', which });
  }

  cancelExecution(execution: string): void {
    this.#host.post({ type: 'cancel', which: 'execution', execution });
  }

  openOutput(execution: string): void {
    this.#host.post({ type: 'openOutput', execution });
  }

  copy(text: string): void {
    this.#host.post({ type: 'copy', text: text.slice(0, 1_000_000) });
  }

  reviewHostKeys(): void {
    this.#host.post({ type: 'reviewHostKeys' });
  }

  control(control: PanelControl): void {
    this.#host.post({ type: 'control', control });
  }

  resize(by: number): void {
    const before = this.#asked ?? this.#state?.concurrency;
    if (before === undefined) return;
    const concurrency = Math.min(mostPlaces, Math.max(1, before + by));
    if (concurrency === before) return;
    this.#asked = concurrency;
    this.control({ type: 'concurrency', concurrency });
  }

  compare(majority: string, execution: string, title: string): void {
    this.#host.post({ type: 'compare', majority, execution, title: title.slice(0, 200) });
  }

  selectNodes(executions: readonly string[]): void {
    this.#host.post({ type: 'selectNodes', executions: [...executions] });
  }

  rerun(which: string): void {
    if (isRerunChoice(which)) this.#host.post({ type: 'rerun', which });
  }

  rerunOn(executions: readonly string[]): void {
    this.#host.post({ type: 'rerun', which: 'nodes', executions: [...executions] });
  }

  exportNodes(executions: readonly string[] | undefined): void {
    this.#host.post({ type: 'export', ...(executions && { executions: [...executions] }) });
  }

  node(does: 'terminal' | 'journal', execution: string): void {
    this.#host.post({ type: 'node', does, execution });
  }

  showLog(): void {
    this.#host.post({ type: 'showLog' });
  }

  openBatch(batch: string): void {
    this.#host.post({ type: 'openBatch', batch });
  }

  stopAgain(): void {
    this.#host.post({ type: 'stopAgain' });
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

/** How many run at once at most, as the protocol has it. */
export const mostPlaces = 256;
