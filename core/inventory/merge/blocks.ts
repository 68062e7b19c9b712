import { sentenceOf } from '../../util/problem.ts';
import { hostProblem, userProblem } from '../address.ts';
import type { Entry } from '../part.ts';
import type { MergedGroup, Memberships } from './memberships.ts';
import type { NodeDraft } from './draft.ts';
import type { Circles } from './problems.ts';

type Known = {
  readonly memberships: Memberships;
  readonly drafts: readonly NodeDraft[];
  readonly circles: Circles;
};

/** Why nothing may run on a node, in a sentence; undefined where nothing is in the way. */
export function blocksOf({ memberships, drafts, circles }: Known): (name: string) => string | undefined {
  const byName = new Map(drafts.map((draft) => [draft.node.name, draft]));
  const groupBlock = memo((group: MergedGroup) => circles.groups.get(group.name) ?? refusedBy(group.by));
  return (name) => {
    const draft = byName.get(name);
    if (!draft) return undefined;
    return (
      refusedBy(draft.united.by) ??
      memberships
        .of(name)
        .map(groupBlock)
        .find((block) => block !== undefined) ??
      circles.nodes.get(name) ??
      draft.united.by.map(({ said }) => said.blocked).findLast((block) => block !== undefined) ??
      unresolved(draft) ??
      badAddress(draft)
    );
  };
}

function refusedBy(by: MergedGroup['by'] | NodeDraft['united']['by']): string | undefined {
  const refused = by.find((each) => each.by.state.status === 'refused');
  return refused && `${refused.by.state.ref.path} has errors: nothing in it can run until they are mended.`;
}

function unresolved({ settings }: NodeDraft): string | undefined {
  const entries = Object.entries<Entry<unknown> | undefined>(settings);
  const [name, entry] = entries.find(([, each]) => each?.unresolved !== undefined) ?? [];
  return entry && `Its ${name} is ${JSON.stringify(entry.value)}: ${entry.unresolved}`;
}

/** Names that could become an option or a command on their way to a node, whatever source they come from. */
function badAddress({ node }: NodeDraft): string | undefined {
  const { transport, host, user } = node.connection;
  if (transport === 'local') return undefined;
  const finding = hostProblem(host) ?? (user === undefined ? undefined : userProblem(user));
  return finding && sentenceOf(finding);
}

function memo<K, V>(compute: (key: K) => V): (key: K) => V {
  const known = new Map<K, { value: V }>();
  return (key) => {
    const cached = known.get(key) ?? { value: compute(key) };
    known.set(key, cached);
    return cached.value;
  };
}
