import { expandNames, foldNames } from '../../selection/nodeset.ts';
import { nearest } from '../../util/nearest.ts';
import type { Problem, TextRange } from '../../util/problem.ts';
import type { Path } from '../../yaml/places.ts';
import { mostNodes, type OutsideMember } from '../part.ts';
import type { Finder } from './finder.ts';
import { problemAt } from './finder.ts';
import type { NodeDraft } from './nodes.ts';

type Texts = {
  readonly texts: readonly string[];
  /** Where the text at a place of the list may be written, the likeliest first. */
  readonly paths: (at: number) => readonly Path[];
};

type Known = {
  readonly nodes: ReadonlyMap<string, NodeDraft>;
  readonly finder: Finder;
  /** Whether nodes may be in other sources; then unknown ones are given back instead of refused. */
  readonly allowOutside?: boolean;
};

export type Members = {
  readonly names: readonly string[];
  readonly outside: readonly OutsideMember[];
  readonly problems: readonly Problem[];
};

/** Names of nodes that a file lists, ranges expanded. */
export function readMembers(
  { texts, paths }: Texts,
  { nodes, finder, allowOutside = false }: Known,
): Members {
  const names = new Set<string>();
  const outside: OutsideMember[] = [];
  const problems: Problem[] = [];
  for (const [at, text] of texts.entries()) {
    const candidates = paths(at);
    const path = candidates.find((each) => finder.isWritten(each)) ?? candidates.at(-1) ?? [];
    const where = { path, part: 'value', value: text } as const;
    const found = expandNames(text, mostNodes);
    for (const problem of found.problems) {
      const place = problem.range ?? { start: 0, end: text.length };
      problems.push({ ...problem, range: finder.inside(where, place) });
    }
    const unknown = found.names.filter((name) => !nodes.has(name));
    for (const name of found.names) if (allowOutside || nodes.has(name)) names.add(name);
    if (unknown.length === 0) continue;
    if (allowOutside) {
      for (const name of unknown) {
        outside.push({ kind: 'node', name, place: { range: finder.word(where, name) } });
      }
    } else problems.push(unknownNodes(unknown, nodes.keys(), (name) => finder.word(where, name)));
  }
  return { names: [...names], outside, problems };
}

function unknownNodes(
  unknown: readonly string[],
  known: Iterable<string>,
  rangeOf: (name: string) => TextRange,
): Problem {
  const [first = ''] = unknown;
  const near = nearest(first, known);
  const fix = near === undefined ? 'Write it under "nodes" first.' : `Did you mean "${near}"?`;
  const isOne = unknown.length === 1;
  const message = isOne ? `There is no node "${first}".` : `There are no nodes ${foldNames(unknown)}.`;
  return problemAt(rangeOf(first), { code: 'inventory/unknown-node', message, fix: isOne ? fix : undefined });
}
