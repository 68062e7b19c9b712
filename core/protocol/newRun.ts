import * as z from 'zod';
import { type FieldProblem, RunForm, type SomeOfForm } from '../run/form/form.ts';
import { type FileKind, fileKinds, type FileList, type FileWants } from './newRunFiles.ts';
import type { Targets } from './targets.ts';

/** What a filled-in form would do now. */
export type Checked = {
  /** Of the question that it answers. */
  readonly id: number;
  readonly problems: readonly FieldProblem[];
  /** Nodes that the expression stands for; those of before while it is not right. */
  readonly selected: readonly string[];
  /** How it would run: `in waves of 1, then 10%; 5 at once`. */
  readonly how: string;
  readonly warnings: readonly string[];
  /** Why it can not be run, where no field is to blame. */
  readonly refusal?: string;
  /** What the task or playbook of the form is, where it could be read. */
  readonly wants?: FileWants;
};

/** From the extension host to the page of New Run: data only, never HTML. */
export type ToNewRun =
  | { type: 'loading' }
  | { type: 'failed'; message: string }
  | { type: 'targets'; targets: Targets }
  /** Files of the workspace to choose from, or why there are none. */
  | { type: 'files'; kind: FileKind; list: FileList }
  | { type: 'filesFailed'; kind: FileKind; message: string }
  /** Takes the place of what is in the form: a tick, a preset, a command of before. */
  | { type: 'form'; form: SomeOfForm }
  /** What was typed before the page was hidden: it is in no state of the page. */
  | { type: 'secrets'; secrets: Readonly<Record<string, string>> }
  | { type: 'checked'; checked: Checked }
  /** The start was refused, or is over: the form can be used again. */
  | { type: 'idle'; message: string };

const form = RunForm;
/** Values of secret parameters and secrets, by name: kept nowhere. */
const secrets = z.record(z.string().max(1000), z.string().max(100_000));

/** From the page of New Run to the extension host: a web view is not trusted, so this is validated. */
export const FromNewRun = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('retry') }),
  z.object({ type: z.literal('check'), id: z.int(), form, secrets }),
  z.object({
    type: z.literal('tick'),
    box: z.object({ kind: z.enum(['node', 'group', 'tag']), name: z.string().max(1000) }),
    on: z.boolean(),
    form,
  }),
  z.object({ type: z.literal('invert'), form }),
  z.object({ type: z.literal('run'), form, secrets }),
  /** Shows what would run. */
  z.object({ type: z.literal('preview'), form, secrets }),
  /** The list of files; `anew` looks again. */
  z.object({ type: z.literal('files'), kind: z.enum(fileKinds), anew: z.boolean() }),
  /** Has a person choose files or a folder of this machine. */
  z.object({ type: z.literal('choose'), field: z.enum(['script', 'stdin', 'copyFrom', 'fetchTo']), form }),
  z.object({ type: z.literal('openFile'), form }),
  z.object({ type: z.literal('history') }),
  /** Adds nodes that a search has found. */
  z.object({ type: z.literal('add'), nodes: z.array(z.string().max(1000)).max(5000), form }),
  z.object({ type: z.literal('presets') }),
  z.object({ type: z.literal('savePreset'), form }),
  z.object({ type: z.literal('saveSelection'), form }),
  z.object({ type: z.literal('copy'), text: z.string().max(1_000_000) }),
]);
export type FromNewRun = z.infer<typeof FromNewRun>;
