import { foldNames } from '../../selection/nodeset.ts';
import { nearestNode } from '../../util/nearestNode.ts';
import { meantOr, type Problem, type TextRange } from '../../util/problem.ts';
import { shorten } from '../../util/shorten.ts';
import type { Path } from '../../yaml/places.ts';
import type { OutsideMember } from '../part.ts';
import type { Finder } from './finder.ts';
import { problemAt } from './finder.ts';
import type { NodeDraft } from './nodes.ts';
import { expandWithin } from './nodes.ts';

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
  /** How many names the lists of the file have so far: a bound of its time. */
  readonly listed: { names: number };
};

export type Members = {
  readonly names: readonly string[];
  readonly outside: readonly OutsideMember[];
  readonly problems: readonly Problem[];
};

/** Names of nodes that a file lists, ranges expanded. */
export function readMembers(
  { texts, paths }: Texts,
  { nodes, finder, listed, allowOutside = false }: Known,
): Members {
  const names = new Set<string>();
  const outside: OutsideMember[] = [];
  const problems: Problem[] = [];
  for (const [at, text] of texts.entries()) {
    const candidates = paths(at);
    const path = candidates.find((each) => finder.isWritten(each)) ?? candidates.at(-1) ?? [];
    const where = { path, part: 'value', value: text } as const;
    const found = expandWithin(text, {
      most: mostListed,
      used: listed.names,
      what: 'all that groups and tags list',
    });
    listed.names += found.names.length;
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
    } else {
      const isAll = unknown.length === found.names.length;
      const shown = isAll || unknown.length > mostFolded ? shorten(text.trim()) : foldNames(unknown);
      problems.push(unknownNodes({ unknown, shown }, nodes.keys(), (name) => finder.word(where, name)));
    }
  }
  return { names: [...names], outside, problems };
}

/** Names that groups and tags of one file list together. */
const mostListed = 1_000_000;
/** Unknown names that a message folds. */
const mostFolded = 1000;

function unknownNodes(
  { unknown, shown }: { readonly unknown: readonly string[]; readonly shown: string },
  known: Iterable<string>,
  rangeOf: (name: string) => TextRange,
): Problem {
  const [first = ''] = unknown;
  const near = nearestNode(first, known);
  const what = meantOr(near, 'Write it under "nodes" first.');
  const isOne = unknown.length === 1;
  const message = isOne ? `There is no node "${first}".` : `There are no nodes ${shown}.`;
  const code = 'inventory/unknown-node';
  return problemAt(rangeOf(first), isOne ? { code, message, ...what, name: first } : { code, message });
}
