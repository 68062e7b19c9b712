import * as z from 'zod';
import { Control } from '../run/controls.ts';
import type { LoggedEvent } from '../run/events.ts';
import { rerunChoices } from '../run/rerunChoice.ts';
import type { BatchState } from '../run/state.ts';
import type { Answers } from './answers.ts';
import type { OutputPage } from './output.ts';
import { type SearchPage, SearchQuery } from './search.ts';
import { type Table, TableQuery } from './table.ts';

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
  /** The engine went away or came back; an empty text takes the strip away. */
  | { type: 'engine'; text: string };

/** A batch that runs another one again. */
export type Rerun = { readonly batch: string; readonly status: string };

const Executions = z.array(z.string().max(64)).max(5000);

/** From the run panel to the extension host: a web view is not trusted, so this is validated. */
export const FromPanel = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({
    type: z.literal('cancel'),
    which: z.enum(['all', 'queued', 'execution']),
    execution: z.string().max(64).optional(),
  }),
  z.object({
    type: z.literal('output'),
    execution: z.string().max(64),
    from: z.number().int(),
    limit: z.number().int().min(1).max(1_048_576),
    /** What of the output it belongs to, for the panel. */
    window: z.string().max(128),
  }),
  z.object({ type: z.literal('openOutput'), execution: z.string().max(64) }),
  z.object({ type: z.literal('answers'), exact: z.boolean() }),
  /** Opens the diff editor on two outputs, the largest answer left. */
  z.object({
    type: z.literal('compare'),
    majority: z.string().max(64),
    execution: z.string().max(64),
    title: z.string().max(200),
  }),
  SearchQuery.omit({ batch: true }).extend({ type: z.literal('search'), id: z.int() }),
  TableQuery.omit({ batch: true }).extend({ type: z.literal('table'), id: z.int() }),
  /** Asks for a file and writes a table into it, as CSV. */
  z.object({
    type: z.literal('saveTable'),
    rows: z.array(z.array(z.string().max(1_000)).max(250)).max(20_001),
  }),
  z.object({ type: z.literal('selectNodes'), executions: Executions }),
  z.object({ type: z.literal('copy'), text: z.string().max(1_000_000) }),
  z.object({ type: z.literal('rerun'), which: z.enum(rerunChoices) }),
  z.object({ type: z.literal('openBatch'), batch: z.string().max(64) }),
  z.object({ type: z.literal('reviewHostKeys') }),
  z.object({ type: z.literal('stopAgain') }),
  z.object({ type: z.literal('control'), control: Control }),
]);
export type FromPanel = z.infer<typeof FromPanel>;
/** What a person in the panel does to a running batch. */
export type PanelControl = Control;

/** What the panel's page keeps over a reload of the window, beside its own view: which batch it shows. */
export const PanelState = z.object({ batch: z.string().min(1).max(64) });
export type PanelState = z.infer<typeof PanelState>;
