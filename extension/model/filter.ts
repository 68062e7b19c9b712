import { groupsByNode, type InventoryIndex, type InventoryNode } from '../../core/inventory/model.ts';

/** Whether a text is meant as an expression rather than as words to look for. */
export function isExpression(text: string): boolean {
  return /(?:^|[\s,&^!(])(?:@|(?:node|group|tag|source|file|fact):|~\/)|[[\]*?&^()]|,\S|\S!\S|\s!\S|^!/.test(
    text.trim(),
  );
}

/** Nodes whose name, address, group, tag or source has every one of the words in it, whatever their case. */
export function searchNodes(text: string, index: InventoryIndex): ReadonlySet<string> {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = groupsByNode(index);
  const found = index.inventory.nodes.filter((node) => {
    const haystack = textOf(node, groups.get(node.name) ?? []);
    return words.every((word) => haystack.includes(word));
  });
  return new Set(found.map(({ name }) => name));
}

/** Parts are divided by a character that nobody types. */
function textOf({ name, connection, tags, sources }: InventoryNode, groups: readonly string[]): string {
  const { host, user = '', cwd = '' } = connection;
  return [name, host, user, cwd, ...tags, ...groups, ...sources].join('\n').toLowerCase();
}

/** `Filter tag:prod: 41 of 132 nodes. 2 of 6 ticked nodes are hidden by it.` */
export function filterLine(
  text: string,
  { shown, all, ticked }: { shown: ReadonlySet<string>; all: number; ticked: readonly string[] },
): string {
  const hidden = ticked.filter((name) => !shown.has(name)).length;
  const line = `Filter ${text}: ${shown.size} of ${all} nodes.`;
  if (hidden === 0) return line;
  return `${line} ${hidden} of ${ticked.length} ticked ${ticked.length === 1 ? 'node is' : 'nodes are'} hidden by it.`;
}
