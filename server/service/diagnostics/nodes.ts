import type { InventoryNode } from '../../../core/inventory/model.ts';
import { expandNames, foldForDisplay } from '../../../core/selection/nodeset.ts';
import { addTo } from '../../../core/util/lists.ts';
import type { MusterDocument } from '../document.ts';
import { rangeOf } from '../document.ts';
import type { Occurrence } from '../facts/occurrence.ts';
import { wholeRemoval } from '../edit/entries.ts';
import { canonicalUri } from '../uris.ts';
import type { Finding } from './finding.ts';
import type { Subject } from './subject.ts';
import { jumpFindings } from './jumps.ts';
import { keyFileFindings } from './keyFiles.ts';
import { tagFindings } from './tags.ts';
import { widthFindings } from './widths.ts';

/** Names that a range of another file is spelled out into. */
const mostExpanded = 20_000;

/** Nodes and groups of an inventory that are probably not what was meant. */
export function* nodeFindings(subject: Subject): Iterable<Finding> {
  const { document } = subject;
  if (document.document.languageId !== 'muster-inventory') return;
  yield* elsewhere(subject);
  yield* sameAddress(subject);
  yield* emptyGroups(subject);
  yield* ungrouped(subject);
  yield* widthFindings(subject);
  yield* tagFindings(subject);
  yield* jumpFindings(subject);
  yield* keyFileFindings(subject);
}

/** The nodes of each entry: a range is one place and many nodes. */
function byEntry({ inventory }: MusterDocument): ReadonlyMap<number, readonly InventoryNode[]> {
  const found = new Map<number, InventoryNode[]>();
  for (const node of inventory.nodes) if (node.origin.range) addTo(found, node.origin.range.start, node);
  return found;
}

function entryRange(nodes: readonly InventoryNode[], { document }: MusterDocument) {
  return rangeOf(document, nodes[0]?.origin.range);
}

function* elsewhere({ document, workspace }: Subject): Iterable<Finding> {
  const own = canonicalUri(document.document.uri);
  const others = new Map<string, Occurrence>();
  for (const uri of workspace.inventories) {
    if (uri === own || others.size > mostExpanded) continue;
    for (const each of workspace.facts(uri)?.occurrences ?? []) {
      if (each.role !== 'declaration' || !each.kinds.includes('node')) continue;
      const names = each.pattern ? expandNames(each.name, mostExpanded).names : [each.name];
      for (const name of names) if (!others.has(name)) others.set(name, each);
    }
  }
  if (others.size === 0) return;
  for (const nodes of byEntry(document).values()) {
    const both = nodes.filter(({ name }) => others.has(name)).map(({ name }) => name);
    const there = others.get(both[0] ?? '');
    if (!there) continue;
    yield {
      code: 'inventory/elsewhere',
      message: `${foldForDisplay(both)} is in another file too; what both say is merged. If they are not the same machines, rename one.`,
      range: entryRange(nodes, document),
      related: [{ message: 'It is here too.', uri: there.uri, range: there.range }],
    };
  }
}

function* sameAddress({ document }: Subject): Iterable<Finding> {
  const byAddress = new Map<string, InventoryNode>();
  for (const node of document.inventory.nodes) {
    const { transport, host, port, user = '', jump } = node.connection;
    if (transport === 'local') continue;
    const address = [user, host.toLowerCase(), port, ...jump].join('\0');
    const first = byAddress.get(address);
    if (!first) {
      byAddress.set(address, node);
      continue;
    }
    yield {
      code: 'inventory/same-address',
      message: `"${node.name}" has the same host, port and user as "${first.name}": a command on both runs twice there.`,
      range: entryRange([node], document),
      related: [
        {
          message: `"${first.name}" is here.`,
          uri: document.document.uri,
          range: entryRange([first], document),
        },
      ],
    };
  }
}

/** Groups of one name unite, so that the nodes of one may be in another file. */
function* emptyGroups({ document, workspace }: Subject): Iterable<Finding> {
  if (namesSources(document) && !workspace.isClosed) return;
  const wrong = membersMeant(document);
  for (const { name, origin } of document.inventory.groups) {
    // What was meant to be in it, or in a group of it, is told where it stands.
    const hasGroups = document.parsed.writtenAt(['groups', name, 'groups']) !== undefined;
    if (wrong.has(name) || (wrong.size > 0 && hasGroups)) continue;
    if (document.index.members(name).length > 0 || workspace.inventory.members(name).length > 0) continue;
    yield {
      code: 'inventory/empty-group',
      message: `The group "${name}" has no nodes. Give it some, or take it out.`,
      range: rangeOf(document.document, origin.range),
      isUnnecessary: true,
      repairs: [{ title: `Remove the group "${name}"`, edits: [wholeRemoval(document, ['groups', name])] }],
    };
  }
}

/** Groups in which something is wrong by itself, as the engine says. */
function membersMeant({ problems, parsed }: MusterDocument): ReadonlySet<string> {
  return new Set(
    problems.flatMap(({ severity, range }) => {
      const path = severity === 'error' && range ? parsed.pathAt(range.start)?.path : undefined;
      return path?.[0] === 'groups' && path[1] !== undefined ? [String(path[1])] : [];
    }),
  );
}

function namesSources({ parsed }: MusterDocument): boolean {
  return parsed.writtenAt(['sources']) !== undefined;
}

/** Only where most of the others are in a group: a file without groups has chosen to have none. */
function* ungrouped({ document, workspace }: Subject): Iterable<Finding> {
  const { nodes, groups } = document.inventory;
  if (groups.length === 0 || namesSources(document)) return;
  const grouped = new Set(
    groups.flatMap(({ name }) => [...document.index.members(name), ...workspace.inventory.members(name)]),
  );
  const hops = new Set(nodes.flatMap(({ connection }) => connection.jump ?? []));
  const isAlone = (node: InventoryNode): boolean =>
    !grouped.has(node.name) &&
    node.tags.length === 0 &&
    !hops.has(node.name) &&
    node.connection.transport !== 'local';
  const alone = nodes.filter(isAlone);
  if (alone.length * 2 > nodes.length) return;
  for (const entry of byEntry(document).values()) {
    const names = entry.filter(isAlone).map(({ name }) => name);
    if (names.length === 0) continue;
    const message = `${foldForDisplay(names)} is in no group and has no tag, unlike most nodes here.`;
    yield { code: 'inventory/ungrouped', message, range: entryRange(entry, document) };
  }
}
