import { type Ended, hasEnded } from '../executionState.ts';
import { outcomeLook } from '../format.ts';
import { remembered } from '../../util/remembered.ts';
import { mayStillRun } from '../remote.ts';
import type { BatchState } from '../state.ts';
import { endMessage, stepName } from '../statuses.ts';
import { failedStep } from '../stepState.ts';
import type { Cluster } from './cluster.ts';
import { createMask, ownOf, withoutMasks } from './masks.ts';

/** Executions that did not end well for the same reason. */
export type Reason = {
  /** `exit 3`, `unreachable`, `killed by SIGKILL`. Text of nodes: to be made visible where it is shown. */
  readonly title: string;
  /** Our own message where it says more than the title, else what the node said; after the step that failed. */
  readonly text: string;
  /** Whether `text` is output of the node, or ends with it. */
  readonly isOutput: boolean;
  readonly executions: readonly [Ended, ...Ended[]];
};

/** Who failed and why: what may still run or has no known result first, then the most frequent. */
export function reasonsOf(
  { executions }: Pick<BatchState, 'executions'>,
  clusters: readonly Cluster[] = [],
): readonly Reason[] {
  const said = differing(clusters);
  const reasons = new Map<string, Draft>();
  for (const execution of executions) {
    if (!hasEnded(execution) || execution.status === 'ok' || execution.status === 'skipped') continue;
    const title = titleOf(execution);
    const why = whyOf(execution, said.get(execution.id));
    const alike = why.isOutput ? maskOf(execution)(why.text) : why.text;
    const key = [execution.status, mayStillRun(execution), title, alike].join('\0');
    const known = reasons.get(key);
    if (!known) {
      reasons.set(key, { reason: { title, ...why }, executions: [execution] });
      continue;
    }
    known.executions.push(execution);
    if (known.reason.text !== why.text) known.reason = { title, ...why, text: withoutMasks(alike) };
  }
  return [...reasons.values()]
    .map(({ reason, executions }) => ({ ...reason, executions }))
    .toSorted(
      (a, b) =>
        weight(b.executions[0]) - weight(a.executions[0]) || b.executions.length - a.executions.length,
    );
}

type Draft = { reason: Omit<Reason, 'executions'>; readonly executions: [Ended, ...Ended[]] };

/** Making a mask costs more than using it. */
const maskOf = remembered((execution: Ended) => createMask(ownOf(execution)));

/** The first line of each execution that differs from the largest answer; what it says on stderr comes before all else. */
function differing(clusters: readonly Cluster[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { kind, lines, executions } of clusters) {
    const own = lines.filter(({ number }) => number > 0);
    const line = own.find(({ stream }) => stream === 'stderr') ?? own[0];
    if (kind === 'same' || !line) continue;
    const text = line.parts.map((part) => part.text).join('');
    for (const id of executions) texts.set(id, text);
  }
  return texts;
}

function titleOf({ outcome, status }: Ended): string {
  if (outcome.status === 'failed' && outcome.exitCode !== undefined) return `exit ${outcome.exitCode}`;
  if (outcome.status === 'signalled') return `killed by ${outcome.signal}`;
  return outcomeLook[status].inSentence;
}

function whyOf(execution: Ended, differs: string | undefined): { text: string; isOutput: boolean } {
  const { outcome, lastLine, stdoutBytes, stderrBytes } = execution;
  const isPlain = outcome.status === 'failed' && outcome.message === `exit ${outcome.exitCode}`;
  if (!isPlain && outcome.status !== 'signalled') return { text: detailOf(execution), isOutput: false };
  const step = failedStep(execution);
  if (step) {
    const { lastLine: said = '' } = step;
    return { text: `${stepName(step)}: ${said === '' ? 'no output' : said}`, isOutput: said !== '' };
  }
  if (stdoutBytes + stderrBytes === 0) return { text: 'no output', isOutput: false };
  return { text: differs ?? lastLine, isOutput: true };
}

/** The message, without the word that stands before it. */
export function detailOf(execution: Ended): string {
  const message = endMessage(execution);
  const { inSentence } = outcomeLook[execution.outcome.status];
  return message.startsWith(inSentence) ? message.slice(inSentence.length).replace(/^[;,: ]+/, '') : message;
}

function weight(execution: Ended): number {
  const { outcome } = execution;
  if (mayStillRun(execution) || outcome.status === 'lost') return 2;
  return outcome.status === 'not-started' || outcome.status === 'cancelled' ? 0 : 1;
}
