import type { CodeLens } from 'vscode-languageserver-types';
import { plural } from '../../../core/run/format.ts';
import { expandNames, foldNames } from '../../../core/selection/nodeset.ts';
import type { MusterDocument } from '../document.ts';
import { rangeOf } from '../document.ts';
import { keysOf } from '../edit/entries.ts';
import type { Workspace } from '../workspace.ts';

/** Which nodes the client is to act on: a selection, and the inventory in which it was clicked. */
type NodesMeant = { readonly on: string; readonly uri: string };

/** Entries under `nodes` that get lenses of their own: above more of them nobody would see the nodes any more. */
const mostNodes = 8;
/** Names of one entry that are counted. */
const mostNames = 100_000;

/** Above each group and tag, and above nodes where they are few: run on them, ask them for an answer, connect. */
export function inventoryLenses(opened: MusterDocument, { inventory }: Workspace): CodeLens[] {
  const groups = keysOf(opened.parsed.writtenAt(['groups'])).flatMap((name) =>
    lenses(opened, ['groups', name], { on: `@${foldNames([name])}`, count: inventory.members(name).length }),
  );
  const tags = keysOf(opened.parsed.writtenAt(['tags'])).flatMap((name) => {
    const count = inventory.tags.get(name)?.length ?? 0;
    return lenses(opened, ['tags', name], { on: `tag:${foldNames([name])}`, count });
  });
  const entries = keysOf(opened.parsed.writtenAt(['nodes']));
  const nodes = entries.length > mostNodes ? [] : entries.flatMap((name) => nodeLenses(opened, name));
  return [...nodes, ...groups, ...tags];
}

function nodeLenses(opened: MusterDocument, entry: string): CodeLens[] {
  const { names } = expandNames(entry, mostNames);
  const on = opened.index.groups.has(entry) ? `node:${entry}` : entry;
  const all = lenses(opened, ['nodes', entry], { on, count: names.length });
  const [first] = all;
  if (!first || names.length > 1) return all;
  const command = { title: 'Connect', command: 'muster.openTerminal' };
  const meant: NodesMeant = { on, uri: opened.document.uri };
  return [...all, { range: first.range, command: { ...command, arguments: [meant] } }];
}

function lenses(
  { document, parsed }: MusterDocument,
  path: readonly [string, string],
  { on, count }: { readonly on: string; readonly count: number },
): CodeLens[] {
  if (count === 0) return [];
  const range = rangeOf(document, parsed.rangeOf(path, 'key'));
  const meant: NodesMeant = { on, uri: document.uri };
  const lens = (title: string, command: string): CodeLens => ({
    range,
    command: { title, command, arguments: [meant] },
  });
  return [
    lens(count === 1 ? 'Run…' : `Run on ${plural(count, 'node')}…`, 'muster.runOnItem'),
    lens('Check Reachability', 'muster.checkReachability'),
  ];
}
