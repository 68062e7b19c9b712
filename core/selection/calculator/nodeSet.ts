import { formatOf } from '../nodeset/fold.ts';
import type { Operand } from './operand.ts';
import { rowsOf } from './operand.ts';
import type { Operator } from './scan.ts';

/** Names of one pattern: equal but for their numbers. A row is the numbers of a name, with commas between them. */
export type Numbered = { readonly texts: readonly string[]; readonly rows: Set<string> };

/**
 * A set of names by pattern, as ClusterShell has it: `%s` stands for a number, `%%` for a percent sign. A range of
 * negative numbers makes another pattern than the same names with a minus in their text.
 */
export type NodeSet = Map<string, Numbered>;

export function sizeOf(set: NodeSet): number {
  let size = 0;
  for (const { rows } of set.values()) size += rows.size;
  return size;
}

/** The numbers of a row. */
export function numbersOf(row: string, { texts }: Pick<Numbered, 'texts'>): string[] {
  return texts.length === 1 ? [] : row.split(',');
}

/** Adds the names that an operand spells. */
export function addOperand(set: NodeSet, operand: Operand): void {
  const { rows } = entryOf(set, operand.texts);
  for (const row of rowsOf(operand)) rows.add(row.join(','));
}

/** Adds one name by its texts and numbers. */
export function addRow(set: NodeSet, texts: readonly string[], row: readonly string[]): void {
  entryOf(set, texts).rows.add(row.join(','));
}

/** Changes the left set to what the operator makes of both. */
export function combine(left: NodeSet, operator: Operator, right: NodeSet): void {
  switch (operator) {
    case ',':
      for (const { texts, rows } of right.values()) {
        const own = entryOf(left, texts).rows;
        for (const row of rows) own.add(row);
      }
      return;
    case '!':
      for (const [pattern, { rows }] of right) {
        const own = left.get(pattern)?.rows;
        if (own) for (const row of rows) own.delete(row);
      }
      break;
    case '&':
      for (const [pattern, { rows }] of left) {
        const others = right.get(pattern)?.rows;
        for (const row of rows) if (!others?.has(row)) rows.delete(row);
      }
      break;
    case '^':
      for (const { texts, rows } of right.values()) {
        const own = entryOf(left, texts).rows;
        for (const row of rows) if (!own.delete(row)) own.add(row);
      }
      break;
  }
  for (const [pattern, { rows }] of left) if (rows.size === 0) left.delete(pattern);
}

/** Whether the left set has everything that is in the right one. */
export function includes(left: NodeSet, right: NodeSet): boolean {
  for (const [pattern, { rows }] of right) {
    const own = left.get(pattern)?.rows;
    for (const row of rows) if (!own?.has(row)) return false;
  }
  return true;
}

function entryOf(set: NodeSet, texts: readonly string[]): Numbered {
  const pattern = formatOf(texts);
  const known = set.get(pattern);
  if (known) return known;
  const made: Numbered = { texts, rows: new Set() };
  set.set(pattern, made);
  return made;
}
