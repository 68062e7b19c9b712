import type { InventoryFile, NodeSettings } from '../../schema/inventory.ts';
import { expandNames, foldNames } from '../../selection/nodeset.ts';
import type { Problem, TextRange } from '../../util/problem.ts';
import { shorten } from '../../util/shorten.ts';
import { nameProblem } from '../address.ts';
import { mostNodes } from '../part.ts';
import type { Finder } from './finder.ts';
import { problemAt } from './finder.ts';

/** A node as the file has it, before defaults and groups. */
export type NodeDraft = {
  readonly name: string;
  readonly settings: NodeSettings;
  /** Where the settings are written, and the range of their key. */
  readonly path: readonly [string, string];
  readonly range: TextRange;
};

/** Names of a text, and that with those before it there would be more than a file may have. */
export function expandWithin(
  text: string,
  { most, used, what }: { readonly most: number; readonly used: number; readonly what: string },
): ReturnType<typeof expandNames> {
  const read = expandNames(text, Math.min(mostNodes, most - used));
  if (used === 0 || read.problems[0]?.code !== 'SELECTION_TOO_MANY') return read;
  const message = `With “${shorten(text.trim())}” ${what} has more than ${most.toLocaleString('en')} nodes.`;
  return { ...read, problems: read.problems.map((problem) => ({ ...problem, message })) };
}

/** Expands the keys under `nodes:`, in file order. A name that is there already keeps its first settings. */
export function readNodes(
  file: InventoryFile,
  finder: Finder,
): { nodes: ReadonlyMap<string, NodeDraft>; problems: readonly Problem[] } {
  const nodes = new Map<string, NodeDraft>();
  const problems: Problem[] = [];
  for (const [pattern, settings] of file.nodes ?? []) {
    const where: Where = { path: ['nodes', pattern], part: 'key', value: pattern };
    const range = finder.at(where.path, 'key');
    const { names, problems: found } = expandWithin(pattern, {
      most: mostNodes,
      used: nodes.size,
      what: 'the file',
    });
    const fresh = names.filter((name) => !nodes.has(name));
    const inText = found.map((problem) => inKey(problem, finder, where));
    for (const problem of [...inText, ...keyProblems({ names, range, nodes })]) problems.push(problem);
    if (names.length > 1 && settings.host !== undefined)
      problems.push(sharedHost(finder, pattern, names.length));
    for (const name of fresh) nodes.set(name, { name, settings, path: where.path, range });
  }
  return { nodes, problems };
}

type Where = { readonly path: readonly [string, string]; readonly part: 'key'; readonly value: string };

function inKey(problem: Problem, finder: Finder, where: Where): Problem {
  const place = problem.range ?? { start: 0, end: where.value.length };
  return { ...problem, range: finder.inside(where, place) };
}

function keyProblems(key: {
  names: readonly string[];
  range: TextRange;
  nodes: ReadonlyMap<string, NodeDraft>;
}): Problem[] {
  const problems: Problem[] = [];
  const bad = key.names.map(nameProblem).find((finding) => finding !== undefined);
  if (bad) problems.push(problemAt(key.range, { code: 'inventory/name', ...bad }));
  const [first, ...others] = key.names.filter((name) => key.nodes.has(name));
  if (first === undefined) return problems;
  const line = key.nodes.get(first)?.range.line;
  const message =
    others.length === 0
      ? `Node "${first}" is there already, on line ${line}.`
      : `Nodes ${foldNames([first, ...others])} are there already, "${first}" on line ${line}.`;
  problems.push(problemAt(key.range, { code: 'inventory/repeated-node', message, fix: 'Keep one of them.' }));
  return problems;
}

function sharedHost(finder: Finder, pattern: string, count: number): Problem {
  const message = `${count} nodes cannot have one host.`;
  const fix = 'Leave "host" out, or give each node a key of its own.';
  const written = finder.at(['nodes', pattern, 'host'], 'key');
  return problemAt(written, { code: 'inventory/shared-host', message, fix });
}
