import * as z from 'zod';
import { Order } from '../../selection/pick.ts';
import { runAsMethods } from '../action.ts';

const Text = z.string().max(100_000);

/** What a form can run. */
export const formKinds = ['command', 'script', 'task', 'playbook', 'copy', 'fetch'] as const;
export type FormKind = (typeof formKinds)[number];

/** A run as a person fills it in: every field as it is written. An empty field leaves it to the defaults. */
export const RunForm = z.object({
  kind: z.enum(formKinds),
  selection: Text,
  command: Text,
  /** Absolute path of a script of this machine. */
  script: Text,
  /** Words, separated by spaces, quoted where they have some. */
  args: Text,
  interpreter: Text,
  /** Absolute path of a task or playbook. */
  file: Text,
  /** What the task or playbook is given, by name; what is secret is not among it. */
  params: z.record(z.string().max(1000), z.json()),
  /** Of a task or playbook: on the nodes only what supports a dry run is done. */
  dryRun: z.boolean(),
  /** Only steps with one of these tags, separated by commas. */
  stepTags: Text,
  /** Id of the step to begin with. */
  startAt: Text,
  /** Absolute paths of this machine, a line each. */
  copyFrom: Text,
  copyTo: Text,
  fileMode: Text,
  owner: Text,
  backup: z.boolean(),
  /** Paths on the nodes, a line each. */
  fetchFrom: Text,
  /** Absolute path of a folder of this machine. */
  fetchTo: Text,
  overwrite: z.boolean(),
  runAs: Text,
  runAsBy: z.enum(runAsMethods),
  cwd: Text,
  /** `NAME=value`, a line each. */
  env: Text,
  /** Absolute path of a file of this machine, which it reads. */
  stdin: Text,
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
  stopOnFailure: z.boolean(),
  maxFailures: Text,
  order: Order,
});
export type RunForm = z.infer<typeof RunForm>;
/** What a preset, a tick or a command of before fills in. */
export type SomeOfForm = Partial<RunForm>;
export type FormField = keyof RunForm;

/** What is wrong with a field, and what to write; `param` names the parameter or secret of a task or playbook. */
export type FieldProblem = {
  readonly field: FormField;
  readonly message: string;
  readonly param?: string;
};
