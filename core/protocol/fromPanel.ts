import * as z from 'zod';
import { AnswersQuery } from './answers.ts';
import { Control } from '../run/controls.ts';
import { rerunChoices } from '../run/rerunChoice.ts';
import { SearchQuery } from './search.ts';
import { TableQuery } from './table.ts';

/** Path of a step in the plan. */
const Step = z.string().max(1_000);
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
  z.object({ type: z.literal('openOutput'), execution: z.string().max(64), step: Step.optional() }),
  AnswersQuery.omit({ batch: true, lines: true }).extend({ type: z.literal('answers') }),
  /** Opens the diff editor on two outputs, or on what they have of a step, the largest answer left. */
  z.object({
    type: z.literal('compare'),
    majority: z.string().max(64),
    execution: z.string().max(64),
    title: z.string().max(200),
    step: Step.optional(),
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
  /** With `nodes`, on those of these executions; with another time limit where one is named. */
  z.object({
    type: z.literal('rerun'),
    which: z.enum(rerunChoices),
    executions: Executions.optional(),
    timeoutMs: z.int().positive().optional(),
  }),
  /** Opens the diff editor on two outputs; asks which where none are named. */
  z.object({ type: z.literal('compareTwo'), executions: Executions.optional() }),
  /** Opens the file of the playbook, at a step if one is named. */
  z.object({ type: z.literal('openPlaybook'), step: Step.optional() }),
  /** Asks the nodes of executions whether they answer. */
  z.object({ type: z.literal('reach'), executions: Executions }),
  /** Opens where a person lets Muster do what it refused. */
  z.object({ type: z.literal('permit'), by: z.enum(['policy', 'trust']) }),
  /** Asks for a format and a place; without executions, for all of them. */
  z.object({ type: z.literal('export'), executions: Executions.optional() }),
  z.object({
    type: z.literal('node'),
    does: z.enum(['terminal', 'journal', 'page']),
    execution: z.string().max(64),
  }),
  z.object({ type: z.literal('showLog') }),
  z.object({ type: z.literal('openBatch'), batch: z.string().max(64) }),
  z.object({ type: z.literal('reviewHostKeys') }),
  z.object({ type: z.literal('stopAgain') }),
  z.object({ type: z.literal('control'), control: Control }),
]);
export type FromPanel = z.infer<typeof FromPanel>;
/** What a person in the panel does to a running batch. */
export type PanelControl = Control;
