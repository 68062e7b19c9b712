import type { Value } from '../../schema/value.ts';
import type { TextRange } from '../../util/problem.ts';
import type { Finding } from '../address.ts';
import { hostProblem, nameProblem, parseAddress, userProblem } from '../address.ts';
import type { Entry, PartNode, SettingEntries } from '../part.ts';
import type { Column } from './columns.ts';

/** A row as a node, and the groups that it names. */
export type ReadRow = { readonly node: PartNode; readonly groups: readonly string[] };

type Reading = {
  readonly columns: readonly Column[];
  readonly range: TextRange;
  resolvePath(path: string): string;
  /** What is wrong with the cell of a column. */
  refuse(at: number, finding: Finding): void;
};

/** The node of a row; undefined, and a problem, where it has no name. */
export function readRow(cells: readonly string[], reading: Reading): ReadRow | undefined {
  const { columns, range, refuse } = reading;
  const cellOf = (kind: Column['kind']): string =>
    cells[columns.findIndex((column) => column.kind === kind)] ?? '';
  const nameAt = columns.findIndex((column) => column.kind === 'name');
  const name = cells[nameAt] ?? '';
  if (name === '') {
    refuse(nameAt, { message: 'The row has no name.', fix: 'Write one, or take the row out.' });
    return undefined;
  }
  const isHost = cellOf('host') === '' && cellOf('transport') !== 'local';
  const finding = nameProblem(name) ?? (isHost ? hostProblem(name) : undefined);
  if (finding) {
    refuse(nameAt, finding);
    return undefined;
  }
  const entry = <T>(value: T): Entry<T> => ({ value, range });
  return {
    node: {
      name,
      place: { range },
      settings: settingsOf(cells, reading),
      vars: new Map(),
      facts: new Map([...factsOf(cells, columns)].map(([key, value]) => [key, entry(value)])),
      tags: checkedNames('tags', cells, reading).map(entry),
    },
    groups: checkedNames('groups', cells, reading),
  };
}

function settingsOf(
  cells: readonly string[],
  { columns, range, resolvePath, refuse }: Reading,
): SettingEntries {
  let settings: SettingEntries = {};
  for (const [at, { kind }] of columns.entries()) {
    const cell = cells[at] ?? '';
    if (cell === '') continue;
    const entry = <T>(value: T): Entry<T> => ({ value, range });
    if (kind === 'identityFile')
      settings = { ...settings, identityFiles: entry(wordsOf(cell, /[;|]/).map(resolvePath)) };
    if (kind === 'jump') settings = { ...settings, jump: entry(wordsOf(cell, /[;|,\s]+/)) };
    if (kind === 'cwd') settings = { ...settings, cwd: entry(resolvePath(cell)) };
    if (kind === 'host' || kind === 'user' || kind === 'transport')
      settings = { ...settings, [kind]: entry(cell) };
    if (kind === 'port') settings = { ...settings, port: entry(Number(cell)) };
    const finding = cellProblem(kind, cell);
    if (finding) refuse(at, finding);
  }
  if (settings.transport?.value !== 'local') return settings;
  // It works in the folder of the table, unless it says otherwise.
  return { cwd: { value: resolvePath('.') }, ...settings };
}

function cellProblem(kind: Column['kind'], cell: string): Finding | undefined {
  if (kind === 'host') return hostProblem(cell);
  if (kind === 'user') return userProblem(cell);
  if (kind === 'transport' && cell !== 'ssh' && cell !== 'local')
    return { message: 'This is not a transport.', fix: 'Write ssh or local, or nothing.' };
  if (kind === 'port') {
    const isPort = /^\d{1,5}$/.test(cell) && Number(cell) >= 1 && Number(cell) <= 65_535;
    return isPort ? undefined : { message: 'This is not a port.', fix: 'Write a number from 1 to 65535.' };
  }
  if (kind !== 'jump') return undefined;
  return wordsOf(cell, /[;|,\s]+/).flatMap((hop) => {
    const address = parseAddress(hop);
    return 'host' in address ? [] : [address];
  })[0];
}

/** Labels and groups of a cell: `web;prod`, `web|prod` or `web prod`. */
function checkedNames(
  kind: 'tags' | 'groups',
  cells: readonly string[],
  { columns, refuse }: Reading,
): string[] {
  const at = columns.findIndex((column) => column.kind === kind);
  const names = wordsOf(cells[at] ?? '', /[;|,\s]+/);
  return [...new Set(names)].filter((name) => {
    const finding = nameProblem(name);
    if (finding) refuse(at, finding);
    return !finding;
  });
}

function wordsOf(cell: string, between: RegExp): string[] {
  return cell.split(between).flatMap((word) => (word.trim() === '' ? [] : [word.trim()]));
}

type Branch = Map<string, Value | Branch>;

/** Columns that mean nothing here; empty cells say nothing. */
function factsOf(cells: readonly string[], columns: readonly Column[]): Map<string, Value> {
  const root: Branch = new Map();
  for (const [at, column] of columns.entries()) {
    const cell = cells[at] ?? '';
    if (column.kind !== 'fact' || cell === '') continue;
    const parent = column.path.slice(0, -1).reduce(branchOf, root);
    parent.set(column.path.at(-1) ?? '', valueOf(cell));
  }
  return new Map([...root].map(([key, value]) => [key, plain(value)]));
}

function branchOf(parent: Branch, key: string): Branch {
  const known = parent.get(key);
  if (known instanceof Map) return known;
  const branch: Branch = new Map();
  parent.set(key, branch);
  return branch;
}

function plain(value: Value | Branch): Value {
  if (!(value instanceof Map)) return value;
  return Object.fromEntries([...value].map(([key, inner]) => [key, plain(inner)]));
}

/** Numbers and truth values, where they are written as they are shown; `0042` and `1.10` stay text. JSON of a list or map is one. */
function valueOf(cell: string): Value {
  if (cell === 'true' || cell === 'false') return cell === 'true';
  if (/^\[.*\]$|^\{.*\}$/s.test(cell)) return treeOf(cell) ?? cell;
  const number = Number(cell);
  return Number.isFinite(number) && String(number) === cell ? number : cell;
}

/** UTF-16 units, and brackets inside each other, of a cell that is read as JSON. */
const longestTree = 100_000;
const deepestTree = 100;

function treeOf(cell: string): Value | undefined {
  if (cell.length > longestTree || depthOf(cell) > deepestTree) return undefined;
  try {
    const value: unknown = JSON.parse(cell);
    // JSON has no other values than these.
    return value as Value;
  } catch {
    return undefined;
  }
}

function depthOf(text: string): number {
  let depth = 0;
  let most = 0;
  for (const char of text) {
    if (char === '[' || char === '{') most = Math.max(most, ++depth);
    else if (char === ']' || char === '}') depth--;
  }
  return most;
}
