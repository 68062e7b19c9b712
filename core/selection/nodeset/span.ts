import type { TextPlace } from '../../util/problem.ts';
import type { Complaint } from '../place.ts';
import { isPadded } from './runs.ts';

/** `first-last/step`. Numbers have at least `width` digits, filled with zeros; 0 means that nothing is filled. */
export type Span = {
  readonly first: number;
  readonly last: number;
  readonly step: number;
  readonly width: number;
};

/** Longest number that is still exact in arithmetic. */
export const maxDigits = 15;

/** Above this many numbers, repeats inside one bracket are no longer looked for. */
const exactCountLimit = 100_000;

/** Reads what stands between the brackets, such as `01-20,25,30-40/2`; `place` is that of the brackets. */
export function parseSpans(content: string, place: TextPlace): { spans: Span[]; complaint?: Complaint } {
  const spans: Span[] = [];
  for (const part of content.split(',')) {
    const span = parseSpan(part.trim());
    if (!('first' in span)) return { spans, complaint: { place, ...span } };
    spans.push(span);
  }
  return { spans };
}

/** How many different numbers the spans name. */
export function countSpans(spans: readonly Span[]): number {
  const total = spans.reduce((sum, span) => sum + countSpan(span), 0);
  if (spans.length === 1 || total > exactCountLimit) return total;
  return new Set(expandSpans(spans)).size;
}

/** The numbers as written, filled with zeros, in the order of the spans. */
export function expandSpans(spans: readonly Span[]): string[] {
  const numbers: string[] = [];
  for (const span of spans) {
    for (let value = span.first; value <= span.last; value += span.step) {
      numbers.push(String(value).padStart(span.width, '0'));
    }
  }
  return numbers;
}

/** Whether the spans name this number, written with exactly these digits. */
export function spansInclude(spans: readonly Span[], digits: string): boolean {
  if (digits.length > maxDigits) return false;
  const value = Number(digits);
  return spans.some((span) => {
    const written = String(value).padStart(span.width, '0');
    return (
      written === digits &&
      value >= span.first &&
      value <= span.last &&
      (value - span.first) % span.step === 0
    );
  });
}

function parseSpan(text: string): Span | { message: string; fix?: string } {
  if (text === '') return { message: 'A number is missing in the brackets.', fix: 'Write web[1-3,5].' };
  const match = /^(\d+)(?:\s*-\s*(\d+)(?:\s*\/\s*(\d+))?)?$/.exec(text);
  const first = match?.[1];
  if (!match || first === undefined) {
    return { message: `“${text}” is not a range.`, fix: 'Write first-last or first-last/step: [1-9/2].' };
  }
  const last = match[2] ?? first;
  const step = match[3] ?? '1';
  if ([first, last, step].some((digits) => digits.length > maxDigits)) {
    return { message: `A number in “${text}” has more than ${maxDigits} digits.` };
  }
  if (Number(step) === 0) return { message: `The step of “${text}” is 0.`, fix: 'Write 1 or more.' };
  if (Number(last) < Number(first)) {
    return { message: `The range ${first}-${last} is backwards.`, fix: `Write ${last}-${first}.` };
  }
  const padded = isPadded(first) || isPadded(last);
  if (padded && first.length !== last.length) {
    const fix = `Write ${first.padStart(last.length, '0')}-${last.padStart(first.length, '0')}.`;
    return { message: `The widths of ${first} and ${last} differ.`, fix };
  }
  return {
    first: Number(first),
    last: Number(last),
    step: Number(step),
    width: padded ? first.length : 0,
  };
}

function countSpan(span: Span): number {
  return Math.floor((span.last - span.first) / span.step) + 1;
}
