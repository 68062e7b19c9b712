import { okEnd } from './stepEnd.ts';
import type { StepEnd } from './stepEnd.ts';
import type { AnsibleRun, LoadedPlaybook, PlannedStep } from '../../playbook/plannedStep.ts';
import type { Transport } from '../../plugin/transport.ts';
import type { Value } from '../../schema/value.ts';
import type { Reached } from '../executionContext.ts';
import type { ServiceGates } from '../schedule/serviceGates.ts';
import type { AnsibleEnd, AnsibleEvent, AnsibleMember } from './ansibleEvent.ts';
import type { Gather } from './gather.ts';
import type { Lockstep } from './lockstep.ts';
import type { SharedSteps } from './shared.ts';

/** What steps do besides running on a node. */
export type Outside = {
  /** Never rejects but when `signal` is aborted. */
  request(request: OutsideRequest, signal: AbortSignal): Promise<OutsideAnswer>;
  /** Whether a TCP port takes a connection now. */
  isOpen(host: string, port: number, signal: AbortSignal): Promise<boolean>;
  /** Runs a playbook of Ansible; says why, where it did not end well. */
  ansible(
    run: AnsibleRun,
    how: { readonly signal: AbortSignal; onEvent(event: AnsibleEvent): void },
  ): Promise<AnsibleEnd>;
  /** The absolute path that a file of a playbook means by one of its own. */
  resolve(file: string, path: string): string;
  /** How large a text is as UTF-8, and its SHA-256. */
  measure(text: string): { readonly bytes: number; readonly sha256: string };
};
export type OutsideRequest = {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Redirects to another host are no way to go. */
  readonly staysThere?: boolean;
};
/** `text` is the beginning of the body, at most 64 KiB; a message says why there was no answer. */
export type OutsideAnswer = Answered | { readonly message: string };
export type Answered = {
  readonly status: number;
  readonly text: string;
  /** Milliseconds after which it may be asked again, where the answer says so. */
  readonly retryAfterMs?: number;
};

/** What the steps of a batch have beside the plan. */
export type StepsOfBatch = {
  readonly loaded: LoadedPlaybook;
  readonly shared: SharedSteps;
  /** Absent where each node goes straight through. */
  readonly lockstep?: Lockstep | undefined;
  /** Lets nodes in lockstep share one run of Ansible. */
  readonly gather?: Gather<AnsibleMember, AnsibleEnd> | undefined;
  readonly transports: ReadonlyMap<string, Transport>;
  readonly outside: Outside;
  readonly services: ServiceGates;
  /** Values of `secret` and of secret parameters. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Over all other variables. */
  readonly vars: Readonly<Record<string, Value>>;
  readonly batch: string;
  readonly user: string;
};

/** One execution that goes through its steps. */
export type StepsContext = Reached & {
  readonly steps: StepsOfBatch;
  /** Variables that steps have kept, on this node. */
  readonly kept: Map<string, Value>;
  /** Runs steps one after the other; the first failure ends it. */
  readonly runList: (steps: readonly PlannedStep[], frame: Frame) => Promise<StepEnd>;
  /** Handlers that were notified. */
  readonly notified: Set<string>;
};

/** Where a step is: what its templates can look up beside what the whole execution has. */
export type Frame = {
  readonly params: Value;
  /** Variables of the playbook, and of another that these steps are of. */
  readonly vars: Readonly<Record<string, Value>>;
  /** Variables of the task that these steps are of, under those of the inventory. */
  readonly task?: Readonly<Record<string, Value>>;
  /** What came of steps with an id. */
  readonly results: Map<string, Value>;
  /** Its parameters are what a person gave, and nothing that a node said. */
  readonly isOutermost?: true;
  /** Inside of a step that not all nodes are at together: nobody waits for the others here. */
  readonly isApart?: boolean;
  /** Inside of a task that changes nothing in a dry run. */
  readonly isDry?: boolean;
  readonly item?: { readonly value: Value; readonly index: number };
};

/** Too many others have failed. */
export function haltedEnd(message: string): StepEnd {
  const outcome = { status: 'cancelled', remote: 'stopped' } as const;
  return { ...okEnd, status: 'failed', message, outcome, isHalted: true };
}

/** Whether nothing of a list, a loop or a block can come after it. */
export function isOver({ isLast, isHalted }: StepEnd): boolean {
  return isLast === true || isHalted === true;
}
