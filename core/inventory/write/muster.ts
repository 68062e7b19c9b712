import { visible } from '../../util/visible.ts';
import type { Inventory, InventoryGroup } from '../model.ts';
import { foldInOrder } from './foldInOrder.ts';
import { leaveOut } from './leaveOut.ts';
import { ownValues } from './ownValues.ts';
import { nodeFields, sharedFields, type Fields } from './settingFields.ts';
import { nameText, valueText } from './yamlText.ts';

/**
 * The inventory as an `inventory.yaml` of its own that reads back to the same nodes, groups, tags, vars, facts and
 * connections. Neighbours that differ only in their names become a range. What such a file can not hold is named in
 * comments on top.
 */
export function writeMuster(inventory: Inventory): string {
  const { kept, notes } = leaveOut(inventory);
  const defaults = sharedFields(kept.nodes.map(({ connection }) => connection));
  const own = ownValues(kept);
  const nodes = kept.nodes.map((node): NodeText => {
    const { tags, vars } = own(node);
    const fields = nodeFields(node, defaults);
    if (tags.length > 0) fields.set('tags', listText(tags));
    if (Object.keys(vars).length > 0) fields.set('vars', valueText(vars));
    if (Object.keys(node.facts).length > 0) fields.set('facts', valueText(node.facts));
    return { name: node.name, settings: inBraces(fields), isAlone: fields.has('host') };
  });
  return [
    ...notes.map((note) => `# ${visible(note)}\n`),
    'version: 1\n',
    defaults.size > 0 ? `defaults: ${inBraces(defaults)}\n` : '',
    nodes.length > 0 ? `nodes:\n${nodeLines(nodes).join('')}` : '',
    kept.groups.length > 0 ? `groups:\n${kept.groups.map(groupLines).join('')}` : '',
  ].join('');
}

type NodeText = { readonly name: string; readonly settings: string; readonly isAlone: boolean };

/** Runs of nodes with the same settings under one key; a host is of one node only. */
function nodeLines(nodes: readonly NodeText[]): string[] {
  const runs: { names: string[]; of: NodeText }[] = [];
  for (const node of nodes) {
    const run = runs.at(-1);
    if (run && !node.isAlone && run.of.settings === node.settings) run.names.push(node.name);
    else runs.push({ names: [node.name], of: node });
  }
  return runs.flatMap(({ names, of }) =>
    foldInOrder(names).map((key) => `  ${nameText(key, 'block')}:${of.settings && ` ${of.settings}`}\n`),
  );
}

function groupLines({ name, nodes, groups, tags, vars }: InventoryGroup): string {
  const lines = [
    ...(nodes.length > 0 ? [`    nodes: ${nameText(foldInOrder(nodes).join(','), 'block')}\n`] : []),
    ...(groups.length > 0 ? [`    groups: ${listText(groups)}\n`] : []),
    ...(tags.length > 0 ? [`    tags: ${listText(tags)}\n`] : []),
    ...(Object.keys(vars).length > 0 ? [`    vars: ${valueText(vars)}\n`] : []),
  ];
  return `  ${nameText(name, 'block')}:\n${lines.join('')}`;
}

function listText(names: readonly string[]): string {
  return `[${names.map((name) => nameText(name, 'flow')).join(', ')}]`;
}

function inBraces(fields: Fields): string {
  return fields.size === 0 ? '' : `{ ${[...fields].map(([key, text]) => `${key}: ${text}`).join(', ')} }`;
}
