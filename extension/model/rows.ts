import type { OutcomeStatus } from '../../core/run/outcome.ts';
import { outcomeLook, plural } from '../../core/run/format.ts';
import { themeColor } from './looks.ts';
import { countTicked, type Ticks } from './ticks.ts';
import { ago } from './time.ts';
import type { TreeElement } from './tree.ts';

/** How a node's last execution of this session ended. */
export type LastOutcome = { readonly status: OutcomeStatus; readonly at: number };

/** What changes beside an unchanged tree. */
export type RowContext = {
  readonly ticks: Ticks;
  readonly outcomes: ReadonlyMap<string, LastOutcome>;
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

function nodeRow(element: Extract<TreeElement, { kind: 'node' }>, context: RowContext): Row {
  const { node } = element;
  const { connection } = node;
  const last = context.outcomes.get(node.name);
  const look = last && outcomeLook[last.status];
  const place = connection.transport === 'local' ? 'local' : connection.host;
  const via = connection.jump.length > 0 ? ` via ${connection.jump.join(', ')}` : '';
  const where = `${place === node.name ? '' : place}${via}`.trim();
  const trouble =
    last && look && last.status !== 'ok' ? `${look.inSentence} ${ago(last.at, context.now)}` : '';
  const ticked = context.ticks.has(node.name);
  return {
    description: [where, trouble].filter(Boolean).join(' · '),
    icon: node.tags.includes('protected') ? 'lock' : 'server',
    ...(look ? { color: themeColor[look.family] } : {}),
    ticked,
    tooltip: nodeTooltip(
      element,
      last && look ? `Last: ${look.inSentence}, ${ago(last.at, context.now)}` : '',
    ),
    spoken: [node.name, where, ticked ? 'ticked' : 'not ticked', look ? `last run ${look.inSentence}` : '']
      .filter(Boolean)
      .join(', '),
  };
}

function nodeTooltip({ node }: Extract<TreeElement, { kind: 'node' }>, last: string): string {
  const { connection } = node;
  const login = connection.user === undefined ? '' : `${connection.user}@`;
  const address =
    connection.transport === 'local'
      ? `local, in ${connection.cwd ?? 'the home folder'}`
      : `${connection.transport}, ${login}${connection.host}:${connection.port}`;
  const tags = node.tags.length > 0 ? `Tags: ${node.tags.join(', ')}` : '';
  return [node.name, address, tags, last].filter(Boolean).join('\n');
}
