import type { OutcomeStatus } from '../../core/run/outcome.ts';
import { type Look, outcomeLook, plural } from '../../core/run/format.ts';
import { addressText } from '../../core/inventory/address.ts';
import type { InventoryNode } from '../../core/inventory/model.ts';
import type { Reach } from '../../core/protocol/inventory.ts';
import { themeColor } from './looks.ts';
import { countTicked, type TickedSet, type Ticks } from './ticks.ts';
import { ago } from './time.ts';
import type { TreeElement } from './tree.ts';

/** How a node's last execution of this session ended. */
export type LastOutcome = { readonly status: OutcomeStatus; readonly at: number };

/** What changes beside an unchanged tree. */
export type RowContext = {
  readonly ticks: Ticks;
  readonly outcomes: ReadonlyMap<string, LastOutcome>;
  /** Whether nodes answered when they were asked last. */
  readonly reaches: ReadonlyMap<string, Reach>;
  /** The ticked groups and tags that a node is in, where it was not ticked itself. */
  readonly via: (node: string) => readonly TickedSet[];
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
};

/** What a row of the tree shows, free of VS Code's own types. */
export type Row = {
  readonly description: string;
  readonly icon: string;
  readonly color?: string;
  /** Undefined: no box. A box is ticked only when all nodes below are; `3/12` says the rest. */
  readonly ticked?: boolean;
  readonly tooltip: string;
  /** What a screen reader says. */
  readonly spoken: string;
};

export function rowOf(element: TreeElement, context: RowContext): Row {
  switch (element.kind) {
    case 'node':
      return nodeRow(element, context);
    case 'tags':
      return { description: String(element.children().length), icon: 'tag', tooltip: '', spoken: 'Tags' };
    case 'group':
      return parentRow(element, context, 'folder');
    case 'range':
      return parentRow(element, context, 'layers');
    case 'tag':
      return parentRow(element, context, 'tag');
    case 'source':
      return sourceRow(element, context);
  }
}

function parentRow(element: TreeElement, { ticks }: RowContext, icon: string): Row {
  const total = element.nodes.length;
  const ticked = countTicked(ticks, element.nodes);
  const partly = ticked > 0 && ticked < total ? ', partially selected' : '';
  return {
    description: `${ticked}/${total}`,
    icon,
    ...(total > 0 ? { ticked: ticked === total } : {}),
    tooltip: `${element.label}: ${plural(total, 'node')}, ${ticked} ticked`,
    spoken: `${element.kind} ${element.label}, ${ticked} of ${plural(total, 'node')} ticked${partly}`,
  };
}

/** A source says what is wrong with it before anything else. */
function sourceRow(element: Extract<TreeElement, { kind: 'source' }>, context: RowContext): Row {
  const { status, message, ref, type } = element.source;
  const row = parentRow(element, context, status === 'ok' ? 'database' : 'warning');
  const trouble = status === 'ok' ? '' : (message ?? status);
  return {
    ...row,
    description: trouble || `${row.description} · ${type}`,
    ...(status === 'ok' ? {} : { color: 'charts.yellow' }),
    tooltip: [ref.path, trouble, row.tooltip].filter(Boolean).join('\n'),
    spoken: [row.spoken, trouble].filter(Boolean).join(', '),
  };
}

function nodeRow(element: Extract<TreeElement, { kind: 'node' }>, context: RowContext): Row {
  const { node } = element;
  const { connection } = node;
  const last = context.outcomes.get(node.name);
  const look = last && outcomeLook[last.status];
  const place = connection.transport === 'local' ? 'local' : connection.host;
  const jump = connection.jump.length > 0 ? ` via ${connection.jump.join(', ')}` : '';
  const where = `${place === node.name ? '' : place}${jump}`.trim();
  const trouble =
    last && look && last.status !== 'ok' ? `${look.inSentence} ${ago(last.at, context.now)}` : '';
  const ticked = context.ticks.has(node.name);
  const silent = reachText(context.reaches.get(node.name), context.now);
  const via = ticked ? context.via(node.name) : [];
  const viaText = via.length > 0 ? `via ${via.map(({ kind, name }) => `${kind} ${name}`).join(', ')}` : '';
  const blocked = node.blocked === undefined ? '' : 'does not run';
  return {
    description: [where, blocked, trouble, silent, viaText].filter(Boolean).join(' · '),
    icon: iconOf(node, context.reaches.get(node.name)),
    ...colorOf(look, context.reaches.get(node.name)),
    ticked,
    tooltip: nodeTooltip(element, [
      node.blocked ?? '',
      silent,
      last && look ? `Last: ${look.inSentence}, ${ago(last.at, context.now)}` : '',
      viaText ? `Ticked ${viaText}` : '',
    ]),
    spoken: [
      node.name,
      where,
      ticked ? `ticked ${viaText}`.trim() : 'not ticked',
      blocked,
      silent,
      look ? `last run ${look.inSentence}` : '',
    ]
      .filter(Boolean)
      .join(', '),
  };
}

function iconOf({ tags, blocked }: InventoryNode, reach: Reach | undefined): string {
  if (blocked !== undefined) return 'circle-slash';
  if (reach?.answer === 'unreachable') return 'debug-disconnect';
  if (tags.includes('protected')) return 'lock';
  return reach?.answer === 'reachable' ? 'vm-active' : 'server';
}

/** A node that gives no answer now is of no other colour, however its last run ended. */
function colorOf(look: Look | undefined, reach: Reach | undefined): { readonly color?: string } {
  const family = reach?.answer === 'unreachable' ? outcomeLook.unreachable.family : look?.family;
  return family === undefined ? {} : { color: themeColor[family] };
}

/** `unreachable 3 min ago: connection refused on port 22`; nothing of a node that answered. */
function reachText(reach: Reach | undefined, now: number): string {
  if (!reach || reach.answer === 'reachable') return '';
  const what = reach.answer === 'unreachable' ? 'unreachable' : 'not known';
  return `${what} ${ago(reach.at, now)}${reach.message === undefined ? '' : `: ${reach.message}`}`;
}

function nodeTooltip({ node }: Extract<TreeElement, { kind: 'node' }>, lines: readonly string[]): string {
  const { connection } = node;
  const address =
    connection.transport === 'local'
      ? `local, in ${connection.cwd ?? 'the home folder'}`
      : `${connection.transport}, ${addressText(connection)}`;
  const tags = node.tags.length > 0 ? `Tags: ${node.tags.join(', ')}` : '';
  return [node.name, address, tags, ...lines].filter(Boolean).join('\n');
}
