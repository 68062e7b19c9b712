import pLimit from 'p-limit';
import type { SecretQuestion, Transport, Unknown } from '../../core/plugin/transport.ts';
import type { ExecuteDeps, Note } from '../../core/run/running.ts';
import type { Outcome } from '../../core/run/outcome.ts';
import type { Plan, Target } from '../../core/run/plan.ts';
import { namingStranger } from '../../core/run/stranger.ts';
import type { Prompts } from './prompts.ts';

export type ScanDeps = {
  readonly transports: ReadonlyMap<string, Transport>;
  readonly prompts: Pick<Prompts, 'hostKeys' | 'secrets'>;
  /** Aborted when the batch is. */
  readonly signal: AbortSignal;
};

/** Nodes that show their keys at once, and milliseconds for each: who is slower is asked when it is connected to. */
const atOnce = 32;
const mostMs = 10_000;

/** A target whose key is not known. */
type Stranger = { readonly target: Target; readonly fetch: (note: Note) => Promise<Unknown | undefined> };

/**
 * Finds the targets whose host keys are not known before anything is started, so that their keys are one question. They
 * wait for it; the others go on. Undefined where all are known.
 */
export async function expectHostKeys(
  plan: Plan,
  deps: ScanDeps,
): Promise<ExecuteDeps['beforeStart'] | undefined> {
  const strangers = await findStrangers(plan, deps);
  if (strangers.length === 0) return undefined;
  let settled: ReadonlyMap<string, Promise<Outcome | undefined>> | undefined;
  return ({ node }, note) => {
    settled ??= scan(strangers, note, deps);
    return settled.get(node);
  };
}

async function findStrangers({ targets }: Plan, deps: ScanDeps): Promise<readonly Stranger[]> {
  const found: Stranger[] = [];
  for (const [name, { hostKeys, options: schema }] of deps.transports) {
    if (!hostKeys) continue;
    const own = targets.flatMap((target) => {
      const options = target.transport === name ? schema.safeParse(target.options) : undefined;
      return options?.success ? [{ target, options: options.data }] : [];
    });
    const options = new Map(own.map((each) => [each.target, each.options]));
    for (const target of await hostKeys.missing(own)) {
      const fetch = (note: Note): Promise<Unknown | undefined> =>
        hostKeys.fetch(target, options.get(target), contextOf(target, note, deps));
      found.push({ target, fetch });
    }
  }
  return found;
}

function contextOf({ node, connectTimeoutMs }: Target, note: Note, { prompts, signal }: ScanDeps) {
  return {
    signal,
    timeoutMs: Math.min(connectTimeoutMs, mostMs),
    onPhase: () => {},
    askSecret: (question: SecretQuestion) => prompts.secrets.ask({ node, note }, question),
  };
}

function scan(
  strangers: readonly Stranger[],
  note: Note,
  deps: ScanDeps,
): ReadonlyMap<string, Promise<Outcome | undefined>> {
  const window = pLimit(atOnce);
  const fetched = ({ fetch }: Stranger): Promise<Unknown | undefined> =>
    // What a transport throws here it will throw again when it connects, where it is told.
    window(() => fetch(note)).catch(() => undefined);
  return new Map(
    strangers.map((stranger) => [
      stranger.target.node,
      settle(stranger.target.node, () => fetched(stranger), { note, ...deps }),
    ]),
  );
}

/** Undefined when the node may be connected to. A hop that is trusted may have another one behind it. */
async function settle(
  node: string,
  fetch: () => Promise<Unknown | undefined>,
  { prompts, note }: ScanDeps & { note: Note },
): Promise<Outcome | undefined> {
  for (;;) {
    const expected = prompts.hostKeys.expect();
    const unknown = await fetch();
    const asked = unknown && prompts.hostKeys.ask({ node, note }, unknown.unknownHostKey);
    expected.dispose();
    if (!unknown) return undefined;
    if (!(await asked)) return namingStranger(unknown.outcome, unknown.unknownHostKey);
    if (!unknown.isHop) return undefined;
  }
}
