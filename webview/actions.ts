import type { PanelControl } from '../core/protocol/fromPanel.ts';
import type { Wanted } from './searchFeed.ts';
import type { TableReading } from './tableFeed.ts';
import type { View } from './view/view.ts';

/** Two executions whose outputs are compared, in all or in one step. */
export type Compared = {
  readonly majority: string;
  readonly execution: string;
  readonly title: string;
  readonly step: string | undefined;
};

/** What a person can do in the panel. */
export type Actions = {
  cancel(which: 'all' | 'queued'): void;
  cancelExecution(execution: string): void;
  /** Opens an output as text, or what it has of a step. */
  openOutput(execution: string, step?: string): void;
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
  rerunOn(executions: readonly string[], timeoutMs?: number): void;
  /** Writes results into files; those of all nodes where none are named. */
  exportNodes(executions: readonly string[] | undefined): void;
  node(does: 'terminal' | 'journal' | 'page', execution: string): void;
  showLog(): void;
  openBatch(batch: string): void;
  /** Opens the file of the playbook, at a step of it if one is named. */
  openPlaybook(step: string | undefined): void;
  /** Asks the nodes of executions whether they answer. */
  reach(executions: readonly string[]): void;
  /** Opens where a person lets Muster do what it refused. */
  permit(by: 'policy' | 'trust'): void;
  /** Opens the diff editor on the outputs of two executions, which are asked for where none are named. */
  compareTwo(executions?: readonly string[]): void;
  /** Loads the next megabyte of an output, which is named by its `windowKey`. */
  showMore(window: string): void;
  /** Opens the diff editor: the largest answer, and that of an execution; those of a step if one is named. */
  compare(wanted: Compared): void;
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
