import type { Problem } from '../util/problem.ts';
import { sortNames } from './nodeset/sort.ts';
import { expandSpans, countSpans, parseSpans } from './nodeset/span.ts';
import type { Pick } from './pick.ts';

export type Picked = { readonly nodes: readonly string[]; readonly problems: readonly Problem[] };

/** Longest slice, in places. */
const mostPlaces = 100_000;

/**
 * Puts nodes in order and takes a part of them: order, slice, sample, one after the other.
 *
 * @param seed of shuffle and sample, where the pick names none
 */
export function pickNodes(nodes: readonly string[], pick: Pick, seed: number): Picked {
  const random = randomNumbers(pick.seed ?? seed);
  const ordered = orderNodes(nodes, pick, random);
  const sliced =
    pick.slice === undefined ? { nodes: ordered, problems: [] } : sliceNodes(ordered, pick.slice);
  if (pick.sample === undefined || sliced.problems.length > 0) return sliced;
  return sampleNodes(sliced.nodes, pick.sample, random);
}

/** Inventory and selection order are the resolver's affair: they come in as they are. */
function orderNodes(nodes: readonly string[], { order }: Pick, random: () => number): readonly string[] {
  switch (order) {
    case 'sorted':
      return sortNames(nodes);
    case 'reverse':
      return nodes.toReversed();
    case 'shuffle':
      return shuffled(nodes, random);
    case 'inventory':
    case 'selection':
    case undefined:
      return nodes;
  }
}

function sliceNodes(nodes: readonly string[], slice: string): Picked {
  const { spans, complaint } = parseSpans(slice.trim(), { start: 0, end: slice.length });
  if (complaint) return refused(`The slice "${slice}" is no list of places.`, 'Write 0-9, 0-99/10 or 5,7.');
  if (countSpans(spans) > mostPlaces)
    return refused(`The slice "${slice}" is too long.`, 'Write a shorter one.');
  const places = new Set(expandSpans(spans).map(Number));
  const taken = nodes.filter((_, at) => places.has(at));
  if (taken.length > 0 || nodes.length === 0) return { nodes: taken, problems: [] };
  return {
    nodes: [],
    problems: [noted(`The slice ${slice} takes none of ${nodes.length} nodes, from 0 on.`)],
  };
}

/** As many as asked for, at most all of them, in the order in which they were. */
function sampleNodes(nodes: readonly string[], sample: string, random: () => number): Picked {
  const [, digits, percent] = /^(\d{1,7}(?:\.\d{1,6})?)(%?)$/.exec(sample.trim()) ?? [];
  const amount = Number(digits);
  if (digits === undefined || (percent === '%' ? amount > 100 : !Number.isInteger(amount))) {
    return refused(`"${sample}" is no number of nodes.`, 'Write a number such as 5, or a share such as 10%.');
  }
  const count = percent === '%' ? Math.ceil((amount / 100) * nodes.length - 1e-9) : amount;
  if (count === 0 && nodes.length > 0)
    return {
      nodes: [],
      problems: [noted(`A sample of ${sample.trim()} takes none of ${nodes.length} nodes.`)],
    };
  const chosen = new Set(shuffled(nodes, random).slice(0, count));
  return { nodes: nodes.filter((node) => chosen.has(node)), problems: [] };
}

function noted(message: string): Problem {
  return { code: 'SELECTION_PICK', severity: 'warning', message };
}

function refused(message: string, fix: string): Picked {
  return { nodes: [], problems: [{ code: 'SELECTION_PICK', severity: 'error', message, fix }] };
}

/** Fisher and Yates: every order is as likely as any other. */
function shuffled(nodes: readonly string[], random: () => number): string[] {
  const order = [...nodes];
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    const [a, b] = [order[at], order[other]];
    if (a === undefined || b === undefined) continue;
    order[at] = b;
    order[other] = a;
  }
  return order;
}

/** Numbers from 0 to below 1, the same for the same seed: the generator mulberry32 of Tommy Ettinger. */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
