import { isAlias, isMap, isScalar, isSeq, Scalar } from 'yaml';
import type { Pair, YAMLMap } from 'yaml';
import { nameText, quotedText } from '../write/yamlText.ts';
import type { TextEdit } from './editQuery.ts';
import { appendInFlow } from './flowEdits.ts';
import type { Edits } from './listEdits.ts';
import {
  endOf,
  endOfPair,
  indentAt,
  isEmpty,
  isNull,
  lineEnd,
  pairOf,
  type Source,
  spanIn,
} from './yamlTree.ts';

/** What is around a value: indentation, braces, or braces in a file that is JSON. */
export type Surroundings = 'block' | 'flow' | 'json';

/** An entry to be made under `tags:` or `groups:`. */
export type NewEntry = {
  readonly section: 'tags' | 'groups';
  /** Where the section goes when there is none: behind this one, else to the end. */
  readonly behind: 'nodes' | 'groups';
  readonly key: string;
  readonly value: (around: Surroundings) => string;
};

/** Adds an entry to a section; makes the section where there is none. */
export function addEntry(source: Source, entry: NewEntry): Edits {
  const { root, text, eol } = source;
  if (!root) return undefined;
  const section = pairOf(root, entry.section);
  if (!section) return newSection(source, root, entry);
  const { value } = section;
  const isFlow = root.flow === true;
  if (isMap(value) && value.items.length > 0) return addPair({ map: value, isFlow }, entry, source);
  if (isAlias(value) || isSeq(value) || (isScalar(value) && !isNull(value))) return undefined;
  const inside = pairText(entry, isFlow ? surroundingsOf(section.key) : 'flow');
  const inBraces = `{ ${inside} }`;
  if (!isEmpty(value)) {
    const [start, end] = spanIn(value, text);
    const isBare = isScalar(value) || /^\{\s*\}$/.test(text.slice(start, end));
    return [isBare ? { start, end, text: inBraces } : insert(start + 1, ` ${inside} `)];
  }
  const end = endOfPair(section, text);
  if (isFlow) return [insert(end, ` ${inBraces}`)];
  const indent = indentAt(text, spanIn(section.key, text)[0]);
  return [insert(lineEnd(text, end), `${eol}${indent}${stepOf(source)}${pairText(entry, 'block')}`)];
}

/** Adds `key: value` behind the last entry of a map that has one. */
export function addPair(
  { map, isFlow }: { readonly map: YAMLMap; readonly isFlow: boolean },
  entry: Pick<NewEntry, 'key' | 'value'>,
  { text, eol }: Source,
): TextEdit[] {
  const last = map.items.at(-1);
  const end = last ? endOfPair(last, text) : endOf(map, text);
  if (isFlow || map.flow === true) {
    const written = pairText(entry, surroundingsOf(last?.key));
    return appendInFlow([spanIn(last?.key, text)[0], end], written, { text, eol });
  }
  const indent = indentAt(text, spanIn(map.items[0]?.key, text)[0]);
  return [insert(lineEnd(text, end), `${eol}${indent}${pairText(entry, 'block')}`)];
}

/** In braces: JSON where a neighbour has its key in double quotes. */
export function surroundingsOf(key: unknown): 'flow' | 'json' {
  return isScalar(key) && key.type === Scalar.QUOTE_DOUBLE ? 'json' : 'flow';
}

/** A name as it is written in such a place. */
export function textIn(name: string, around: Surroundings): string {
  return around === 'json' ? quotedText(name) : nameText(name, around);
}

export function insert(at: number, text: string): TextEdit {
  return { start: at, end: at, text };
}

function newSection(source: Source, root: YAMLMap, entry: NewEntry): TextEdit[] {
  const { text, eol } = source;
  if (root.flow === true) {
    const value = (around: Surroundings): string => `{ ${pairText(entry, around)} }`;
    return addPair({ map: root, isFlow: true }, { key: entry.section, value }, source);
  }
  const before: Pair | undefined = pairOf(root, entry.behind) ?? root.items.at(-1);
  const end = before ? endOfPair(before, text) : endOf(root, text);
  const indent = indentAt(text, spanIn(root.items[0]?.key, text)[0]);
  const lines = [`${indent}${entry.section}:`, `${indent}${stepOf(source)}${pairText(entry, 'block')}`];
  return [insert(lineEnd(text, end), lines.map((line) => `${eol}${line}`).join(''))];
}

/** Blanks by which the file indents what is under a key. */
function stepOf({ root, text }: Source): string {
  for (const { key, value } of root?.items ?? []) {
    const first = isMap(value) && value.flow !== true ? value.items[0] : undefined;
    if (!first) continue;
    const outer = indentAt(text, spanIn(key, text)[0]).length;
    const inner = indentAt(text, spanIn(first.key, text)[0]).length;
    if (inner > outer) return ' '.repeat(inner - outer);
  }
  return '  ';
}

function pairText({ key, value }: Pick<NewEntry, 'key' | 'value'>, around: Surroundings): string {
  return `${textIn(key, around)}: ${value(around)}`;
}
