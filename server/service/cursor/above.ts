import type { Line } from './line.ts';
import { lineBefore } from './line.ts';

/** A key or a dash that a place in the text stands below. */
export type Above = {
  /** The key, or the place in its list from 0. */
  readonly step: string | number;
  readonly column: number;
  /** Where the value of it begins. */
  readonly valueStart: number;
  readonly opensScalar: boolean;
  /** The line has text without quotes as its value, which may go on below. */
  readonly hasPlainText: boolean;
};

/**
 * What stands around a column of a line, from the top of the document on, by indentation alone: it does not matter
 * whether the text parses.
 */
export function aboveOf(text: string, { line, column }: { line: Line; column: number }): readonly Above[] {
  const found: Above[] = [];
  const climb: Climb = { limit: column, isBelowDash: false };
  take({ text, line }, climb, found);
  for (let upper = lineBefore(text, line, climb.limit); upper; upper = lineBefore(text, upper, climb.limit)) {
    if (climb.limit === 0 && !climb.isBelowDash) break;
    if (text.startsWith('---', upper.start)) break;
    if (!upper.isBlank) take({ text, line: upper }, climb, found);
  }
  return found.toReversed();
}

/** How far left the next one has to stand; a key may stand above a dash of the same column. */
type Climb = { limit: number; isBelowDash: boolean };

function take({ text, line }: { text: string; line: Line }, climb: Climb, found: Above[]): void {
  const { key, dashes, opensScalar } = line;
  if (key && (key.column < climb.limit || (climb.isBelowDash && key.column === climb.limit))) {
    const hasPlainText = isPlain(text.slice(key.valueStart, line.end));
    found.push({ step: key.name, column: key.column, valueStart: key.valueStart, opensScalar, hasPlainText });
    climb.limit = key.column;
    climb.isBelowDash = false;
  }
  for (const dash of dashes.toReversed()) {
    const last = found.at(-1);
    if (dash < climb.limit) {
      found.push({
        step: 0,
        column: dash,
        valueStart: line.start + (line.dashes.find((other) => other > dash) ?? line.column),
        opensScalar: !key && opensScalar,
        hasPlainText: !key && isPlain(text.slice(line.start + line.column, line.end)),
      });
      climb.limit = dash;
      climb.isBelowDash = true;
    } else if (climb.isBelowDash && dash === climb.limit && typeof last?.step === 'number') {
      found[found.length - 1] = { ...last, step: last.step + 1 };
    }
  }
}

function isPlain(value: string): boolean {
  return /^[^\s#{["'|>&*!]/.test(value.trim());
}
