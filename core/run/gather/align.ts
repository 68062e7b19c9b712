/** Places of two lists that belong together; -1 where one has nothing for the other. */
export type Aligned = readonly [number, number];

/** Most cells of the table below; longer lists are set side by side. */
const mostCells = 250_000;

/**
 * Sets two lists side by side so that as many equal texts as possible stand together (longest common subsequence).
 * Between them, what differs is paired in order.
 */
export function align(a: readonly string[], b: readonly string[]): readonly Aligned[] {
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
  let end = 0;
  const most = Math.min(a.length, b.length) - start;
  while (end < most && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const inner = common(a.slice(start, a.length - end), b.slice(start, b.length - end));
  const matches: Aligned[] = [
    ...range(start, 0, 0),
    ...inner.map(([x, y]): Aligned => [x + start, y + start]),
    ...range(end, a.length - end, b.length - end),
    [a.length, b.length],
  ];
  return matches.flatMap(([x, y], at): Aligned[] => {
    const [fromX, fromY] = matches[at - 1] ?? [-1, -1];
    const gap = between([fromX + 1, x], [fromY + 1, y]);
    return x === a.length ? gap : [...gap, [x, y]];
  });
}

function range(length: number, x: number, y: number): Aligned[] {
  return Array.from({ length }, (_, at): Aligned => [x + at, y + at]);
}

/** What lies between two matches, in pairs; the longer side's rest alone. */
function between([fromX, toX]: Aligned, [fromY, toY]: Aligned): Aligned[] {
  const length = Math.max(toX - fromX, toY - fromY);
  return Array.from({ length }, (_, at): Aligned => [
    fromX + at < toX ? fromX + at : -1,
    fromY + at < toY ? fromY + at : -1,
  ]);
}

function common(a: readonly string[], b: readonly string[]): readonly Aligned[] {
  if (a.length === 0 || b.length === 0 || a.length * b.length > mostCells) return [];
  const width = b.length + 1;
  /** Length of the longest common subsequence of the rests from each pair of places on. */
  const lengths = new Uint16Array((a.length + 1) * width);
  const at = (x: number, y: number): number => lengths[x * width + y] ?? 0;
  for (let x = a.length - 1; x >= 0; x--) {
    for (let y = b.length - 1; y >= 0; y--) {
      lengths[x * width + y] = a[x] === b[y] ? at(x + 1, y + 1) + 1 : Math.max(at(x + 1, y), at(x, y + 1));
    }
  }
  const matches: Aligned[] = [];
  for (let x = 0, y = 0; x < a.length && y < b.length;) {
    if (a[x] === b[y]) matches.push([x++, y++]);
    else if (at(x + 1, y) >= at(x, y + 1)) x++;
    else y++;
  }
  return matches;
}
