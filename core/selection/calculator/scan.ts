import type { Complaint } from '../place.ts';
import type { Axis, Operand } from './operand.ts';
import { splitName } from './operand.ts';
import type { NumberSpan, RangeRefusal } from './rangeSet.ts';
import { countSpans, readRangeSet, withDigitsAfter, withDigitsBefore } from './rangeSet.ts';

export type Operator = ',' | '!' | '&' | '^';

/** An operand, what is to be done with it, and where it stands. */
export type Term = {
  readonly operator: Operator;
  readonly operand: Operand;
  readonly text: string;
  readonly at: number;
};

/** Numbers in brackets that have digits before them, at most: each is looked at. */
const maxBesideDigits = 1_000_000n;

/**
 * Reads a node set as nodeset(1) does, strictly from left to right. Whatever is neither an operator nor a bracket belongs
 * to a name, quotes and spaces inside it too.
 */
export function scanTerms(text: string): readonly Term[] | Complaint {
  const end = text.trimEnd().length;
  const start = text.length - text.trimStart().length;
  const terms: Term[] = [];
  if (start >= end) return terms;
  let operator: Operator = ',';
  for (let at = start; ; at += 1) {
    while (at < end && /\s/.test(text[at] ?? '')) at += 1;
    const stop = endOfOperand(text, at, end);
    const written = text.slice(at, stop).trimEnd();
    const place = { start: at, end: Math.max(stop, at + 1) };
    if (written === '') return { place, message: 'A node set is missing here.' };
    const operand = readOperand(written);
    if ('message' in operand) return { place, ...operand };
    terms.push({ operator, operand, text: written, at });
    const next = operatorAt(text, stop);
    if (stop >= end || !next) return terms;
    operator = next;
    at = stop;
  }
}

/** Place of the first operator that stands outside brackets. */
function endOfOperand(text: string, from: number, end: number): number {
  let open = false;
  for (let at = from; at < end; at += 1) {
    const char = text[at];
    if (char === '[') open = true;
    else if (char === ']') open = false;
    else if (!open && operatorAt(text, at)) return at;
  }
  return end;
}

function operatorAt(text: string, at: number): Operator | undefined {
  const char = text[at];
  return char === ',' || char === '!' || char === '&' || char === '^' ? char : undefined;
}

/** Names with brackets, such as `web[1-3]-r2`. Digits beside brackets belong to their numbers. */
function readOperand(written: string): Operand | RangeRefusal {
  const [head = '', ...pieces] = written.split('[');
  if (head.includes(']')) return { message: '“]” has no “[” before it.' };
  const operand: Building = { texts: [], axes: [] };
  let before = head;
  for (const [at, piece] of pieces.entries()) {
    const [inner = '', after, extra] = piece.split(']');
    if (after === undefined) return { message: '“[” is not closed.', fix: 'Add “]”.' };
    if (extra !== undefined) return { message: '“]” has no “[” before it.' };
    const digitsBefore = /\d*$/.exec(before)?.[0] ?? '';
    const digitsAfter = /^\d*/.exec(after)?.[0] ?? '';
    const spans = readBracket(inner, { digitsBefore, digitsAfter });
    if ('message' in spans) return spans;
    append(operand, before.slice(0, before.length - digitsBefore.length));
    operand.axes.push(spans);
    before = after.slice(digitsAfter.length);
    if (before === '' && at < pieces.length - 1)
      return { message: 'A bracket can not follow another one at once.' };
  }
  append(operand, before);
  const isTooLong = operand.axes.some((axis) => typeof axis === 'string' && axis.length > 100);
  return isTooLong ? { message: 'A number has more than 100 digits.' } : operand;
}

type Building = { readonly texts: string[]; readonly axes: Axis[] };

/** Adds what stands before, between or after brackets. */
function append({ texts, axes }: Building, written: string): void {
  const split = splitName(written);
  texts.push(...split.texts);
  axes.push(...split.axes);
}

type Beside = { readonly digitsBefore: string; readonly digitsAfter: string };

function readBracket(
  inner: string,
  { digitsBefore, digitsAfter }: Beside,
): readonly NumberSpan[] | RangeRefusal {
  let spans = readRangeSet(inner);
  if ('message' in spans) return spans;
  if (digitsAfter !== '') {
    if (inner.includes('/')) return { message: 'Digits can not follow a range with steps.' };
    spans = readRangeSet(withDigitsAfter(digitsAfter, inner));
    if ('message' in spans) return spans;
  }
  if (digitsBefore === '') return spans;
  if (countSpans(spans) > maxBesideDigits)
    return { message: 'The range is too large for digits before it.', fix: 'Put them into the range.' };
  return readRangeSet(withDigitsBefore(digitsBefore, spans));
}
