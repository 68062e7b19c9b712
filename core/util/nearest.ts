/** However long a word is, more mistakes than this make it another word. */
const mostTypos = 4;

/**
 * The candidate closest to a mistyped word, or undefined when none is close. Case does not count; of equally close
 * candidates the first wins. Distance: optimal string alignment (insert, delete, replace, swap neighbours).
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase();
  let limit = Math.min(mostTypos, Math.floor((wanted.length + 1) / 3));
  let found: string | undefined;
  for (const candidate of candidates) {
    const distance = distanceWithin(wanted, candidate.toLowerCase(), limit);
    if (distance === undefined) continue;
    found = candidate;
    if (distance === 0) return found;
    limit = distance - 1;
  }
  return found;
}

/** Undefined when the distance is above the limit. Cells further than the limit from the diagonal are not looked at. */
function distanceWithin(a: string, b: string, limit: number): number | undefined {
  if (Math.abs(a.length - b.length) > limit) return undefined;
  let beforeLast: number[] = [];
  let last = Array.from({ length: Math.min(b.length, limit) + 1 }, (_unused, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current: number[] = [];
    let least = Infinity;
    for (let column = Math.max(0, row - limit); column <= Math.min(b.length, row + limit); column += 1) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1;
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const distance = Math.min(
        column === 0 ? row : Infinity,
        (last[column] ?? Infinity) + 1,
        (current[column - 1] ?? Infinity) + 1,
        (last[column - 1] ?? Infinity) + cost,
        swapped ? (beforeLast[column - 2] ?? Infinity) + 1 : Infinity,
      );
      current[column] = distance;
      least = Math.min(least, distance);
    }
    if (least > limit) return undefined;
    beforeLast = last;
    last = current;
  }
  const distance = last[b.length] ?? Infinity;
  return distance <= limit ? distance : undefined;
}
