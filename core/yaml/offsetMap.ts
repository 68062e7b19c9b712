/** A piece of the original text, and what is read in its place. */
export type Change = { readonly start: number; readonly end: number; readonly text: string };

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
  const steps = changes.map(({ start, end, text }, at) => {
    const grown = changes
      .slice(0, at)
      .reduce((sum, each) => sum + each.text.length - (each.end - each.start), 0);
    return { start, end, from: start + grown, to: start + grown + text.length };
  });
  return {
    toOriginal(offset) {
      let back = 0;
      for (const { start, end, from, to } of steps) {
        if (offset < from) break;
        if (offset <= to) return Math.min(end, start + (offset - from));
        back = to - end;
      }
      return offset - back;
    },
    toChanged(offset) {
      let forth = 0;
      for (const { start, end, from, to } of steps) {
        if (offset < start) break;
        if (offset < end) return Math.min(to, from + (offset - start));
        forth = to - end;
      }
      return offset + forth;
    },
  };
}
