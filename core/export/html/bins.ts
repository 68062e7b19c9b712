/** Durations in milliseconds, from the lower edge to just below the upper. */
export type Bin = { readonly from: number; readonly to: number };

const mostBins = 12;

/**
 * Edges that people read easily, so that all durations fall into at most twelve bins: equal ones, or, where the longest
 * takes more than fifty times the shortest, each about twice as wide as the one before.
 */
export function binsOf(durations: readonly number[]): readonly Bin[] {
  const least = durations.reduce((a, b) => Math.min(a, b), Infinity);
  const most = durations.reduce((a, b) => Math.max(a, b), 1);
  const edges = most / Math.max(1, least) > 50 ? growingEdges(least, most) : evenEdges(least, most);
  return edges.slice(1).map((to, at) => ({ from: edges[at] ?? 0, to }));
}

function evenEdges(least: number, most: number): readonly number[] {
  const step = steps.find((size) => Math.floor(most / size) - Math.floor(least / size) < mostBins) ?? most;
  const first = Math.floor(least / step) * step;
  const count = Math.floor(most / step) - Math.floor(least / step) + 1;
  return Array.from({ length: count + 1 }, (_, at) => first + at * step);
}

function growingEdges(least: number, most: number): readonly number[] {
  const first = Math.max(
    0,
    steps.findLastIndex((edge) => edge <= least),
  );
  const last = steps.findIndex((edge) => edge > most);
  const stride = Math.ceil((last - first) / mostBins);
  const count = Math.ceil((last - first) / stride);
  const edges = Array.from({ length: count + 1 }, (_, at) => steps[first + at * stride] ?? Infinity);
  return least < (edges[0] ?? 0) ? [0, ...edges.slice(1)] : edges;
}

/** 1, 2, 5, 10, 20 … milliseconds, for more than a year. */
const steps: readonly number[] = Array.from({ length: 40 }, (_, at) => {
  const digit = [1, 2, 5][at % 3] ?? 1;
  return digit * 10 ** Math.floor(at / 3);
});
