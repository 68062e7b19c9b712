import type { LoggedEvent } from './events.ts';
import type { Outcome } from './outcome.ts';

/** A step of a playbook on one node, as far as it is; in a loop, one of its items. */
export type StepState = {
  readonly step: string;
  readonly title: string;
  readonly iteration?: number;
  readonly status: 'running' | 'ok' | 'failed' | 'skipped';
  readonly changed: boolean;
  /** It failed, and that was to be expected. */
  readonly ignored?: boolean;
  /** It failed, and the rescue of a block that it is in has gone well so far. */
  readonly rescued?: boolean;
  /** In a dry run: it was only told, and the message says what it would do. */
  readonly wouldRun?: boolean;
  readonly message: string;
  readonly exitCode: number | null;
  /** Where it failed: the last line that it said, of stderr if there is one; at most 200 characters. */
  readonly lastLine?: string;
  /** Attempts that have begun. */
  readonly attempts: number;
  /** The node that ran it for all. */
  readonly on?: string;
  /** Milliseconds since the Unix epoch. */
  readonly startedAt: number;
  readonly endedAt?: number;
  /** Where its output is, in bytes of both streams together. */
  readonly from: number;
  readonly until?: number;
};

type StepEvent = Extract<LoggedEvent, { type: 'stepStarted' | 'stepFinished' }>;

/** The step that an execution failed at, where it is one of a playbook. */
export function failedStep({
  outcome,
  steps = [],
}: {
  readonly outcome?: Outcome;
  readonly steps?: readonly StepState[];
}): StepState | undefined {
  if (!outcome || !('step' in outcome)) return undefined;
  return steps.findLast(({ step, status }) => step === outcome.step && status === 'failed');
}

/** The steps after an event of one of them. */
export function withStep(before: readonly StepState[], event: StepEvent): readonly StepState[] {
  const { step, iteration } = event;
  if (step === undefined) return before;
  const at = before.findLastIndex((each) => each.step === step && each.iteration === iteration);
  const known = before[at];
  const isAgain = event.type === 'stepFinished' || event.attempt > 1;
  const state = stateOf(step, event, isAgain ? known : undefined);
  const others = withRescue(before, state);
  return known && isAgain ? others.with(at, state) : [...others, state];
}

const rescue = '/rescue/';

/** What a step of a rescue means for the failures that it is for. */
function withRescue(steps: readonly StepState[], { step: path, ...by }: StepState): readonly StepState[] {
  if (!path.includes(rescue)) return steps;
  const blocks = [...path.matchAll(/\/rescue(?=\/)/g)].map(({ index }) => path.slice(0, index));
  const isRescued = by.status !== 'failed' || by.ignored === true;
  const isMeant = ({ step, status, ignored }: StepState): boolean =>
    status === 'failed' &&
    !ignored &&
    blocks.some(
      (block) => step.startsWith(`${block}/`) && !/^\/(rescue|always)\//.test(step.slice(block.length)),
    );
  return steps.map((step) => {
    const { rescued: _before, ...rest } = step;
    return isMeant(step) ? { ...rest, ...(isRescued && { rescued: true }) } : step;
  });
}

function stateOf(step: string, event: StepEvent, known: StepState | undefined): StepState {
  const { title = step, iteration, attempt = known?.attempts ?? 0 } = event;
  const place = { step, title, ...(iteration !== undefined && { iteration }), attempts: attempt };
  if (event.type === 'stepStarted') {
    const { from, at } = event;
    const startedAt = known?.startedAt ?? at;
    return { ...place, status: 'running', changed: false, message: '', exitCode: null, startedAt, from };
  }
  const {
    status = 'ok',
    changed = false,
    message = '',
    exitCode,
    ignored,
    wouldRun,
    on,
    at,
    ownLastLine,
  } = event;
  const until = event.stdoutBytes + event.stderrBytes;
  return {
    ...place,
    status,
    changed,
    message,
    exitCode,
    startedAt: known?.startedAt ?? at,
    endedAt: at,
    from: known?.from ?? until,
    until,
    ...(ownLastLine !== undefined && { lastLine: ownLastLine }),
    ...(ignored && { ignored }),
    ...(wouldRun && { wouldRun }),
    ...(on !== undefined && { on }),
  };
}
