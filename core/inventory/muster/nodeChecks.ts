import type { InventoryFile } from '../../schema/inventory.ts';
import type { Problem, TextRange } from '../../util/problem.ts';
import { addressProblem, hostProblem, nameProblem } from '../address.ts';
import { findCycles } from '../cycles.ts';
import type { Finder } from './finder.ts';
import { problemAt } from './finder.ts';
import type { NodeDraft } from './nodes.ts';

type Drafts = ReadonlyMap<string, NodeDraft>;
type Read = { readonly defaults: NonNullable<InventoryFile['defaults']>; readonly finder: Finder };

/** What is wrong with nodes once defaults are known: names that are no hosts, folders of ssh nodes, jump cycles. */
export function checkNodes(drafts: Drafts, read: Read): Problem[] {
  const { defaults, finder } = read;
  const problems: Problem[] = [];
  const seen = new Set<number>();
  for (const { name, settings, range, path } of drafts.values()) {
    const { transport = defaults.transport } = settings;
    if (transport === 'local' || seen.has(range.start)) continue;
    seen.add(range.start);
    const { host } = settings;
    const odd = host === undefined && !nameProblem(name) ? hostProblem(name) : undefined;
    if (odd) {
      const fix = 'Give the node a "host".';
      problems.push(problemAt(range, { code: 'inventory/host', message: odd.message, fix }));
    }
    // A name with two dots in a row may be one in a table of hosts; one of numbers alone is none.
    const isMeant = host !== undefined || /^[\d.]+$/.test(name);
    const dead = isMeant ? addressProblem(host ?? name) : undefined;
    if (dead) problems.push(problemAt(hostPlace(path, read), { code: 'inventory/address', ...dead }));
    if (settings.cwd !== undefined) problems.push(folderProblem(finder, path));
  }
  return [...problems, ...jumpCycles(drafts, read)];
}

/** Where a host is written: under its key, as all that is said of the node, or as the node's name. */
function hostPlace(path: NodeDraft['path'], { finder }: Read): TextRange {
  if (finder.isWritten([...path, 'host'])) return finder.at([...path, 'host'], 'value');
  return finder.at(path, finder.isShort(path) ? 'value' : 'key');
}

function folderProblem(finder: Finder, path: NodeDraft['path']): Problem {
  const message = '"cwd" is for nodes with "transport: local".';
  return problemAt(finder.at([...path, 'cwd'], 'key'), {
    code: 'inventory/cwd',
    message,
    fix: 'Take it out.',
  });
}

function jumpCycles(drafts: Drafts, { defaults, finder }: Read): Problem[] {
  const jumps = new Map([...drafts].map(([name, { settings }]) => [name, jumpOf(name, settings, defaults)]));
  return findCycles(jumps.keys(), (name) => jumps.get(name)?.filter((hop) => jumps.has(hop)) ?? []).map(
    (cycle) => {
      const [first = '', second = ''] = cycle;
      const draft = drafts.get(first);
      const path = draft?.settings.jump ? [...draft.path, 'jump'] : ['defaults', 'jump'];
      const message = `Node "${first}" is reached through itself: ${cycle.join(' → ')}.`;
      const fix = 'Take one of the jumps out.';
      return problemAt(finder.item(path, second), { code: 'inventory/jump-cycle', message, fix });
    },
  );
}

/** A hop of the defaults is not reached through itself. */
function jumpOf(
  name: string,
  settings: NodeDraft['settings'],
  defaults: Read['defaults'],
): readonly string[] {
  if ((settings.transport ?? defaults.transport) === 'local') return [];
  return settings.jump ?? (defaults.jump?.includes(name) ? [] : (defaults.jump ?? []));
}
