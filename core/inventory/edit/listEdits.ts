import { isScalar, isSeq, Scalar } from 'yaml';
import type { YAMLSeq } from 'yaml';
import { nameText, quotedText } from '../write/yamlText.ts';
import type { TextEdit } from './editQuery.ts';
import { appendInFlow, removeInFlow } from './flowEdits.ts';
import { replaceText } from './scalarEdit.ts';
import { addNames, hasAlike, removeNames } from './terms.ts';
import { endOf, indentAt, lineEnd, scalarText, type Source, spanIn } from './yamlTree.ts';

/** A value that is one text or a list of them, in a text; `isFlow` where braces are around it. */
export type ListSpot = { readonly value: unknown; readonly source: Source; readonly isFlow: boolean };

/** Edits, or undefined where the place is written in a way that is left to people: an alias. */
export type Edits = readonly TextEdit[] | undefined;

/** Puts a label behind the last one. */
export function addLabel({ value, source, isFlow }: ListSpot, label: string): Edits {
  if (isSeq(value)) return appendItem({ list: value, source, isFlow }, label);
  if (!isScalar(value)) return undefined;
  const [start, end] = spanIn(value, source.text);
  const both = [source.text.slice(start, end), nameText(label, 'flow')];
  return [{ start, end, text: `[${both.join(', ')}]` }];
}

/** Takes a label out, as often as it is there. */
export function removeLabel(spot: ListSpot, label: string): Edits {
  const { value, source } = spot;
  if (isScalar(value)) return [{ ...rangeOf(value, source.text), text: '[]' }];
  if (!isSeq(value)) return undefined;
  return removeItems({ list: value, source }, (item) => scalarText(item) === label);
}

/** Adds names of nodes: to the text, or to the item of the list that has others of their kind. */
export function addMembers({ value, source, isFlow }: ListSpot, names: readonly string[]): Edits {
  const text = scalarText(value);
  if (isScalar(value) && text !== undefined) {
    return [replaceText(value, addNames(text, names), { text: source.text, isFlow })];
  }
  if (!isSeq(value)) return undefined;
  const inFlow = isFlow || value.flow === true;
  const edits: TextEdit[] = [];
  let left = names;
  for (const item of value.items) {
    const own = scalarText(item);
    if (!isScalar(item) || own === undefined) return undefined;
    const alike = isRange(own) ? left.filter((name) => hasAlike(own, name)) : [];
    if (alike.length === 0) continue;
    const more = addNames(own, alike);
    edits.push(replaceText(item, more, { text: source.text, isFlow: inFlow }));
    left = left.filter((name) => !alike.includes(name));
  }
  if (left.length > 0) {
    edits.push(...appendItem({ list: value, source, isFlow }, addNames('', left)));
  }
  return edits;
}

/** Takes names of nodes out; an empty list stays where none is left. */
export function removeMembers({ value, source, isFlow }: ListSpot, gone: ReadonlySet<string>): Edits {
  const text = scalarText(value);
  if (isScalar(value) && text !== undefined) {
    const left = removeNames(text, gone);
    return [
      left === ''
        ? { ...rangeOf(value, source.text), text: '[]' }
        : replaceText(value, left, { text: source.text, isFlow }),
    ];
  }
  if (!isSeq(value)) return undefined;
  const inFlow = isFlow || value.flow === true;
  const edits: TextEdit[] = [];
  for (const item of value.items) {
    const own = scalarText(item);
    if (!isScalar(item) || own === undefined) return undefined;
    const left = removeNames(own, gone);
    if (left !== '' && left !== own)
      edits.push(replaceText(item, left, { text: source.text, isFlow: inFlow }));
  }
  const isGone = (item: unknown): boolean => removeNames(scalarText(item) ?? '', gone) === '';
  return [...edits, ...removeItems({ list: value, source }, isGone)];
}

/** Whether an item is a range, or a list of several: a single name stays an item of its own. */
function isRange(text: string): boolean {
  return /[[,]/.test(text);
}

type List = { readonly list: YAMLSeq; readonly source: Source; readonly isFlow: boolean };

function appendItem({ list, source: { text, eol }, isFlow }: List, value: string): TextEdit[] {
  const last: unknown = list.items.at(-1);
  const inFlow = isFlow || list.flow === true;
  const isQuoted = isScalar(last) && last.type === Scalar.QUOTE_DOUBLE;
  const written = isQuoted ? quotedText(value) : nameText(value, inFlow ? 'flow' : 'block');
  const [start] = spanIn(list, text);
  if (last === undefined) return [{ start: start + 1, end: start + 1, text: written }];
  if (inFlow) return appendInFlow(spanIn(last, text), written, { text, eol });
  const at = lineEnd(text, endOf(last, text));
  return [{ start: at, end: at, text: `${eol}${indentAt(text, start)}- ${written}` }];
}

function removeItems(
  { list, source: { text } }: Pick<List, 'list' | 'source'>,
  isGone: (item: unknown) => boolean,
): TextEdit[] {
  const { items } = list;
  const gone = items.filter(isGone);
  if (list.flow === true) {
    const places = new Set(items.flatMap((item, at) => (isGone(item) ? [at] : [])));
    return removeInFlow(
      items.map((item) => spanIn(item, text)),
      places,
      text,
    );
  }
  const isAll = gone.length === items.length;
  return gone.map((item, at) => blockItem(item, { text, isLastOne: isAll && at === 0 }));
}

/** The line of an item; a comment on it stays, on a line of its own. */
function blockItem(item: unknown, { text, isLastOne }: { text: string; isLastOne: boolean }): TextEdit {
  const { start: valueStart, end } = rangeOf(item, text);
  const dash = text.lastIndexOf('-', valueStart - 1);
  const lineStart = text.lastIndexOf('\n', dash) + 1;
  const rest = text.slice(end, lineEnd(text, end));
  if (isLastOne) {
    const colon = /:\s*$/.exec(text.slice(Math.max(0, dash - 200), dash))?.[0];
    return colon ? { start: dash - colon.length + 1, end, text: ' []' } : { start: dash, end, text: '  []' };
  }
  if (rest.trim() !== '') return { start: dash, end: end + (/^\s*/.exec(rest)?.[0].length ?? 0), text: '' };
  const next = text.indexOf('\n', end);
  return { start: lineStart, end: next === -1 ? text.length : next + 1, text: '' };
}

function rangeOf(node: unknown, text: string): { start: number; end: number } {
  const [start, end] = spanIn(node, text);
  return { start, end };
}
