import type { Path } from '../../../core/yaml/places.ts';
import { type Above, aboveOf } from './above.ts';
import { flowAt } from './flow.ts';
import { type Line, lineAfter, lineAt, lineBefore } from './line.ts';

/** A place in a document, read from lines and indentation: it is there in a text that does not parse, too. */
export type Cursor = {
  /** Keys and list places down to the value that is being written, or whose key is. */
  readonly path: Path;
  /** Where that value stands: on a line of its own, behind `- `, behind `key: `, in flow style, in a block scalar. */
  readonly where: 'line' | 'dash' | 'value' | 'flow-key' | 'flow-value' | 'scalar';
  /** Keys beside the cursor. */
  readonly present: ReadonlySet<string>;
  /** Other items of a list stand beside the cursor at its column. */
  readonly isAmongItems: boolean;
  /** Where the text begins that the value has so far: behind a quote, in a block scalar with its header. */
  readonly start: number;
  /** Column at which a key that is written here stands. */
  readonly column: number;
};

/** Where an offset is; undefined in a comment. */
export function cursorAt(text: string, offset: number): Cursor | undefined {
  const line = lineAt(text, offset);
  const before = text.slice(line.start, offset);
  const column = Math.min(line.column, before.length);
  const isInValue = line.key !== undefined && offset >= line.key.valueStart;
  const own = { line, column: isInValue ? line.column + 1 : column };
  const above = aboveOf(text, own);
  const inside = scalarAround(text, above, offset) ?? flowAround(text, { above, offset, column });
  if (inside) return inside;
  if (/(?:^|\s)#/.test(withoutQuotes(before))) return undefined;
  const path = above.map(({ step }) => step);
  const start = line.start + column;
  if (line.key && isInValue) {
    const from = line.key.valueStart;
    return { ...nothingBeside, path, where: 'value', start: behindQuote(text, from, offset), column };
  }
  const flow = flowAt(text, start, offset);
  if (flow) return inFlow(flow, path, column);
  const open = above.at(-1);
  if (open?.hasPlainText && open.valueStart < line.start)
    return { ...nothingBeside, path, where: 'scalar', start: open.valueStart, column };
  const dashes = line.dashes.filter((dash) => dash < column);
  const beside = besideOf(text, line, column);
  // Between a dash and what it is of there will be a space.
  const gap = dashes.length > 0 && text[start - 1] === '-' ? 1 : 0;
  return {
    path,
    where: dashes.length > 0 && beside.present.size === 0 ? 'dash' : 'line',
    ...beside,
    start: behindQuote(text, start, offset),
    column: column + gap,
  };
}

const nothingBeside = { present: new Set<string>(), isAmongItems: false };

function inFlow(flow: NonNullable<ReturnType<typeof flowAt>>, path: Path, column: number): Cursor {
  return {
    path: [...path, ...flow.path],
    where: flow.part === 'key' ? 'flow-key' : 'flow-value',
    present: new Set(flow.present),
    isAmongItems: false,
    start: flow.start,
    column,
  };
}

/** The block scalar or quoted text that the cursor is in; the outermost, since inside of it nothing is structure. */
function scalarAround(text: string, above: readonly Above[], offset: number): Cursor | undefined {
  const at = above.findIndex(({ opensScalar, valueStart }) => {
    if (opensScalar) return text.slice(valueStart, offset).includes('\n');
    const quote = /^["']/.exec(text.slice(valueStart, valueStart + 1))?.[0];
    return (
      quote !== undefined &&
      isOpen(text.slice(valueStart + 1, offset), quote) &&
      hasBreak(text, valueStart, offset)
    );
  });
  const found = above[at];
  if (!found) return undefined;
  const path = above.slice(0, at + 1).map(({ step }) => step);
  return { ...nothingBeside, path, where: 'scalar', start: found.valueStart, column: found.column };
}

function hasBreak(text: string, from: number, to: number): boolean {
  return text.slice(from, to).includes('\n');
}

/** Is a quoted text not closed in what follows its quote? */
function isOpen(rest: string, quote: string): boolean {
  const closed = quote === '"' ? /^(?:[^"\\]|\\.)*"/s : /^(?:[^']|'')*'(?!')/s;
  return !closed.test(rest);
}

function flowAround(
  text: string,
  { above, offset, column }: { above: readonly Above[]; offset: number; column: number },
): Cursor | undefined {
  for (const [at, { valueStart }] of above.entries()) {
    if (!/^[{[]/.test(text.slice(valueStart, valueStart + 1))) continue;
    const flow = flowAt(text, valueStart, offset);
    if (flow)
      return inFlow(
        flow,
        above.slice(0, at + 1).map(({ step }) => step),
        column,
      );
  }
  return undefined;
}

/** Keys and dashes at the column of the cursor, up to where their parent and the next thing outside of it stand. */
function besideOf(text: string, line: Line, column: number): { present: Set<string>; isAmongItems: boolean } {
  const present = new Set<string>();
  let isAmongItems = false;
  const look = (next: typeof lineBefore, isDown: boolean): void => {
    for (let other = next(text, line, column); other; other = next(text, other, column)) {
      if (other.isBlank) continue;
      const [first = other.column] = other.dashes;
      if (isDown && first < column) break;
      if (other.key?.column === column) present.add(other.key.name);
      if (other.dashes.includes(column)) isAmongItems = true;
      if (first < column || (isDown && first === column && isAmongItems && other.key === undefined)) break;
    }
  };
  const isFirst = line.dashes.some((dash) => dash < column);
  if (!isFirst) look(lineBefore, false);
  look(lineAfter, true);
  return { present, isAmongItems };
}

function behindQuote(text: string, from: number, offset: number): number {
  return from < offset && /["']/.test(text[from] ?? '') ? from + 1 : Math.min(from, offset);
}

function withoutQuotes(before: string): string {
  return before.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'/g, (quoted) => '_'.repeat(quoted.length));
}
