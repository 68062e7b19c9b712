import { readRangeSet, expandSpans } from '../../core/selection/calculator/rangeSet.ts';
import type { Kind } from '../../core/selection/calculator/calculate.ts';
import type { Result } from '../../core/util/errors.ts';
import type { Words } from './words.ts';

export type Task = 'expand' | 'fold' | 'count' | 'regroup' | 'list';

/** Options of a calculation, checked. */
export type Settings = {
  readonly kind: Kind;
  readonly separator: string;
  /** The threshold for steps, by the size of the set; undefined where there are no steps. */
  readonly autostep: ((size: number) => number) | undefined;
  readonly axes: readonly number[] | undefined;
  readonly split: number;
  readonly isContiguous: boolean;
  readonly slice: string | undefined;
};

/** Reads the options that say how a result is taken apart and written. */
export function readSettings({ flags }: Words, task: Task): Result<Settings> {
  const last = (name: string): string | undefined => flags.get(name)?.at(-1);
  const kind: Kind = flags.has('rangeset') ? 'numbers' : 'nodes';
  const separator = unescaped(last('separator') ?? ' ');
  if (separator === undefined)
    return refuse('The separator has a "\\" that means nothing. Write \\n, \\t or \\\\.');
  const autostep = readAutostep(last('autostep'));
  if (autostep === 'wrong') return refuse('Write --autostep 3, --autostep 50% or --autostep auto.');
  const split = last('split') ?? '1';
  if (!/^-?\d{1,9}$/.test(split)) return refuse('--split needs a whole number: write --split 3.');
  if (flags.has('split') && flags.has('contiguous'))
    return refuse('--split and --contiguous exclude each other: leave one out.');
  const axis = last('axis');
  if (axis !== undefined && (task !== 'fold' || kind === 'numbers'))
    return refuse('--axis is for folding node sets: leave it out.');
  if (kind === 'numbers' && (flags.has('all') || task === 'regroup'))
    return refuse('Numbers have no groups: leave out --rangeset.');
  const axes = axis === undefined ? undefined : readAxes(axis);
  if (axes === 'wrong')
    return { ok: false, error: { code: 'SELECTION_SYNTAX', message: `“${axis}” is no axis. ${axisFix}` } };
  const settings = { kind, separator, autostep, axes, split: Number(split), slice: last('slice') };
  return { ok: true, value: { ...settings, isContiguous: flags.has('contiguous') } };
}

const axisFix = 'Write --axis 1, --axis 1-2, or --axis -1 for the last.';

function readAutostep(text: string | undefined): Settings['autostep'] | 'wrong' {
  if (text === undefined) return undefined;
  if (text === 'auto') return (size) => Math.max(3, size);
  const [, number, percent] = /^(-?\d{1,9}(?:\.\d{1,9})?)(%?)$/.exec(text) ?? [];
  if (number === undefined || (percent === '' && number.includes('.'))) return 'wrong';
  return percent === '' ? () => Number(number) : (size) => Math.ceil((size * Number(number)) / 100);
}

/** `1-2` are the first two positions, `-1` is the last one; 0 is none. */
function readAxes(text: string): number[] | 'wrong' {
  if (text.startsWith('-')) return /^-\d{1,3}$/.test(text) ? [Number(text)] : 'wrong';
  const spans = readRangeSet(text);
  if ('message' in spans || spans.some(({ first, last }) => first < 0n || last > 1000n)) return 'wrong';
  return expandSpans(spans)
    .map((place) => Number(place) - 1)
    .filter((place) => place >= 0);
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['0', '\0'],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
]);

/** A separator with its escapes understood; undefined where one means nothing. */
function unescaped(text: string): string | undefined {
  let result = '';
  for (const [piece, escaped] of text.matchAll(/\\(.?)|[^\\]+/gs)) {
    const char = escaped === undefined ? piece : escapes.get(escaped);
    if (char === undefined) return undefined;
    result += char;
  }
  return result;
}

function refuse(message: string): Result<never> {
  return { ok: false, error: { code: 'USAGE', message } };
}
