/** Durations in milliseconds, from the lower edge to just below the upper. */
export type Bin = { readonly from: number; readonly to: number };

const mostBins = 12;

/**
 * Edges that people read easily, so that all durations fall into at most twelve bins: equal ones, or, where the longest
 * takes more than fifty times the shortest, each about twice as wide as the one before.
 */
export function binsOf(durations: readonly number[]): readonly Bin[] {
  const least = Math.max(1, Math.min(...durations));
  const most = Math.max(1, ...durations);
  const edges = most / least > 50 ? growingEdges(least, most) : evenEdges(Math.min(...durations), most);
  return edges.slice(1).map((to, at) => ({ from: edges[at] ?? 0, to }));
}

function evenEdges(least: number, most: number): readonly number[] {
  const step = steps(1).find((size) => Math.floor(most / size) - Math.floor(least / size) < mostBins) ?? most;
  const first = Math.floor(least / step) * step;
  const count = Math.floor(most / step) - Math.floor(least / step) + 1;
  return Array.from({ length: count + 1 }, (_, at) => first + at * step);
}

function growingEdges(least: number, most: number): readonly number[] {
  const all = steps(1);
  const first = all.findLastIndex((edge) => edge <= least);
  const last = all.findIndex((edge) => edge > most);
  const edges = all.slice(Math.max(0, first), last + 1);
  return edges.length - 1 > mostBins ? edges.filter((_, at) => (edges.length - 1 - at) % 3 === 0) : edges;
}

/** 1, 2, 5, 10, 20 … milliseconds, up to a year. */
function steps(from: number): readonly number[] {
  const sizes: number[] = [];
  for (let size = from; size < 4e10; size *= 10) sizes.push(size, 2 * size, 5 * size);
  return sizes;
}
