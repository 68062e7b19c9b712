/** A piece of the original text, and what is read in its place. */
export type Change = {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** It can not be meant otherwise, so that what is around it is as it was written. */
  readonly isSure?: true;
};

/** Offsets of one text as offsets of another that was made of it. */
export type OffsetMap = {
  toOriginal(offset: number): number;
  toChanged(offset: number): number;
};

/** The text with its changes, which are in order and do not overlap. */
export function changed(original: string, changes: readonly Change[]): string {
  let text = '';
  let at = 0;
  for (const { start, end, text: instead } of changes) {
    text += original.slice(at, start) + instead;
    at = end;
  }
  return text + original.slice(at);
}

/** Inside a change offsets go on one by one as long as both texts have some. */
export function offsetMapOf(changes: readonly Change[]): OffsetMap {
  let grown = 0;
  const steps = changes.map(({ start, end, text }) => {
    const from = start + grown;
    grown += text.length - (end - start);
    return { start, end, from, to: from + text.length };
  });
  return {
    toOriginal(offset) {
      const at = lastOf(steps, (step) => step.from <= offset);
      // Where two changes meet, the earlier one has the place between them.
      const step = [steps[at - 1], steps[at]].find((each) => each !== undefined && offset <= each.to);
      if (step && offset >= step.from) return Math.min(step.end, step.start + (offset - step.from));
      const before = steps[at];
      return before ? offset - (before.to - before.end) : offset;
    },
    toChanged(offset) {
      const step = steps[lastOf(steps, ({ start }) => start <= offset)];
      if (!step) return offset;
      const { start, end, from, to } = step;
      return offset < end ? Math.min(to, from + (offset - start)) : offset + (to - end);
    },
  };
}

/** Place of the last item for which a test holds that holds for those before it too; -1 where it holds for none. */
function lastOf<T>(items: readonly T[], holds: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && holds(item)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
