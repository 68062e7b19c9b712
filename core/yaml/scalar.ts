import { isAlias, isMap, isScalar, isSeq, Scalar } from 'yaml';
import type { Shape } from '../schema/shape.ts';
import type { Problem } from '../util/problem.ts';
import { visible } from '../util/visible.ts';
import type { Lines } from './lines.ts';
import { tabBefore } from './indents.ts';
import { strangeIndent, tabIndent } from './words.ts';

/** Half-open span of UTF-16 offsets. */
export type Span = readonly [start: number, end: number];

/** Stands in for a value that was written in a way that cannot be read; its problem is reported already. */
export const unreadable: unique symbol = Symbol('unreadable');

/** Where problems of a text go, and the text that they quote. */
export type Report = { readonly text: string; readonly lines: Lines; readonly problems: Problem[] };

/** Is text wanted here, so that the written characters count and not what YAML makes of them? */
export function wantsText(shapes: readonly Shape[]): boolean {
  return shapes.some((shape) => shape.kind === 'text');
}

/** The value of a scalar; where text is wanted, its source text. */
export function scalarValue(node: Scalar, shapes: readonly Shape[], to: Report): unknown {
  if (!wantsText(shapes)) return node.value;
  if (node.tag !== undefined || node.anchor !== undefined) return quoteThis(spanOf(node), to);
  if (node.type !== Scalar.PLAIN || node.value !== null) return textOf(node);
  if (shapes.some((shape) => shape.kind === 'null')) return null;
  return node.source ? quoteThis(spanOf(node), to) : null;
}

/** The text of a key, as it was written where it is plain: `012` stays `012`. */
export function keyText(node: unknown, shapes: readonly Shape[], to: Report): string | typeof unreadable {
  if (isAlias(node)) return quoteThis(spanOf(node), to);
  if (!isScalar(node)) return keyNoText(node, to);
  const isMarked = node.tag !== undefined || node.anchor !== undefined;
  const key = textOf(node);
  if (isMarked && (key === '' || wantsText(shapes))) return quoteThis(spanOf(node), to);
  if (key !== '<<' || node.type !== Scalar.PLAIN) return key;
  return report(to, spanOf(node), {
    code: 'yaml/merge-key',
    message: 'Merge keys are not read.',
    fix: 'Use "defaults" or the vars of a group.',
  });
}

/** A map or list as a key: `{{ x }}` is a map in a map, and so is a line that is indented too little. */
function keyNoText(node: unknown, to: Report): typeof unreadable {
  const [start, end] = spanOf(node);
  const braces = to.text[start - 1] === '{' ? bracesAt(start - 1, to.text) : undefined;
  if (braces !== undefined) return report(to, [start - 1, start - 1 + braces.length], quoteBraces(braces));
  const isBlock = (isMap(node) || isSeq(node)) && node.flow !== true;
  if (isBlock && !/\?\s*$/.test(to.text.slice(Math.max(0, start - 1000), start)))
    return wrongIndent(start, to);
  return report(to, [start, end], { code: 'yaml/key', message: 'A key must be text.', fix: 'Quote it.' });
}

function wrongIndent(start: number, to: Report): typeof unreadable {
  const tab = tabBefore(to.text, start);
  if (tab !== undefined) return report(to, [tab, tab + 1], tabIndent);
  const length = /^[^\r\n]*/.exec(to.text.slice(start))?.[0].length ?? 0;
  return report(to, [start, start + length], strangeIndent);
}

/** What begins with `{{` there: with what stands behind it, unless that belongs to a list or map around it. */
function bracesAt(start: number, text: string): string | undefined {
  const line = /^[^\r\n]*/.exec(text.slice(start))?.[0] ?? '';
  if (!line.startsWith('{{')) return undefined;
  const [closed] = /^\{\{[^{}]*\}\}/.exec(line) ?? [];
  const isInside = closed !== undefined && /^\s*[,\]}]/.test(line.slice(closed.length));
  return isInside ? closed : line.replace(/\s+#.*$/, '').trimEnd();
}

function quoteBraces(written: string): Pick<Problem, 'code' | 'message' | 'fix'> {
  return {
    code: 'yaml/quote-this',
    message: 'YAML gives {{ at the beginning of a value a meaning of its own.',
    fix: `Quote it: '${clip(written)}'.`,
  };
}

/** Adds an error at a span. */
export function report(
  to: Report,
  span: Span,
  problem: Pick<Problem, 'code' | 'message' | 'fix' | 'related'>,
): typeof unreadable {
  to.problems.push({ ...problem, severity: 'error', range: to.lines.range(...span) });
  return unreadable;
}

/** The report that a name or selection was written so that YAML reads something else. */
export function quoteThis(span: Span, to: Report): typeof unreadable {
  const [start, end] = withMarks(span, to.text);
  const source = to.text.slice(start, end).trimEnd().replace(/:$/, '');
  const quoted = /^(?:[!&]\S*\s+)+(["'].*)$/s.exec(source)?.[1];
  return report(to, [start, start + source.length], {
    code: 'yaml/quote-this',
    message: `YAML gives ${clip(source)} a meaning of its own.`,
    fix: quoted === undefined ? `Quote it: write ${JSON.stringify(clip(source))}.` : `Write ${clip(quoted)}.`,
  });
}

export function spanOf(node: unknown): Span {
  const range = isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range : undefined;
  return range ? [range[0], range[1]] : [0, 0];
}

/** Text of a file for a message: shortened, and nothing in it acts or hides. */
export function clip(raw: string): string {
  const text = visible(raw.slice(0, 100));
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function textOf(node: Scalar): string {
  return node.type === Scalar.PLAIN ? (node.source ?? '') : String(node.value);
}

/** A node's span begins after its tag and anchor; a person means them too. */
function withMarks([start, end]: Span, text: string): Span {
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const marks = /(?:^|[\s[{,])((?:[!&][^\s,[\]{}]*\s*)+)$/.exec(before)?.[1];
  if (marks === undefined) return [start, end];
  return [start - marks.length, end];
}
