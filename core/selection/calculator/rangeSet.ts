import { compareNumbers, runsOf } from '../nodeset/runs.ts';

/** `first-last/step`. Numbers have at least `width` digits, filled with zeros; 0 means that nothing is filled. */
export type NumberSpan = {
  readonly first: bigint;
  readonly last: bigint;
  readonly step: bigint;
  readonly width: number;
};

/** Why a text is no range set. */
export type RangeRefusal = { readonly message: string; readonly fix?: string };

/** Longest number, in digits. */
const maxDigits = 100;

/** Above this many numbers the repeats of spans with steps are not looked for. */
const exactCountLimit = 1_000_000;

/** Reads `1-5,007-010,20-40/5,-3`, as ClusterShell's RangeSet does: numbers of any size, negative ones too. */
export function readRangeSet(text: string): readonly NumberSpan[] | RangeRefusal {
  const spans: NumberSpan[] = [];
  for (const part of text.split(',')) {
    const span = readSpan(part.trim());
    if ('message' in span) return span;
    spans.push(span);
  }
  return spans;
}

/** How many different numbers the spans name, at most; see {@link countExactly}. */
export function countSpans(spans: readonly NumberSpan[]): bigint {
  return countExactly(spans) ?? countRepeated(spans);
}

/** How many different numbers the spans name; undefined where too many in steps would have to be compared. */
export function countExactly(spans: readonly NumberSpan[]): bigint | undefined {
  const total = countRepeated(spans);
  if (spans.length === 1) return total;
  if (spans.every(({ step }) => step === 1n)) return countIntervals(spans);
  return total > exactCountLimit ? undefined : BigInt(new Set(expandSpans(spans)).size);
}

/** The numbers as they are written, in the order of the spans. Count them first. */
export function expandSpans(spans: readonly NumberSpan[]): string[] {
  const numbers: string[] = [];
  for (const { first, last, step, width } of spans) {
    if (last <= Number.MAX_SAFE_INTEGER && first >= Number.MIN_SAFE_INTEGER) {
      for (let value = Number(first); value <= last; value += Number(step))
        numbers.push(String(value).padStart(width, '0'));
    } else {
      for (let value = first; value <= last; value += step) numbers.push(String(value).padStart(width, '0'));
    }
  }
  return numbers;
}

/** `5-12` after the digits `1` is `15-112`: ClusterShell puts the digits before both ends of each run. */
export function withDigitsBefore(digits: string, spans: readonly NumberSpan[]): string {
  const runs = runsOf([...new Set(expandSpans(spans))].sort(compareNumbers));
  return runs
    .map(({ first, last }) => (first === last ? digits + first : `${digits}${first}-${digits}${last}`))
    .join(',');
}

/** `1-3` before the digits `50` is `150-350/100`. */
export function withDigitsAfter(digits: string, text: string): string {
  const step = `1${'0'.repeat(digits.length)}`;
  return text
    .split(',')
    .map((part) => {
      const ends = part.split('-').map((end) => end.trim() + digits);
      return ends.length === 1 ? ends.join('') : `${ends.join('-')}/${step}`;
    })
    .join(',');
}

function readSpan(text: string): NumberSpan | RangeRefusal {
  if (text === '') return { message: 'A number is missing.', fix: 'Write 1-3,5.' };
  const match =
    /^(-?)\s*(\d+)(?:\s*-\s*(-?)\s*(\d+))?(?:\s*\/\s*(\d+))?$/.exec(text.length > 400 ? '' : text) ?? [];
  const [, firstSign = '', from, lastSign = '', to = from, by = '1'] = match;
  if (from === undefined || to === undefined) {
    const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
    return { message: `“${shown}” is not a range.`, fix: 'Write first-last or first-last/step: 1-9/2.' };
  }
  if (from.length > maxDigits || to.length > maxDigits || by.length > maxDigits)
    return { message: `A number has more than ${maxDigits} digits.` };
  const isSingle = match[4] === undefined;
  const first = BigInt(firstSign + from);
  const last = isSingle ? first : BigInt(lastSign + to);
  const step = BigInt(by);
  if (step === 0n || (isSingle && step !== 1n)) return { message: `“${text}” has no use for this step.` };
  if (last < first) return { message: `The range ${text} is backwards.` };
  const width = hasZeros(from) || /^0+$/.test(from) ? paddingOf(from) : 0;
  if ((width > 0 || hasZeros(to)) && from.length !== to.length)
    return { message: `The widths of ${from} and ${to} differ.`, fix: 'Fill both with zeros, or none.' };
  if (width > 0 && firstSign !== '') return { message: 'Negative numbers can not be filled with zeros.' };
  return { first, last, step, width };
}

function countRepeated(spans: readonly NumberSpan[]): bigint {
  return spans.reduce((sum, { first, last, step }) => sum + (last - first) / step + 1n, 0n);
}

/** Zeros before another digit: `007`, and not `000`. */
function hasZeros(digits: string): boolean {
  return /^0+[1-9]/.test(digits);
}

function paddingOf(digits: string): number {
  return digits.length > 1 ? digits.length : 0;
}

/** Numbers of one padding, from and to. Those that need no filling are the same whatever their padding. */
type Interval = { readonly width: number; readonly first: bigint; readonly last: bigint };

function countIntervals(spans: readonly NumberSpan[]): bigint {
  const intervals = spans.flatMap(({ first, last, width }): Interval[] => {
    if (width === 0) return [{ width, first, last }];
    const full = 10n ** BigInt(width - 1);
    const filled = { width, first, last: last < full ? last : full - 1n };
    const plain = { width: 0, first: first < full ? full : first, last };
    return [filled, plain].filter((each) => each.first <= each.last);
  });
  intervals.sort((a, b) => a.width - b.width || compareBig(a.first, b.first));
  let count = 0n;
  let before: Interval | undefined;
  for (const interval of intervals) {
    const covered = before?.width === interval.width ? before.last : interval.first - 1n;
    if (interval.last > covered)
      count += interval.last - (covered < interval.first ? interval.first - 1n : covered);
    if (before?.width !== interval.width || interval.last > before.last) before = interval;
  }
  return count;
}

function compareBig(a: bigint, b: bigint): number {
  return a < b ? -1 : Number(a > b);
}
