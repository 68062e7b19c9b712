import type { Path } from '../../../core/yaml/places.ts';
import { flowEntries } from './flow.ts';
import { type Line, lineAfter, lineAt } from './line.ts';

/** An entry of a map in a document, with its value as far as it stands on the same line. */
export type OutlineEntry = { readonly path: Path; readonly value: string };

/** UTF-16 units: names that are further down in a text are not offered, so that nobody waits for them. */
const farthest = 512 * 1024;

/**
 * Every key of a document with its path, read line by line: names for completion, from a text that need not parse. One
 * pass, a few microseconds a line.
 */
export function outlineOf(text: string): readonly OutlineEntry[] {
  const found: OutlineEntry[] = [];
  const open: Open[] = [];
  let scalarColumn = Infinity;
  for (let line: Line | undefined = lineAt(text, 0); line; line = lineAfter(text, line)) {
    if (line.start > farthest) break;
    const [first = line.column] = line.dashes;
    if (line.isBlank || first > scalarColumn) continue;
    scalarColumn = line.opensScalar ? (line.key?.column ?? first) : Infinity;
    for (const dash of line.dashes) openItem(open, dash);
    if (line.key) readKey({ text, line, open, found });
    else if (line.dashes.length > 0) readFlow({ text, open, found }, line.start + line.column);
  }
  return found;
}

/** Looks up what stands behind the key at a path; undefined where there is no such key. */
export function valuesOf(outline: readonly OutlineEntry[]): (path: Path) => string | undefined {
  const known = new Map(outline.map(({ path, value }) => [path.join('\n'), value]));
  return (path) => known.get(path.join('\n'));
}

/** A key or a place in a list that is open, at its column. */
type Open = { step: string | number; readonly column: number };

function openItem(open: Open[], column: number): void {
  while (open.length > 0 && (open.at(-1)?.column ?? 0) > column) open.pop();
  const last = open.at(-1);
  if (typeof last?.step === 'number' && last.column === column) last.step += 1;
  else open.push({ step: 0, column });
}

type Reading = { readonly text: string; readonly open: Open[]; readonly found: OutlineEntry[] };

function readKey({ line, ...reading }: Reading & { readonly line: Line }): void {
  const { key } = line;
  if (!key) return;
  const { text, open, found } = reading;
  const isBeside = ({ step, column }: Open): boolean =>
    column > key.column || (column === key.column && (typeof step === 'string' || line.dashes.length === 0));
  for (let last = open.at(-1); last && isBeside(last); last = open.at(-1)) open.pop();
  open.push({ step: key.name, column: key.column });
  const written = text
    .slice(Math.min(key.valueStart, line.end), line.end)
    .replace(/\s+#.*$/, '')
    .trim();
  found.push({ path: open.map(({ step }) => step), value: written.replaceAll(/^["']|["']$/g, '') });
  if (/^[{[]/.test(written)) readFlow(reading, key.valueStart);
}

function readFlow({ text, open, found }: Reading, from: number): void {
  if (!/^[{[]/.test(text.slice(from, from + 1))) return;
  const above = open.map(({ step }) => step);
  for (const { path, value } of flowEntries(text, from)) found.push({ path: [...above, ...path], value });
}
