import type { Answers } from '../../core/protocol/answers.ts';
import { plural } from '../../core/run/format.ts';
import { isWell } from '../../core/run/gather/answer.ts';
import { type Cluster, type ClusterKind, clusterKinds } from '../../core/run/gather/cluster.ts';
import { linesIn, type Part, type ShownLine } from '../../core/run/gather/difference.ts';
import type { BatchState } from '../../core/run/state.ts';
import { escapeLine } from '../terminal/escape.ts';
import { type Line, lineWidth, type Look, type Span, span } from '../terminal/style.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Asks for the answers of a batch; undefined where there are none. */
export type AskAnswers = () => Promise<Answers | undefined>;

type Showing = {
  readonly terminal: Terminal;
  readonly foldNames: (names: readonly string[]) => string;
};

const signs: Readonly<Record<ClusterKind, readonly [utf8: string, plain: string]>> = {
  same: ['=', '='],
  similar: ['≈', '~'],
  different: ['≠', '!='],
  silent: ['∅', '0'],
};
const looks: Readonly<Record<ClusterKind, Look | undefined>> = {
  same: undefined,
  similar: 'yellow',
  different: 'red',
  silent: 'muted',
};

/** `= 62 same  ≈ 11 similar  39 to answer`: kinds that there are, and what is still to come. */
export function countsLine({ counts, toAnswer }: Answers, terminal: Terminal): Line {
  const kinds = clusterKinds.filter((kind) => counts[kind] > 0);
  return [
    ...kinds.flatMap((kind) => [signOf(kind, terminal), span(` ${counts[kind]} ${kind}  `)]),
    ...(toAnswer > 0 ? [span(`${toAnswer} to answer`, 'muted')] : []),
  ];
}

/** The answers of an ended batch: the largest in full, of the others what differs. */
export function answerLines(state: BatchState, answers: Answers, showing: Showing): readonly Line[] {
  const nodes = new Map(state.executions.map(({ id, node }) => [id, node]));
  const names = (cluster: Cluster): string =>
    escapeLine(showing.foldNames(cluster.executions.map((id) => nodes.get(id) ?? id)));
  const { clusters, rest } = answers;
  return [
    ...clusters.flatMap((cluster) => clusterLines(cluster, names(cluster), showing.terminal)),
    ...(rest.nodes > 0 ? [[span(`and ${plural(rest.nodes, 'node')} with other answers`, 'muted')]] : []),
  ];
}

function clusterLines(cluster: Cluster, names: string, terminal: Terminal): readonly Line[] {
  const { kind, end, executions, lines, total } = cluster;
  const head = [
    signOf(kind, terminal),
    span(` ${executions.length} ${kind}`, 'bold'),
    span(`  ${escapeLine(end)}`, isWell(end) ? 'muted' : undefined),
  ];
  const short = [...head, span(`  ${names}`)];
  const fits = kind !== 'same' && lineWidth(short) < terminal.columns - 6;
  const body = kind === 'silent' ? [] : lines.map((line) => bodyLine(line, terminal));
  const below = belowOf(cluster);
  return [
    rule(fits ? short : head, terminal),
    ...(fits ? [] : [[span(names)]]),
    ...(total === 0 && kind === 'same' ? [[span('  no output', 'muted')]] : body),
    ...(below === '' ? [] : [[span(`  ${below}`, 'muted')]]),
  ];
}

/** `── = 97 same  exit 0 ───────`. */
function rule(head: Line, terminal: Terminal): Line {
  const dash = terminal.utf8 ? '─' : '-';
  const room = Math.max(0, Math.min(terminal.columns - 1, widestRule) - lineWidth(head) - 4);
  return [span(`${dash}${dash} `, 'muted'), ...head, span(` ${dash.repeat(room)}`, 'muted')];
}

const widestRule = 100;

function bodyLine(line: ShownLine, terminal: Terminal): Line {
  const { number, stream, parts, majority } = line;
  const edge = span(stream === 'stderr' ? (terminal.utf8 ? '│ ' : '| ') : '  ', 'yellow');
  const others = linesIn(line) - 1;
  if (number === 0)
    return [
      edge,
      ...marked('', majority ?? '', terminal),
      ...(others > 0 ? [span(` and ${plural(others, 'more line')} missing`, 'muted')] : []),
    ];
  const differs = parts.some((part) => part.differs);
  if (!differs) return [edge, span(escapeLine(parts.map(({ text }) => text).join('')))];
  const last = parts.findLastIndex((part) => part.differs);
  const said = majority ?? '';
  return [
    edge,
    ...parts.flatMap((part, at): readonly Span[] =>
      part.differs ? marked(part.text, at === last ? said : '', terminal) : [span(plain(part))],
    ),
  ];
}

function plain({ text }: Part): string {
  return escapeLine(text);
}

/** What differs, and what the largest answer says instead: `[-28-]{+26+}`, as `git --word-diff` writes it. */
function marked(own: string, majority: string, { colour }: Terminal): readonly Span[] {
  const [was, is] = [escapeLine(majority), escapeLine(own)];
  const removed = was === '' ? [] : [span(colour ? `${was} ` : `[-${was}-]`, 'muted')];
  const added = is === '' ? [] : [span(colour ? is : `{+${is}+}`, 'yellow')];
  return [...removed, ...added];
}

function belowOf({ kind, total, equal, more, lines }: Cluster): string {
  if (kind === 'silent' || total === 0) return '';
  if (kind === 'same') return more > 0 ? plural(more, 'more line') : '';
  const texts = [
    more > 0 && `${more} more differ`,
    lines.length === 0 && equal < total && `differs after line ${equal}`,
    (lines.length > 0 || equal === total) && equal > 0 && `${plural(equal, 'more line')} the same`,
  ];
  return texts.filter(Boolean).join(', ');
}

function signOf(kind: ClusterKind, { utf8 }: Terminal): Span {
  return span(signs[kind][utf8 ? 0 : 1], looks[kind]);
}
