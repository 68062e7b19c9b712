import type { SecretQuestion, Transport } from '../plugin/transport.ts';
import type { Clock } from '../util/clock.ts';
import type { Event } from '../util/emitter.ts';
import type { Admission, SharedLimits } from './admission.ts';
import type { Control } from './controls.ts';
import type { LoggedEvent, UnknownHostKey } from './events.ts';
import type { ExecutionContext, OutputSink } from './executionContext.ts';
import type { Failures } from './failures.ts';
import type { Halts, StopSignals } from './halts.ts';
import type { Ledger } from './ledger.ts';
import type { AskToGoOn, Logins } from './logins.ts';
import type { Outcome } from './outcome.ts';
import type { Passwords } from './passwords.ts';
import type { Plan, PlannedExecution, Target } from './plan.ts';
import type { Secrets } from './redact.ts';
import type { ServiceGates } from './schedule/serviceGates.ts';
import type { Outside } from './steps/context.ts';
import type { Lockstep } from './steps/lockstep.ts';

/** Puts an event into the batch's stream. */
export type Note = Ledger['note'];

export type ExecuteDeps = {
  batch: string;
  user: string;
  transports: ReadonlyMap<string, Transport>;
  clock: Clock;
  /** A number from 0 to below 1. */
  random: () => number;
  sink: OutputSink;
  /** What each command reads, as the plan says. */
  stdin?: Uint8Array | undefined;
  /** What steps of a playbook do besides running on nodes. */
  outside?: Outside;
  /** Limits of services, for all batches together. */
  services?: ServiceGates;
  /** Secrets of a playbook, by name. */
  secretValues?: ReadonlyMap<string, string>;
  stop: StopSignals;
  emit: (event: LoggedEvent) => void;
  /** Settles when the beginning of the batch is on disk; with false nothing starts. */
  saved?: () => Promise<boolean>;
  /** Pause, other limits, answers to barriers. */
  control?: Event<Control>;
  /** Limits that all batches of an engine have in common. */
  shared?: SharedLimits;
  /** What persons gave to earlier batches too: their connections, and so their passwords, are still there. */
  secrets?: Secrets;
  /** What a person should know about the batch as a whole, such as a full disk. */
  warnings?: Event<string>;
  /**
   * What an execution waits for before its turn, in nobody's place; does not reject. An outcome ends it. Called for
   * each execution at its beginning, where the order counts before the first start; undefined where it need not wait.
   */
  beforeStart?: (execution: PlannedExecution, note: Note) => Promise<Outcome | undefined> | undefined;
  /** Asks a person about a host key, and does not reject. Absent where nobody can answer. */
  trustHostKey?: (execution: PlannedExecution, key: UnknownHostKey, note: Note) => Promise<boolean>;
  /** Whether the stack of what crashes is kept. */
  stacks?: boolean;
  /** Takes what the connections of an execution say about themselves. */
  debug?: (execution: PlannedExecution) => (line: string) => void;
  /** Asks a person whether to go on with these nodes, and does not reject. Absent where nobody can answer. */
  askToGoOn?: AskToGoOn;
  /** Asks a person for a secret; absent where nobody can answer. */
  askSecret?: (
    execution: PlannedExecution,
    question: SecretQuestion,
    note: Note,
  ) => Promise<string | undefined>;
};

/** A batch under way. */
export type Running = {
  readonly plan: Plan;
  readonly deps: ExecuteDeps;
  readonly ledger: Ledger;
  readonly secrets: Secrets;
  readonly passwords: Passwords;
  readonly halts: Halts;
  readonly admission: Admission;
  /** Keeps executions side by side at each step, where the plan says so. */
  readonly lockstep?: Lockstep | undefined;
  readonly failures: Failures;
  readonly logins: Logins;
  readonly targets: ReadonlyMap<string, Target>;
  /** What is done on each node. */
  readonly run: ExecutionContext['run'];
  /** How executions end that a person has said no to before the first start, by id: each in its turn. */
  readonly refused: Map<string, Outcome>;
};
