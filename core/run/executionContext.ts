import type { AskSecret, Transport } from '../plugin/transport.ts';
import type { Clock } from '../util/clock.ts';
import type { Extent, RunEvent } from './events.ts';
import type { Line } from './line.ts';
import type { AskToGoOn } from './logins.ts';
import type { Outcome } from './outcome.ts';
import type { Passwords } from './passwords.ts';
import type { Plan, PlannedExecution, Target } from './plan.ts';
import type { OutputStream, Progress } from './progress.ts';
import type { Secrets } from './redact.ts';

/** Why a running execution is being stopped. */
export type StopReason = 'cancelled' | 'fail-fast' | 'timed-out';

/** Where output goes. `write` may return a promise: then the node's stream is held until it settles. */
export type OutputSink = {
  write(execution: string, stream: OutputStream, chunk: Uint8Array): void | Promise<void>;
  /** Waits until what this execution wrote survives the end of this process, if it has to. */
  settled(execution: string): void | Promise<void>;
  /** Bytes of its output that are not kept, once it has settled. */
  leftOut?(execution: string): number;
  /** All output of this execution has come: where it is. */
  extents(execution: string): readonly Extent[];
};

export type ExecutionContext = {
  id: string;
  /** Which set of parameters of the plan. */
  item?: PlannedExecution['item'];
  plan: Plan;
  target: Target;
  transport: Transport;
  clock: Clock;
  /** A number from 0 to below 1. */
  random: () => number;
  sink: OutputSink;
  /** Aborted with a StopReason. */
  stop: AbortController;
  note: (event: RunEvent) => void;
  askSecret?: AskSecret;
  debug?: (line: string) => void;
  /** What persons gave for this batch. None of it reaches the sink or an event. */
  secrets: Secrets;
  passwords: Passwords;
  /** Whether the stack of what crashes is kept. */
  stacks: boolean;
  /** Does what the plan says, once the node is reached: its one action, or its steps. */
  run: (context: Reached) => Promise<Outcome>;
  /** Does work that needs a place of the batch. Absent where the whole execution has one. */
  inTurn?: (<T>(work: () => Promise<T>) => Promise<T>) | undefined;
  /** Asks a person whether to go on; absent where nobody can answer. */
  askToGoOn?: AskToGoOn | undefined;
  /** What the command reads, where the plan says that there is something. */
  stdin?: Uint8Array | undefined;
};

/** An execution whose node is reached. */
export type Reached = ExecutionContext & { readonly line: Line; readonly progress: Progress };
