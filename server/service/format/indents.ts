import type { Line } from '../cursor/line.ts';
import type { ContinuedLines } from '../../../core/yaml/continuedLines.ts';

/** Column at which each line is to begin, by its number from 0; a line that is not here stays. */
export type Indents = ReadonlyMap<number, number>;

type Source = { readonly text: string; readonly lines: readonly Line[]; readonly continued: ContinuedLines };

/** A key or dash that is open: the column at which it stands, and at which it is to stand. */
type Open = { readonly old: number; readonly now: number; readonly isDash: boolean };

/** Two columns for each level; what began on an earlier line moves with that line. */
export function indentsOf({ text, lines, continued }: Source): Indents {
  const indents = new Map<number, number>();
  const open: Open[] = [];
  const waiting: number[] = [];
  const spacesOf = ({ start, end }: Line): number => /^[ \t]*/.exec(text.slice(start, end))?.[0].length ?? 0;
  for (const [at, line] of lines.entries()) {
    const inside = continued.get(at);
    if (inside) {
      const first = lines[inside.from];
      const moved = first ? (indents.get(inside.from) ?? 0) - spacesOf(first) : 0;
      indents.set(at, Math.max(0, spacesOf(line) + moved + shiftBehind(first, inside.isText)));
      continue;
    }
    if (text.slice(line.start, line.end).trim() === '') continue;
    if (line.isBlank) {
      waiting.push(at);
      continue;
    }
    const indent = place(line, open);
    indents.set(at, indent);
    comments(
      { waiting, lines, next: { old: line.dashes[0] ?? line.column, now: indent } },
      indents,
      spacesOf,
    );
  }
  comments({ waiting, lines, next: { old: 0, now: 0 } }, indents, spacesOf);
  return indents;
}

/** A block scalar is indented from the key, which dashes with a space less have moved. */
function shiftBehind(first: Line | undefined, isText: boolean): number {
  if (!first || !isText || first.dashes.length === 0) return 0;
  const width = first.column - (first.dashes[0] ?? 0);
  return first.dashes.length * 2 - width;
}

/** Where a line is to begin; what it opens is open from then on. */
function place(line: Line, open: Open[]): number {
  const first = line.dashes[0] ?? line.column;
  const isDash = line.dashes.length > 0;
  const isDone = (top: Open): boolean => top.old > first || (top.old === first && !(isDash && !top.isDash));
  const same = open.findLast((each) => each.old === first && each.isDash === isDash);
  for (let top = open.at(-1); top && isDone(top); top = open.at(-1)) open.pop();
  const above = open.at(-1);
  const now = same && isStillBelow(same, above) ? same.now : above ? above.now + 2 : 0;
  let column = now;
  for (const dash of line.dashes) {
    open.push({ old: dash, now: column, isDash: true });
    column += 2;
  }
  if (line.key) open.push({ old: line.column, now: column, isDash: false });
  return now;
}

/** Items of one list keep their column among each other. */
function isStillBelow(same: Open, above: Open | undefined): boolean {
  return above === undefined ? same.now === 0 : same.now > above.now;
}

/** Comments stand where the line below them does, where they did so before; others where they are. */
function comments(
  { waiting, lines, next }: { waiting: number[]; lines: readonly Line[]; next: { old: number; now: number } },
  indents: Map<number, number>,
  spacesOf: (line: Line) => number,
): void {
  for (const at of waiting.splice(0)) {
    const line = lines[at];
    if (line && spacesOf(line) === next.old) indents.set(at, next.now);
  }
}
