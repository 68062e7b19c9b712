import type { Target } from '../run/plan.ts';
import type { RunAs } from '../run/runAs.ts';
import type { Rate } from '../run/schedule/rate.ts';
import type { Param } from '../schema/param.ts';
import type { Value } from '../schema/value.ts';
import type { Shell } from '../util/quote.ts';

/** What a process gets beside its command; texts are templates. */
export type Surroundings = {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly runAs?: RunAs;
};

/** How often and after what a step is tried again. */
export type StepRetries = {
  readonly count: number;
  readonly delayMs: number;
  readonly backoff: 'constant' | 'exponential';
  readonly on: readonly ('failed' | 'timed-out' | 'signalled' | 'unreachable')[];
};

/** A request of a step; texts are templates. */
export type HttpRequest = {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Value;
  readonly expect: HttpExpectation;
  /** Name of one of the services of the playbook: then `url` is what comes behind its address. */
  readonly service?: string;
  readonly retry?: HttpRetry;
  readonly maxConcurrency?: number;
};

/** What an answer has to be; without a status, 200 to 299. */
export type HttpExpectation = {
  readonly status: readonly number[];
  readonly contains?: string;
  /** Regular expression. */
  readonly matches?: string;
  readonly json?: Value;
};

/** After which answers, and how often, a request is sent again. */
export type HttpRetry = {
  readonly statuses: readonly number[];
  readonly count: number;
  readonly delayMs: number;
};

/** A service of the configuration, as it is when the plan is made; headers are templates. */
export type PlannedService = {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly rate?: Rate;
  readonly concurrency?: number;
  readonly retry?: HttpRetry;
};

/** How files have to be on a node. */
export type Placing = {
  /** Template; ends with `/` where it is a folder. */
  readonly to: string;
  readonly mode?: string;
  readonly owner?: string;
  readonly backup?: boolean;
  readonly runAs?: RunAs;
};

/** Files of this machine; the paths are templates, relative to the file that names them. */
type Local<T> = T & { readonly file: string };

/** A playbook of Ansible, on some of the targets of a plan. */
export type AnsibleRun = {
  /** Absolute path. */
  readonly playbook: string;
  readonly vars: Readonly<Record<string, Value>>;
  readonly tags: readonly string[];
  /** Only say what would change. */
  readonly check: boolean;
  readonly targets: readonly Target[];
  /** Names of those that it is for. */
  readonly limit: readonly string[];
  /** How many at once. */
  readonly forks: number;
};

/** What a step does, by its kind. */
export type Doing =
  | ({ readonly type: 'run'; readonly command: string; readonly shell: Shell } & Surroundings)
  | (Local<{
      readonly type: 'script';
      readonly from: string;
      readonly args: readonly string[];
      readonly interpreter?: string;
    }> &
      Surroundings)
  | (Local<{ readonly type: 'copy'; readonly from: readonly string[] }> & Placing)
  | (Local<{ readonly type: 'template'; readonly from: string }> & Placing)
  | Local<{
      readonly type: 'fetch';
      readonly from: readonly string[];
      readonly to: string;
      readonly overwrite?: boolean;
      readonly maxBytes?: number;
      readonly maxFiles?: number;
      readonly runAs?: RunAs;
    }>
  | (Local<{ readonly type: 'ansible'; readonly from: string }> & Pick<AnsibleRun, 'vars' | 'tags' | 'check'>)
  | ({
      readonly type: 'wait-command';
      readonly command: string;
      readonly everyMs: number;
      /** The path that the command looks for. */
      readonly path?: string;
    } & Surroundings)
  | {
      readonly type: 'wait-port';
      /** Or a template for it. */
      readonly port: number | string;
      readonly host: string;
      readonly everyMs: number;
    }
  | { readonly type: 'wait-time'; readonly ms: number }
  | { readonly type: 'http'; readonly request: HttpRequest }
  | { readonly type: 'pause'; readonly message: string }
  | { readonly type: 'fail'; readonly message: string }
  | { readonly type: 'set'; readonly values: Readonly<Record<string, Value>> }
  | {
      readonly type: 'block';
      readonly steps: readonly PlannedStep[];
      readonly rescue: readonly PlannedStep[];
      readonly always: readonly PlannedStep[];
    }
  | {
      readonly type: 'task';
      readonly params: Readonly<Record<string, Param>>;
      readonly with: Readonly<Record<string, Value>>;
      /** Values for templates below, as another playbook has them. */
      readonly vars: Readonly<Record<string, Value>>;
      /** Values of its own, under those of the inventory. */
      readonly own?: Readonly<Record<string, Value>>;
      /** It changes nothing where `batch.dryRun` is true. */
      readonly supportsDryRun?: true;
      /** The first whose condition holds is taken. */
      readonly implementations: readonly { readonly when?: string; readonly steps: readonly PlannedStep[] }[];
      readonly outputs: Readonly<Record<string, string>>;
    };

