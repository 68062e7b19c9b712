import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, Scalar } from 'yaml';
import type { Value } from '../../schema/value.ts';
import { errorsIn, type Problem, type TextRange } from '../../util/problem.ts';
import { compose } from '../../yaml/compose.ts';
import { linesOf } from '../../yaml/lines.ts';
import { mark, type Mark } from './marks.ts';
import { plainScalar } from './pyScalar.ts';

/** A value of a YAML document as PyYAML and Ansible read it, with its place. */
export type YamlValue = { readonly range: TextRange } & (
  | { readonly type: 'map'; readonly entries: ReadonlyMap<string, YamlEntry> }
  | { readonly type: 'list'; readonly items: readonly YamlValue[] }
  | { readonly type: 'scalar'; readonly value: Value; readonly mark?: Mark }
);
export type YamlEntry = { readonly key: TextRange; readonly isText: boolean; readonly value: YamlValue };

/** Values that aliases may stand for together: a bomb of them is an error, not a full memory. */
const mostValues = 2_000_000;

/**
 * Reads a YAML document as Ansible does: YAML 1.1 types as PyYAML has them, merge keys, `!vault` and `!unsafe`. The last
 * of equal keys wins. Undefined where the text is no YAML.
 */
export function readPyYaml(text: string): { value?: YamlValue; problems: readonly Problem[] } {
  const lines = linesOf(text);
  const composed = compose(text, lines, { tags: 'any' });
  const problems = errorsIn(composed.problems);
  if (!composed.contents || problems.length > 0) return { problems };
  const reader: Reader = {
    anchors: new Map(),
    open: new Set(),
    left: mostValues,
    rangeOf: (span) => lines.range(span[0], span[1]),
  };
  try {
    return { value: read(composed.contents, reader), problems };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const problem: Problem = {
      code: 'yaml/alias',
      severity: 'error',
      message: error.message,
      range: error.range,
    };
    return { problems: [problem] };
  }
}

/** The plain data of a value. */
export function plainOf(value: YamlValue): Value {
  return dataOf(value, (scalar) => scalar.value);
}

/** The same as Ansible's JSON has it, with its marks. */
export function markedOf(value: YamlValue): Value {
  return dataOf(value, ({ value: inner, mark: as }) => (as === undefined ? inner : mark(textOf(inner), as)));
}

function textOf(value: Value): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

type ScalarValue = Extract<YamlValue, { type: 'scalar' }>;

function dataOf(value: YamlValue, scalarOf: (scalar: ScalarValue) => Value): Value {
  switch (value.type) {
    case 'scalar':
      return scalarOf(value);
    case 'list':
      return value.items.map((item) => dataOf(item, scalarOf));
    case 'map':
      return Object.fromEntries(
        [...value.entries].map(([key, entry]) => [key, dataOf(entry.value, scalarOf)]),
      );
  }
}

/** Whether something in it is marked: what Ansible would have to decrypt, or what is no template. */
export function hasMark(value: YamlValue, wanted: Mark): boolean {
  switch (value.type) {
    case 'scalar':
      return value.mark === wanted;
    case 'list':
      return value.items.some((item) => hasMark(item, wanted));
    case 'map':
      return [...value.entries.values()].some((entry) => hasMark(entry.value, wanted));
  }
}

class Unreadable extends Error {
  readonly range: TextRange;
  constructor(message: string, range: TextRange) {
    super(message);
    this.range = range;
  }
}

type Reader = {
  readonly anchors: Map<string, YamlValue>;
  /** Anchors whose value is being read. */
  readonly open: Set<string>;
  left: number;
  rangeOf(span: readonly [number, number, ...number[]]): TextRange;
};

function read(node: unknown, reader: Reader): YamlValue {
  const range = rangeOf(node, reader);
  reader.left--;
  if (reader.left < 0) throw new Unreadable('Aliases make the document too large.', range);
  if (isAlias(node)) return resolve(node.source, range, reader);
  const anchor = isNode(node) ? node.anchor : undefined;
  if (anchor !== undefined) reader.open.add(anchor);
  const value = readNode(node, range, reader);
  if (anchor !== undefined) {
    reader.open.delete(anchor);
    reader.anchors.set(anchor, value);
  }
  return value;
}

