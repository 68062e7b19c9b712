import * as z from 'zod';
import type { LoggedEvent } from '../run/events.ts';
import type { BatchState } from '../run/state.ts';
import type { Answers } from './answers.ts';
import type { OutputPage } from './output.ts';
import type { SearchPage } from './search.ts';
import type { Table } from './table.ts';

/** From the extension host to the run panel: data only, never HTML. */
export type ToPanel =
  | { type: 'snapshot'; state: BatchState; now: number }
  | { type: 'events'; events: readonly LoggedEvent[]; now: number }
  /** `window` is that of the question. */
  | { type: 'output'; page: OutputPage; window: string }
  | { type: 'answers'; answers: Answers }
  /** `id` is that of the question; `problem` says why there is no page. */
  | { type: 'found'; id: number; page?: SearchPage; problem: string }
  | { type: 'table'; id: number; table?: Table; problem: string }
  /** The batches that run this one again, the newest first. */
  | { type: 'reruns'; reruns: readonly Rerun[] }
  /** How long a batch like this one took before, in milliseconds. */
  | { type: 'usual'; ms: number }
  /** The engine went away or came back; an empty text takes the strip away. */
  | { type: 'engine'; text: string };

/** A batch that runs another one again. */
export type Rerun = { readonly batch: string; readonly status: string };

/** What the panel's page keeps over a reload of the window, beside its own view: which batch it shows. */
export const PanelState = z.object({ batch: z.string().min(1).max(64) });
export type PanelState = z.infer<typeof PanelState>;
