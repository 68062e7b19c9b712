import type { ExecutionState } from '../run/executionState.ts';
import type { LoadedPlaybook } from '../playbook/plannedStep.ts';
import { unreachedSteps } from '../run/steps/unreached.ts';
import type { StepState } from '../run/stepState.ts';

/** A step of a playbook on one node, as it is published; in a loop, one of its items. */
export type StepResult = Pick<
  StepState,
  'step' | 'title' | 'status' | 'changed' | 'exitCode' | 'message' | 'attempts'
> & {
  /** Place of the item, from 0. */
  iteration?: number;
  /** It failed, and that was to be expected. */
  ignored?: true;
  /** It failed, and the rescue of its block went well. */
  rescued?: true;
  /** In a dry run: it was only told. */
  wouldRun?: true;
  /** The node that ran it for all. */
  on?: string;
  /** Milliseconds; null where it did not end. */
  durationMs: number | null;
  /** What it said, at most 64 KiB of each stream; absent where steps inside of it said it, or that is not known. */
  stdout?: string;
  stderr?: string;
  /** It said more. */
  truncated?: true;
};

/** A step that an execution never came to. */
export type StepNotReached = { step: string; title: string };

/** The steps that an ended execution never came to, because of a failure or a stop; nothing where there are none. */
export function stepsNotReached(
  loaded: LoadedPlaybook | undefined,
  execution: ExecutionState,
): { notReached?: StepNotReached[] } {
  const steps = unreachedSteps(loaded, execution);
  return steps.length === 0 ? {} : { notReached: steps.map(({ path: step, title }) => ({ step, title })) };
}

/** The steps of an execution; nothing where it has none. */
export function stepResults({ steps }: Pick<ExecutionState, 'steps'>): { steps?: StepResult[] } {
  if (!steps) return {};
  return {
    steps: steps.map(({ step, title, status, changed, exitCode, message, attempts, ...rest }) => ({
      step,
      title,
      status,
      changed,
      exitCode,
      message,
      attempts,
      durationMs: rest.endedAt === undefined ? null : rest.endedAt - rest.startedAt,
      ...(rest.iteration !== undefined && { iteration: rest.iteration }),
      ...(rest.ignored && { ignored: true as const }),
      ...(rest.wouldRun && { wouldRun: true as const }),
      ...(rest.rescued && { rescued: true as const }),
      ...(rest.on !== undefined && { on: rest.on }),
    })),
  };
}
