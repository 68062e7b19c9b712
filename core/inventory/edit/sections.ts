import { isAlias, isMap, isScalar, isSeq, Scalar } from 'yaml';
import type { Pair, YAMLMap } from 'yaml';
import type { TextEdit } from '../../protocol/inventory.ts';
import { nameText, quotedText, type YamlContext } from '../write/yamlText.ts';
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

/** An entry to be made under `tags:` or `groups:`. */
export type NewEntry = {
  readonly section: 'tags' | 'groups';
  /** Where the section goes when there is none: behind this one, else to the end. */
  readonly behind: 'nodes' | 'groups';
  readonly key: string;
  /** The value, for a place with or without braces around it. */
  readonly value: (context: YamlContext) => string;
};

/** Adds an entry to a section; makes the section where there is none. */
export function addEntry(source: Source, entry: NewEntry): Edits {
  const { root, text, eol } = source;
  if (!root) return undefined;
  const section = pairOf(root, entry.section);
  if (!section) return [newSection(source, root, entry)];
  const { value } = section;
  const isFlow = root.flow === true;
  if (isMap(value) && value.items.length > 0) return [addPair({ map: value, isFlow }, entry, source)];
  if (isAlias(value) || isSeq(value) || (isScalar(value) && !isNull(value))) return undefined;
  const inBraces = `{ ${pairText(entry, 'flow')} }`;
  if (!isEmpty(value)) {
    const [start, end] = spanIn(value, text);
    const isBare = isScalar(value) || /^\{\s*\}$/.test(text.slice(start, end));
    return [isBare ? { start, end, text: inBraces } : insert(start + 1, ` ${pairText(entry, 'flow')} `)];
  }
  const end = endOfPair(section, text);
  if (isFlow) return [insert(end, ` ${inBraces}`)];
  const indent = indentAt(text, spanIn(section.key, text)[0]);
  return [insert(lineEnd(text, end), `${eol}${indent}${stepOf(source)}${pairText(entry, 'block')}`)];
}

/** Adds `key: value` behind the last entry of a map that has one. */
export function addPair(
  { map, isFlow }: { readonly map: YAMLMap; readonly isFlow: boolean },
  { key, value }: Pick<NewEntry, 'key' | 'value'>,
  { text, eol }: Source,
): TextEdit {
  const last = map.items.at(-1);
  const first = map.items[0];
  const end = last ? endOfPair(last, text) : endOf(map, text);
  if (isFlow || map.flow === true) {
    const isJson = isScalar(last?.key) && last.key.type === Scalar.QUOTE_DOUBLE;
    const written = isJson ? jsonPair({ key, value }) : pairText({ key, value }, 'flow');
    return insert(end, `, ${written}`);
  }
  const indent = indentAt(text, spanIn(first?.key, text)[0]);
  return insert(lineEnd(text, end), `${eol}${indent}${pairText({ key, value }, 'block')}`);
}

export function insert(at: number, text: string): TextEdit {
  return { start: at, end: at, text };
}

function newSection(source: Source, root: YAMLMap, entry: NewEntry): TextEdit {
  const { text, eol } = source;
  const before: Pair | undefined = pairOf(root, entry.behind) ?? root.items.at(-1);
  const end = before ? endOfPair(before, text) : endOf(root, text);
  if (root.flow === true) {
    const key = isScalar(before?.key) && before.key.type === Scalar.QUOTE_DOUBLE;
    const name = key ? quotedText(entry.section) : entry.section;
    return insert(end, `, ${name}: { ${key ? jsonPair(entry) : pairText(entry, 'flow')} }`);
  }
  const indent = indentAt(text, spanIn(root.items[0]?.key, text)[0]);
  const lines = [`${indent}${entry.section}:`, `${indent}${stepOf(source)}${pairText(entry, 'block')}`];
  return insert(lineEnd(text, end), lines.map((line) => `${eol}${line}`).join(''));
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

function pairText({ key, value }: Pick<NewEntry, 'key' | 'value'>, context: YamlContext): string {
  return `${nameText(key, context)}: ${value(context)}`;
}

function jsonPair({ key, value }: Pick<NewEntry, 'key' | 'value'>): string {
  const text = value('flow');
  return `${quotedText(key)}: ${/^["{[]/.test(text) ? text : quotedText(text)}`;
}
