import { isMap, isNode, isPair, isScalar, isSeq, Pair, visit, YAMLMap, YAMLSeq } from 'yaml';
import { addTo } from '../util/lists.ts';
import { compose, type Composed } from './compose.ts';
import type { Lines } from './lines.ts';
import { linesOf } from './lines.ts';
import { type Piece, piecesOf } from './pieces.ts';

/** Makes a syntax tree of a text, as `compose` does. */
export type Compose = (text: string, lines: Lines) => Composed;

/** UTF-16 units: the trees of larger texts are not kept, for they take fifty times as much memory as the text. */
const largestKept = 2 * 1024 * 1024;

/**
 * A `compose` for one text after another of the same document. Texts are cut where an entry begins at the margin, or a
 * step or node below it; what was the same in the text before is not parsed again. Of a text with a mistake, or one that
 * can not be cut, the whole is parsed.
 */
export function composeAgain(): Compose {
  let before = new Map<string, Tree[]>();
  return (text, lines) => {
    const pieces = text.length > largestKept ? undefined : piecesOf(text);
    const now = new Map<string, Tree[]>();
    const root = pieces && assemble(pieces, (piece) => treeOf(piece, { text, before, now }));
    // With a mistake in the text now, the next one is much like the one before.
    before = root ? now : both(before, now);
    if (!root?.range) return compose(text, lines);
    const [start] = root.range;
    const end = text.indexOf('\n', start);
    return { contents: root, span: [start, end === -1 ? text.length : end], problems: [] };
  };
}

/** The tree of a piece; places in it count from the beginning of the text when the piece was at `offset`. */
type Tree = { readonly root: YAMLMap.Parsed | YAMLSeq.Parsed; offset: number };

type Trees = {
  readonly text: string;
  readonly before: Map<string, Tree[]>;
  readonly now: Map<string, Tree[]>;
};

function both(a: Map<string, Tree[]>, b: Map<string, Tree[]>): Map<string, Tree[]> {
  for (const [written, trees] of b) for (const tree of trees) addTo(a, written, tree);
  return a;
}

/** Taken from the text before, moved to where it is now; undefined where the piece has a mistake. */
function treeOf({ start, end }: Piece, { text, before, now }: Trees): Tree['root'] | undefined {
  const written = text.slice(start, end);
  const tree = before.get(written)?.shift() ?? freshTree(written);
  if (!tree) return undefined;
  move(tree, start);
  addTo(now, written, tree);
  return tree.root;
}

function freshTree(written: string): Tree | undefined {
  const { contents, problems } = compose(written, linesOf(written));
  const isBlock = (isMap(contents) || isSeq(contents)) && contents.flow !== true;
  return isBlock && problems.length === 0 ? { root: contents, offset: 0 } : undefined;
}

/** Moves the places of all values; comments have none. */
function move(tree: Tree, to: number): void {
  const by = to - tree.offset;
  if (by === 0) return;
  tree.offset = to;
  visit(tree.root, {
    Node(_key, node) {
      if (node.range) node.range = [node.range[0] + by, node.range[1] + by, node.range[2] + by];
    },
  });
}

/** The pieces as one tree; undefined where one can not be read by itself. */
function assemble(
  pieces: readonly Piece[],
  treeFor: (piece: Piece) => Tree['root'] | undefined,
): YAMLMap.Parsed | undefined {
  const root = new YAMLMap() as YAMLMap.Parsed;
  for (const piece of pieces) {
    const tree = treeFor(piece);
    const [pair, ...more] = isMap(tree) ? tree.items : [];
    if (!pair || more.length > 0) return undefined;
    const value = piece.inner && joined(piece.inner, treeFor);
    if (piece.inner && (!value || !isScalar(pair.value) || pair.value.source !== '')) return undefined;
    root.items.push(value ? new Pair(pair.key, value) : pair);
  }
  return withRange(root);
}

/** Steps of a list, or nodes of a map, as one value. */
function joined(
  pieces: readonly Piece[],
  treeFor: (piece: Piece) => Tree['root'] | undefined,
): Tree['root'] | undefined {
  const trees = pieces.map(treeFor);
  const [first] = trees;
  if (!first) return undefined;
  const whole = isMap(first) ? new YAMLMap() : new YAMLSeq();
  for (const tree of trees) {
    if (!tree || isMap(tree) !== isMap(first) || tree.items.length !== 1) return undefined;
    whole.items.push(...(tree.items as never[]));
  }
  const [start] = first.range;
  const last = trees.at(-1)?.range ?? first.range;
  whole.range = [start, last[1], last[2]];
  return whole as Tree['root'];
}

function withRange(root: YAMLMap.Parsed): YAMLMap.Parsed | undefined {
  const first = root.items[0]?.key.range;
  const last = root.items.at(-1);
  const end = isPair(last) && isNode(last.value) ? last.value.range : first;
  if (!first || !end) return undefined;
  root.range = [first[0], end[1], end[2]];
  return root;
}
