import * as z from 'zod';
import { Order } from '../../selection/pick.ts';
import { runAsMethods } from '../action.ts';

const Text = z.string().max(100_000);

/** A run as a person fills it in: every field as it is written. An empty field leaves it to the defaults. */
export const RunForm = z.object({
  selection: Text,
  command: Text,
  runAs: Text,
  runAsBy: z.enum(runAsMethods),
  cwd: Text,
  /** `NAME=value`, a line each. */
  env: Text,
  tty: z.boolean(),
  follow: z.boolean(),
  /** `usual` leaves it to the configuration and the class of the command. */
  mode: z.enum(['usual', 'parallel', 'sequential', 'rolling']),
  concurrency: Text,
  waves: Text,
  between: z.enum(['nothing', 'pause', 'ask']),
  pause: Text,
  probe: Text,
  timeout: Text,
  connectTimeout: Text,
  retries: Text,
  rate: Text,
  failFast: z.boolean(),
  maxFailures: Text,
  order: Order,
});
export type RunForm = z.infer<typeof RunForm>;
/** What a template, a tick or a command of before fills in. */
export type SomeOfForm = Partial<RunForm>;
export type FormField = keyof RunForm;

/** What is wrong with a field, and what to write. */
export type FieldProblem = { readonly field: FormField; readonly message: string };
