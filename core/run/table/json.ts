import type { TableRecord } from './record.ts';

/** How deep objects within objects become columns: `memory.free`. */
const deepest = 3;

/** Records of a JSON document, or of lines that are each one; nothing for anything else. */
export function jsonRecords(text: string): readonly TableRecord[] {
  const whole = parse(text);
  if (whole) return rowsOf(whole.value).map(flat);
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const values = lines.map((line) => parse(line));
  return values.every((each) => each !== undefined) ? values.map(({ value }) => flat(value)) : [];
}

/** A scalar by itself is no table: any number that a command prints would be one. */
function rowsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return typeof value === 'object' && value !== null ? [value] : [];
}

function parse(text: string): { readonly value: unknown } | undefined {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{') && !trimmed.startsWith('[')) return undefined;
  try {
    return { value: JSON.parse(trimmed) };
  } catch {
    return undefined;
  }
}

function flat(value: unknown): TableRecord {
  return Object.fromEntries(fieldsOf(value, '', deepest));
}

function fieldsOf(value: unknown, name: string, depth: number): readonly [string, string][] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && depth > 0) {
    return Object.entries(value).flatMap(([key, inner]) =>
      fieldsOf(inner, name === '' ? key : `${name}.${key}`, depth - 1),
    );
  }
  return [[name === '' ? 'value' : name, textOf(value)]];
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === null || value === undefined ? '' : JSON.stringify(value);
}
