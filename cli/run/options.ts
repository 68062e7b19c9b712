import { resolve } from 'node:path';
import type { Pick } from '../../core/selection/pick.ts';
import type { Action } from '../../core/run/action.ts';
import type { Items } from '../../core/run/items.ts';
import type { PlanRequest } from '../../core/run/plan.ts';
import type { LimitsRequest, StrategyRequest } from '../../core/run/strategy.ts';
import type { EngineOptions } from '../../engine/engine.ts';
import type { Chosen } from '../inventory/sourceRefs.ts';
import type { OutputFormat } from '../report.ts';
import type { SaidBefore } from './agree.ts';
import type { ActsAs } from './clientContext.ts';

/** How a batch is started and shown, whatever it runs. */
export type StartOptions = {
  /** Where the log goes, and how much of it, where that was said. */
  readonly log?: NonNullable<EngineOptions['log']>;
  readonly format: OutputFormat;
  /** Whether all is wanted that helps to find a bug: stacks, correlation ids, whole outputs, debug logs. */
  readonly debug: boolean;
  /** Whether what SSH connections say about themselves is written down. */
  readonly debugSsh: boolean;
  /** Whether text on a terminal has all that each node said, instead of equal answers together. */
  readonly each: boolean;
  /** Whether it only says what would run; `plan` where the command is for that. */
  readonly dryRun: 'no' | 'asked' | 'plan';
  /** Folder of the history. */
  readonly dataDir?: string;
  readonly said: SaidBefore;
  /** An agent or a timer that acts for the person. */
  readonly as?: ActsAs;
  /** What the command reads, base64. */
  readonly stdin?: string;
  /** Secret parameters of a playbook, and secrets that a person gave, by name. */
  readonly secrets?: Readonly<Record<string, string>>;
};

/** What a person asked for on the command line, parsed. Paths are absolute. */
export type RunOptions = StartOptions & {
  readonly action: Action;
  readonly selection: string;
  readonly chosen: Chosen;
  readonly pick: Pick | undefined;
  readonly strategy: StrategyRequest;
  readonly limits: LimitsRequest;
  readonly knownHosts?: string;
  readonly maxTargets?: number;
  /** Sets of parameters. */
  readonly items?: Items;
};

export function planRequest(options: RunOptions): PlanRequest {
  const { action, strategy, limits, knownHosts, maxTargets, items } = options;
  return {
    action,
    selection: options.selection,
    sources: [...options.chosen.sources],
    ...(options.pick && { pick: options.pick }),
    strategy,
    limits,
    ...(knownHosts !== undefined && { knownHosts: resolve(knownHosts) }),
    ...(maxTargets !== undefined && { maxTargets }),
    ...(items && { items }),
  };
}
