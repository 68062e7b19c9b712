import type { InventoryIndex } from '../inventory/model.ts';
import { nameOf } from '../inventory/paths.ts';
import { nearest } from '../util/nearest.ts';
import { nearestNode } from '../util/nearestNode.ts';
import type { Problem } from '../util/problem.ts';
import { addTo } from '../util/lists.ts';
import type { Unknown } from './evaluation.ts';
import { foldNames, foldToTerms, needsQuotes } from './nodeset.ts';
import { joinNumbers, shapesOf, splitNumbers } from './nodeset/fold.ts';
import { matchesPattern, quoteName, scanPattern } from './nodeset/pattern.ts';
import type { NameKind } from './selection.ts';

/** Hints cost a look at every name there is; after this many the list goes on without. */
const maxHints = 20;
/** Longest list of existing names that still is a hint, in characters. */
const maxHintLength = 60;

const prefixes: Readonly<Record<NameKind, string>> = {
  any: '',
  node: 'node:',
  group: '@',
  tag: 'tag:',
  source: 'source:',
  file: 'file:',
};

type Term = { readonly kind: NameKind; readonly text: string; readonly names: readonly string[] };

/** One error that lists all unknown names, folded, each with what may have been meant. */
export function unknownProblem(unknown: readonly Unknown[], index: InventoryIndex): Problem {
  const hintFor = hints(index);
  const listed = termsOf(unknown).map((term, at) => {
    const hint = at < maxHints ? hintFor(term) : undefined;
    return `${prefixes[term.kind]}${term.text}${hint === undefined ? '' : ` (${hint})`}`;
  });
  const patterns = [...new Set(unknown.filter((one) => one.type === 'pattern').map((one) => one.name))];
  const [first] = unknown;
  return {
    code: 'SELECTION_UNKNOWN',
    severity: 'error',
    message: `Not found: ${[...listed, ...patterns.map((text) => text + patternHint(text, index))].join(', ')}.`,
    ...(first ? { range: first.range } : {}),
    ...(first?.file === undefined ? {} : { file: first.file }),
  };
}

/** Unknown names of one kind fold together; kinds come in the order in which they first appear. */
function termsOf(unknown: readonly Unknown[]): Term[] {
  const byKind = new Map<NameKind, string[]>();
  for (const { type, kind, name } of unknown) {
    if (type === 'pattern') continue;
    addTo(byKind, kind, name);
  }
  return [...byKind].flatMap(([kind, names]) => foldToTerms(names).map((term) => ({ kind, ...term })));
}

function hints(index: InventoryIndex): (term: Term) => string | undefined {
  const shapes = shapesOf(index.nodes.keys());
  return ({ kind, names }) => {
    const [name = ''] = names;
    const shape =
      kind === 'any' || kind === 'node' ? shapes.get(splitNumbers(name).texts.join('\u0000')) : undefined;
    if (shape && shape.rows.length > 1) {
      const existing = foldNames(shape.rows.map((row) => joinNumbers(shape.texts, row)));
      if (existing.length <= maxHintLength) return `there is ${existing}`;
    }
    const meant = nearestLabel({ kind, name }, index);
    return meant === undefined ? undefined : `did you mean ${meant}?`;
  };
}

/** The closest name of the same kind, else of another kind, written so that it is found. */
function nearestLabel(
  { kind, name }: { kind: NameKind; name: string },
  index: InventoryIndex,
): string | undefined {
  const nodes = { prefix: '', names: [...index.nodes.keys()] };
  const groups = { prefix: '@', names: [...index.groups.keys()] };
  const tags = { prefix: 'tag:', names: [...index.tags.keys()] };
  const sources = {
    prefix: 'source:',
    names: [...new Set(index.inventory.sources.flatMap(({ id, type }) => [nameOf(id), type]))],
  };
  const lists = {
    // A tag is another word, and mostly a short one: only where it is just this.
    any: [nodes, groups, { ...tags, names: tags.names.filter((tag) => isSame(tag, name)) }],
    node: [nodes],
    group: [groups, nodes, tags],
    tag: [tags, groups, nodes],
    source: [sources],
    file: [],
  }[kind];
  const isNodes = kind === 'any' || kind === 'node';
  const found =
    (isNodes ? nearestNode(name, nodes.names) : undefined) ??
    nearest(
      name,
      lists.flatMap((list) => (isNodes && list === nodes ? [] : list.names)),
    );
  const list = found === undefined ? undefined : lists.find((one) => one.names.includes(found));
  if (found === undefined || !list) return undefined;
  return `${list.prefix}${needsQuotes(found) ? quoteName(found) : found}`;
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** A bare glob is matched with nodes only: says so when it would have matched groups. */
function patternHint(text: string, index: InventoryIndex): string {
  const { pattern, end } = scanPattern(text, 0);
  const isGlob = pattern.length > 0 && end === text.length;
  const fits = isGlob && [...index.groups.keys()].some((name) => matchesPattern(pattern, name));
  return fits ? ` (did you mean @${text}?)` : '';
}
