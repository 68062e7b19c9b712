import { isCollection, isMap, isPair, isScalar, isSeq, Scalar } from 'yaml';
import type { Pair, YAMLMap } from 'yaml';
import { compose } from '../../yaml/compose.ts';
import { linesOf } from '../../yaml/lines.ts';
import type { Span } from '../../yaml/scalar.ts';
import { spanOf } from '../../yaml/scalar.ts';

/** A YAML text that is being changed. */
export type Source = { readonly text: string; readonly eol: string; readonly root: YAMLMap | undefined };

/** A map in it; `isFlow` where it or something around it is written in braces or brackets. */
export type MapSpot = { readonly map: YAMLMap; readonly isFlow: boolean };

export function sourceOf(text: string): Source {
  const { contents } = compose(text, linesOf(text));
  return { text, eol: text.includes('\r\n') ? '\r\n' : '\n', root: isMap(contents) ? contents : undefined };
}

/** The entry of a key. */
export function pairOf(map: YAMLMap | undefined, key: string): Pair | undefined {
  return map?.items.find((pair) => scalarText(pair.key) === key);
}

/** The text of a name as Muster reads it: what was written, where it is plain. */
export function scalarText(node: unknown): string | undefined {
  if (!isScalar(node)) return undefined;
  return node.type === Scalar.PLAIN ? (node.source ?? '') : String(node.value);
}

/** Whether nothing is written: `key:`. */
export function isEmpty(node: unknown): boolean {
  if (isScalar(node)) return (node.source ?? '') === '' && node.type === Scalar.PLAIN;
  return !isCollection(node) && spanOf(node)[1] === 0;
}

/** Whether it is null, written as nothing, `~` or `null`. */
export function isNull(node: unknown): boolean {
  return isEmpty(node) || (isScalar(node) && node.type === Scalar.PLAIN && node.value === null);
}

/** A map inside a map that is in braces itself or around. */
export function spotOf(value: unknown, { isFlow }: { readonly isFlow: boolean }): MapSpot | undefined {
  return isMap(value) ? { map: value, isFlow: isFlow || value.flow === true } : undefined;
}

/** Offset behind what is written of a node, comments and line breaks after it left out. */
export function endOf(node: unknown, text: string): number {
  if ((isMap(node) || isSeq(node)) && node.flow !== true) {
    const last: unknown = node.items.at(-1);
    if (isPair(last)) return endOfPair(last, text);
    if (last !== undefined && !isEmpty(last)) return endOf(last, text);
  }
  const [start, end] = spanOf(node);
  return start + text.slice(start, end).trimEnd().length;
}

/** The same of `key: value`; where there is no value, behind the colon. */
export function endOfPair({ key, value }: Pair, text: string): number {
  if (!isEmpty(value)) return endOf(value, text);
  const end = endOf(key, text);
  return end + (/^\s*:/.exec(text.slice(end, end + 200))?.[0].length ?? 0);
}

/** Where a line ends, before its line break. */
export function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  if (at === -1) return text.length;
  return text[at - 1] === '\r' && at > from ? at - 1 : at;
}

/** Column of an offset, as blanks to begin a line with. */
export function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return ' '.repeat(offset - Math.max(start, text.charCodeAt(start) === 0xfeff ? start + 1 : start));
}

/** Where a key or value begins and ends. */
export function spanIn(node: unknown, text: string): Span {
  return [spanOf(node)[0], endOf(node, text)];
}
