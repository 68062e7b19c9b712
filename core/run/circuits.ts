import { firstHop } from './firstHop.ts';
import { isAnswered, type Outcome } from './outcome.ts';
import type { Target } from './plan.ts';
import type { Breakers, Pass } from './schedule/breaker.ts';

export type Circuit = { report(outcome: Outcome | undefined): void } | { refusedBy: string };

/** Circuits of the transport, of the first jump host and of the node. The first that is open refuses. */
export function askBreakers(target: Target, breakers: Breakers | undefined): Circuit {
  if (!breakers) return { report: () => undefined };
  const passes = new Map<string, Pass>();
  for (const key of circuitKeys(target)) {
    const answer = breakers.ask(key);
    if (!answer.ok) {
      for (const pass of passes.values()) pass.report('no-verdict');
      const seconds = Math.max(1, Math.ceil(answer.retryInMs / 1000));
      const cause = answer.cause === undefined ? '' : ` (first: ${answer.cause})`;
      const refusedBy = `${key} failed again and again${cause}; it is not tried for ${seconds} s (circuit breaker)`;
      return { refusedBy };
    }
    passes.set(key, answer);
  }
  return {
    report(outcome) {
      for (const [key, pass] of passes) pass.report(verdict(key, outcome), causeOf(outcome));
    },
  };
}

function causeOf(outcome: Outcome | undefined): string | undefined {
  return outcome && 'message' in outcome ? outcome.message : undefined;
}

/** What has a circuit on the way to a target, in people's words. */
export function circuitKeys(target: Target): readonly string[] {
  const hop = firstHop(target);
  return [
    `transport ${target.transport}`,
    ...(hop === undefined ? [] : [`jump host ${hop}`]),
    `node ${nodeOf(target)}`,
  ];
}

/** Names are unique in one inventory only, and windows have several: the address tells nodes apart. */
function nodeOf({ node, options }: Target): string {
  const { host, port } = options;
  return typeof host === 'string' && host !== node ? `${node} (${host}:${String(port)})` : node;
}

/** What an outcome says about a circuit: a crash is the transport's, a jump failure the jump host's. */
function verdict(key: string, outcome: Outcome | undefined): 'reached' | 'failed' | 'no-verdict' {
  if (!outcome || outcome.status === 'cancelled' || outcome.status === 'refused') return 'no-verdict';
  const [what] = key.split(' ');
  if (outcome.status === 'crashed') return what === 'transport' ? 'failed' : 'no-verdict';
  if (outcome.status !== 'unreachable') return 'reached';
  if (what === 'transport') return 'no-verdict';
  if (outcome.kind === 'jump') return what === 'jump' ? 'failed' : 'no-verdict';
  if (what === 'jump') return 'reached';
  return isAnswered(outcome.kind) ? 'reached' : 'failed';
}