function readNode(node: unknown, range: TextRange, reader: Reader): YamlValue {
  if (isMap(node)) return { type: 'map', range, entries: readEntries(node.items, reader) };
  if (isSeq(node)) return { type: 'list', range, items: node.items.map((item) => read(item, reader)) };
  if (!isScalar(node)) return { type: 'scalar', range, value: null };
  const as = node.tag === undefined ? undefined : marks.get(node.tag);
  const source = node.source ?? (typeof node.value === 'string' ? node.value : '');
  const isPlain =
    node.type === Scalar.PLAIN && (node.tag === undefined || node.tag.startsWith('tag:yaml.org,2002:'));
  const isText = node.tag === 'tag:yaml.org,2002:str';
  return {
    type: 'scalar',
    range,
    value: isPlain && !isText ? plainScalar(source) : source,
    ...(as && { mark: as }),
  };
}

const marks: ReadonlyMap<string, Mark> = new Map([
  ['!vault', '__ansible_vault'],
  ['!vault-encrypted', '__ansible_vault'],
  ['!unsafe', '__ansible_unsafe'],
]);

function resolve(name: string, range: TextRange, reader: Reader): YamlValue {
  const value = reader.anchors.get(name);
  if (value) {
    reader.left -= sizeOf(value);
    return value;
  }
  const message = reader.open.has(name)
    ? `*${name} is inside of what it stands for.`
    : `There is no anchor &${name}.`;
  throw new Unreadable(message, range);
}

function sizeOf(value: YamlValue): number {
  if (value.type === 'scalar') return 1;
  const inner = value.type === 'list' ? value.items : [...value.entries.values()].map((entry) => entry.value);
  return inner.reduce((sum, each) => Math.min(mostValues + 1, sum + sizeOf(each)), 1);
}

/** Keys of merged maps come in below the map's own. */
function readEntries(pairs: readonly Pair[], reader: Reader): ReadonlyMap<string, YamlEntry> {
  const own = new Map<string, YamlEntry>();
  const merged = new Map<string, YamlEntry>();
  for (const { key, value } of pairs) {
    const read = readPair({ key, value }, reader);
    if (isScalar(key) && key.type === Scalar.PLAIN && key.source === '<<') {
      for (const [name, entry] of mergedEntries(read.entry.value))
        if (!merged.has(name)) merged.set(name, entry);
    } else own.set(read.name, read.entry);
  }
  return merged.size === 0 ? own : new Map([...merged, ...own]);
}

function readPair(
  pair: { key: unknown; value: unknown },
  reader: Reader,
): { name: string; entry: YamlEntry } {
  const key = read(pair.key, reader);
  const value = pair.value === null ? nothing(key.range) : read(pair.value, reader);
  if (key.type !== 'scalar') throw new Unreadable('A key must be text.', key.range);
  const isText = typeof key.value === 'string';
  const name = typeof key.value === 'string' ? key.value : JSON.stringify(key.value);
  return { name, entry: { key: key.range, isText, value } };
}

function mergedEntries(value: YamlValue): Iterable<[string, YamlEntry]> {
  if (value.type === 'map') return value.entries;
  return value.type === 'list' ? value.items.flatMap((item) => [...mergedEntries(item)]) : [];
}

function nothing(range: TextRange): YamlValue {
  return { type: 'scalar', range, value: null };
}

function isNode(node: unknown): node is Node & { anchor?: string } {
  return isMap(node) || isSeq(node) || isScalar(node);
}

function rangeOf(node: unknown, reader: Reader): TextRange {
  const span = isNode(node) || isAlias(node) ? node.range : undefined;
  return reader.rangeOf(span ? [span[0], span[1]] : [0, 0]);
}
