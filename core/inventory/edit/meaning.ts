import { Lexer } from 'yaml';
import type { Described, Entry, InventoryPart, PartGroup, PartNode } from '../part.ts';
import { undescribed } from '../part.ts';
import type { EditQuery } from './editQuery.ts';

type Change = EditQuery['change'];

/** All that a file says, as text to compare: without places, and without the order of members and tags. */
export function meaningOf({ nodes, groups, defaults, sources }: InventoryPart): string {
  return JSON.stringify({
    nodes: nodes.map((node) => [node.name, saidBy(node)]),
    groups: groups.map((group) => [group.name, [...group.nodes].sort(), group.groups, saidBy(group)]),
    defaults: saidBy(defaults),
    sources,
  });
}

/** The part as it has to be after a change. */
export function changed(part: InventoryPart, { type, name, nodes }: Change): InventoryPart {
  const concerned = new Set(nodes);
  switch (type) {
    case 'add-tag':
      return changeNodes(part, concerned, (tags) => [...tags, { value: name }]);
    case 'remove-tag':
      return changeNodes(part, concerned, (tags) => tags.filter(({ value }) => value !== name));
    case 'add-to-group': {
      const isNew = !part.groups.some((group) => group.name === name);
      const groups = isNew ? [...part.groups, { ...newGroup, name }] : part.groups;
      return changeGroup({ ...part, groups }, name, (own) => [...new Set([...own, ...nodes])]);
    }
    case 'remove-from-group':
      return changeGroup(part, name, (own) => own.filter((node) => !concerned.has(node)));
  }
}

/** The comments of a YAML text, in any order. */
export function commentsOf(text: string): readonly string[] {
  const comments: string[] = [];
  let isScalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (lexeme.startsWith('#') && !isScalar) comments.push(lexeme.trimEnd());
    isScalar = lexeme === scalarMark;
  }
  return comments;
}

/** What the lexer gives before a plain or block text. */
const scalarMark = '\u001f';

const newGroup: Omit<PartGroup, 'name'> = { ...undescribed, nodes: [], groups: [], place: {} };

function changeNodes(
  part: InventoryPart,
  concerned: ReadonlySet<string>,
  tagsOf: (tags: PartNode['tags']) => PartNode['tags'],
): InventoryPart {
  const nodes = part.nodes.map((node) =>
    concerned.has(node.name) ? { ...node, tags: tagsOf(node.tags) } : node,
  );
  return { ...part, nodes };
}

function changeGroup(
  part: InventoryPart,
  name: string,
  membersOf: (own: readonly string[]) => readonly string[],
): InventoryPart {
  const groups = part.groups.map((group) =>
    group.name === name ? { ...group, nodes: membersOf(group.nodes) } : group,
  );
  return { ...part, groups };
}

function saidBy({ settings, vars, facts, tags }: Described): unknown {
  return {
    settings: Object.entries<Entry<unknown> | undefined>(settings).map(([key, entry]) => [key, entry?.value]),
    vars: [...vars].map(([key, { value }]) => [key, value]),
    facts: [...facts].map(([key, { value }]) => [key, value]),
    tags: [...new Set(tags.map(({ value }) => value))].sort(),
  };
}
