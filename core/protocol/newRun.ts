import * as z from 'zod';
import { type FieldProblem, RunForm, type SomeOfForm } from '../run/form/form.ts';

/** A node as the list of targets shows it. */
export type TargetNode = {
  readonly name: string;
  readonly address: string;
  readonly tags: readonly string[];
  readonly source: string;
  /** Why nothing runs on it. */
  readonly blocked?: string;
};

/** A group or tag, with the places of its nodes in the list. */
export type TargetSet = {
  readonly name: string;
  /** 0 for one at the top. */
  readonly depth: number;
  readonly nodes: readonly number[];
};

/** What can be selected. */
export type Targets = {
  readonly nodes: readonly TargetNode[];
  readonly groups: readonly TargetSet[];
  readonly tags: readonly TargetSet[];
  readonly saved: readonly { readonly name: string; readonly expression: string }[];
};

/** What a filled-in form would do now. */
export type Checked = {
  /** Of the question that it answers. */
  readonly id: number;
  readonly problems: readonly FieldProblem[];
  /** Nodes that the expression stands for; those of before while it is not right. */
  readonly selected: readonly string[];
  /** How it would run: `one after the other, stops after 5 min`. */
  readonly how: string;
  readonly warnings: readonly string[];
  /** Why it can not be run, where no field is to blame. */
  readonly refusal?: string;
};

/** From the extension host to the page of New Run: data only, never HTML. */
export type ToNewRun =
  | { type: 'loading' }
  | { type: 'failed'; message: string }
  | { type: 'targets'; targets: Targets }
  /** Takes the place of what is in the form: a tick, a template, a command of before. */
  | { type: 'form'; form: SomeOfForm }
  | { type: 'checked'; checked: Checked }
  /** The start was refused, or is over: the form can be used again. */
  | { type: 'idle'; message: string };

const form = RunForm;

/** From the page of New Run to the extension host: a web view is not trusted, so this is validated. */
export const FromNewRun = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('retry') }),
  z.object({ type: z.literal('check'), id: z.int(), form }),
  z.object({
    type: z.literal('tick'),
    box: z.object({ kind: z.enum(['node', 'group', 'tag']), name: z.string().max(1000) }),
    on: z.boolean(),
    form,
  }),
  z.object({ type: z.literal('invert'), form }),
  z.object({ type: z.literal('run'), form }),
  z.object({ type: z.literal('history') }),
  z.object({ type: z.literal('templates') }),
  z.object({ type: z.literal('saveTemplate'), form }),
  z.object({ type: z.literal('copy'), text: z.string().max(1_000_000) }),
]);
export type FromNewRun = z.infer<typeof FromNewRun>;
