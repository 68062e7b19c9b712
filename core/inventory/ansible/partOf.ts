import type { Described, InventoryPart, PartGroup, PartNode } from '../part.ts';
import { undescribed } from '../part.ts';
import { complain, type Draft, type GroupDraft, type HostDraft, type Vars } from './draft.ts';
import { ansibleSettings } from './settings.ts';

type Context = {
  readonly draft: Draft;
  readonly path: string;
  readonly resolvePath: (path: string) => string;
};

/** What was read, as a part: `all` becomes the defaults, `ungrouped` a group only where it has vars. */
export function partOf(context: Context): InventoryPart {
  const { draft } = context;
  const all = draft.groups.get('all');
  const groups = [...draft.groups.values()].filter(
    ({ name, vars }) => name !== 'all' && (name !== 'ungrouped' || vars.size > 0),
  );
  const grouped = new Set(
    [...draft.groups.values()].flatMap(({ name, hosts }) =>
      name === 'all' || name === 'ungrouped' ? [] : [...hosts],
    ),
  );
  const blocks = new Map<string, string>();
  const partGroups = groups.map((group) => groupOf(group, { ...context, grouped, blocks }));
  const defaults = all ? describe(all.vars, context) : { described: undescribed };
  if (defaults.blocked !== undefined)
    for (const name of draft.hosts.keys()) blocks.set(name, defaults.blocked);
  return {
    nodes: [...draft.hosts.values()].map((host) => nodeOf(host, { ...context, blocks })),
    groups: partGroups,
    defaults: withFolder(defaults.described, context),
    sources: [],
    problems: draft.problems,
  };
}

/** Local nodes work in the folder of the inventory. */
function withFolder(described: Described, { resolvePath }: Context): Described {
  return { ...described, settings: { cwd: { value: resolvePath('.') }, ...described.settings } };
}

function nodeOf(
  { name, place, vars }: HostDraft,
  context: Context & { blocks: ReadonlyMap<string, string> },
): PartNode {
  const { described, blocked } = describe(vars, context);
  // A connection of its own takes the place of what a group says.
  const block = blocked ?? (described.settings.transport ? undefined : context.blocks.get(name));
  return { name, place, ...described, ...(block !== undefined && { blocked: block }) };
}

function groupOf(
  { name, place, vars, hosts, children }: GroupDraft,
  context: Context & { grouped: ReadonlySet<string>; blocks: Map<string, string> },
): PartGroup {
  const { described, blocked } = describe(vars, context);
  const nodes = name === 'ungrouped' ? ungrouped(context) : [...hosts];
  if (blocked !== undefined) for (const node of nodes) context.blocks.set(node, blocked);
  const priority = vars.get('ansible_group_priority')?.value;
  return {
    name,
    place,
    nodes,
    groups: [...children].filter((child) => child !== 'all'),
    ...(context.draft.groups.get('all')?.children.has(name) && { isTop: true }),
    ...described,
    ...(typeof priority === 'number' && { priority }),
    rank: name,
  };
}

function ungrouped({ draft, grouped }: Context & { grouped: ReadonlySet<string> }): string[] {
  return [...draft.hosts.keys()].filter((name) => !grouped.has(name));
}

function describe(
  vars: Vars,
  { draft, path, resolvePath }: Context,
): { described: Described; blocked?: string } {
  const { settings, blocked, notes } = ansibleSettings(vars, { resolvePath });
  for (const { entry, message } of notes) {
    complain({ draft, file: entry.file ?? path }, entry.range, {
      code: 'ansible/not-used',
      message,
      severity: 'info',
    });
  }
  const kept = new Map(vars);
  kept.delete('ansible_group_priority');
  const described = { settings, vars: kept, facts: new Map(), tags: [] };
  return { described, ...(blocked !== undefined && { blocked }) };
}