/** A step of a plan: all that running it needs, nothing read later. Conditions and texts are templates still. */
export type PlannedStep = {
  /** Where it is: ids or places, `/` between a step and those inside of it. No two steps of a plan have the same. */
  readonly path: string;
  readonly id?: string;
  readonly title: string;
  /** Somebody gave it its title. */
  readonly isNamed?: true;
  readonly does: Doing;
  readonly when?: string;
  readonly loop?: readonly Value[] | string;
  readonly register?: string;
  readonly retries?: StepRetries;
  readonly until?: string;
  readonly timeoutMs?: number;
  readonly ignoreErrors?: boolean;
  readonly changedWhen?: string;
  readonly failedWhen?: string;
  readonly notify?: readonly string[];
  readonly sensitive?: boolean;
  readonly once?: boolean;
  /** Template: the node that does it instead. */
  readonly delegate?: string;
  readonly idempotent?: boolean;
  readonly throttle?: number;
  readonly tags?: readonly string[];
};

/** A secret by where it is. */
export type SecretPlace =
  | { readonly type: 'env'; readonly name: string }
  | { readonly type: 'age'; readonly file: string }
  /** A program and its arguments, run in the folder of the file that names it. */
  | { readonly type: 'command'; readonly argv: readonly string[]; readonly file: string }
  /** In the secret storage of the editor, by the file that names it; the label is what a person is asked. */
  | { readonly type: 'stored'; readonly label: string; readonly file: string }
  | { readonly type: 'ask'; readonly label: string };

/** A line of a file: absolute path, lines from 1. */
export type StepPlace = { readonly file: string; readonly line: number };

/** What the files of a playbook said when the plan was made. */
export type LoadedPlaybook = {
  readonly name: string;
  /** Steps are only told, but those of tasks that support a dry run. */
  readonly isDryRun?: true;
  /** Values of its parameters; without those that are secret. */
  readonly params: Readonly<Record<string, Value>>;
  /** Parameters that are secret: their values travel beside the plan. */
  readonly sensitive: readonly string[];
  readonly secrets: Readonly<Record<string, SecretPlace>>;
  readonly services: Readonly<Record<string, PlannedService>>;
  /** Variables of the configuration, under all others. */
  readonly usual: Readonly<Record<string, Value>>;
  readonly vars: Readonly<Record<string, Value>>;
  readonly steps: readonly PlannedStep[];
  /** Ids and registers of steps before the one that it starts at: they count as skipped. */
  readonly before?: { readonly ids: readonly string[]; readonly registers: readonly string[] };
  readonly handlers: readonly PlannedStep[];
  readonly finally: readonly PlannedStep[];
  /** Where steps are written, by their paths; what nobody has written is not among them. */
  readonly places?: Readonly<Record<string, StepPlace>>;
  /** Every file that is part of it, with the digest of what it said. */
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
};

/** The step and all those inside of it. */
export function* stepsWithin(steps: readonly PlannedStep[]): Iterable<PlannedStep> {
  for (const step of steps) {
    yield step;
    if (step.does.type === 'block')
      yield* stepsWithin([...step.does.steps, ...step.does.rescue, ...step.does.always]);
    if (step.does.type === 'task')
      for (const { steps: inner } of step.does.implementations) yield* stepsWithin(inner);
  }
}

/** Every step of a playbook. */
export function allSteps({
  steps,
  handlers,
  finally: last,
}: Pick<LoadedPlaybook, 'steps' | 'handlers' | 'finally'>): Iterable<PlannedStep> {
  return stepsWithin([...steps, ...handlers, ...last]);
}

/** A step where it stands: how many steps it is inside of, and what for where that is not the usual. */
export type StepAt = {
  readonly step: PlannedStep;
  readonly depth: number;
  readonly part?: 'rescue' | 'always' | 'handlers' | 'finally';
};

/** Every step of a playbook as it is read, each before those inside of it. */
export function* stepsInOrder({ steps, handlers, finally: last }: LoadedPlaybook): Iterable<StepAt> {
  yield* listInOrder(steps, { depth: 0 });
  yield* listInOrder(handlers, { depth: 0, part: 'handlers' });
  yield* listInOrder(last, { depth: 0, part: 'finally' });
}

function* listInOrder(steps: readonly PlannedStep[], at: Omit<StepAt, 'step'>): Iterable<StepAt> {
  for (const step of steps) {
    yield { step, ...at };
    const depth = at.depth + 1;
    const { does } = step;
    if (does.type === 'block') {
      yield* listInOrder(does.steps, { depth });
      yield* listInOrder(does.rescue, { depth, part: 'rescue' });
      yield* listInOrder(does.always, { depth, part: 'always' });
    }
    if (does.type === 'task')
      for (const { steps: inner } of does.implementations) yield* listInOrder(inner, { depth });
  }
}
