import { joinNumbers } from '../nodeset/fold.ts';
import type { NumberSpan } from './rangeSet.ts';
import { countExactly, countSpans, expandSpans, readRangeSet } from './rangeSet.ts';

/** Numbers at one place of a name: one as it is written, or several. */
export type Axis = string | readonly NumberSpan[];

/** What one operand spells: `web[1-3]-r2` is the texts `web`, `-r`, `` around the axes `1-3` and `2`. */
export type Operand = { readonly texts: readonly string[]; readonly axes: readonly Axis[] };

/** How many names the operand spells at most, without making them. */
export function countOperand({ axes }: Operand): bigint {
  return axes.reduce((count, axis) => count * (typeof axis === 'string' ? 1n : countSpans(axis)), 1n);
}

/** How many names operands of one pattern spell together; undefined where only making them would tell. */
export function countOperands(operands: readonly Operand[]): bigint | undefined {
  const [only] = operands;
  if (operands.length === 1 && only) return productOf(only.axes.map(countAxis));
  if (operands.some(({ axes }) => axes.length > 1)) return undefined;
  return only?.axes.length === 0 ? 1n : countAxis(operands.flatMap(({ axes }) => axes.flatMap(spansOf)));
}

function countAxis(axis: Axis): bigint | undefined {
  return typeof axis === 'string' ? 1n : countExactly(axis);
}

function productOf(counts: readonly (bigint | undefined)[]): bigint | undefined {
  return counts.reduce(
    (product, count) => (product === undefined || count === undefined ? undefined : product * count),
    1n,
  );
}

function spansOf(axis: Axis): readonly NumberSpan[] {
  if (typeof axis !== 'string') return axis;
  const spans = readRangeSet(axis);
  return 'message' in spans ? [] : spans;
}

/** The numbers of each name, the last axis running fastest. Count them first. */
export function* rowsOf({ axes }: Operand): Generator<readonly string[]> {
  const lists = axes.map((axis) => (typeof axis === 'string' ? [axis] : expandSpans(axis)));
  const [only] = lists;
  if (lists.length === 1 && only) {
    for (const number of only) yield [number];
    return;
  }
  const places = lists.map(() => 0);
  for (;;) {
    yield lists.map((list, at) => list[places[at] ?? 0] ?? '');
    let at = lists.length - 1;
    for (; at >= 0; at -= 1) {
      const next = (places[at] ?? 0) + 1;
      if (next < (lists[at]?.length ?? 0)) {
        places[at] = next;
        break;
      }
      places[at] = 0;
    }
    if (at < 0) return;
  }
}

/** The names themselves. Count them first. */
export function* namesOf(operand: Operand): Generator<string> {
  for (const row of rowsOf(operand)) yield joinNumbers(operand.texts, row);
}

/** Texts and numbers of a name without brackets. */
export function splitName(name: string): { readonly texts: string[]; readonly axes: string[] } {
  const texts: string[] = [];
  const axes: string[] = [];
  for (const [at, piece] of name.split(/(\d+)/).entries()) (at % 2 === 0 ? texts : axes).push(piece);
  return { texts, axes };
}
