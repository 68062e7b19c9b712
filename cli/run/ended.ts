import { executionLook, formatDuration } from '../../core/run/format.ts';
import { detailOf } from '../../core/run/gather/reasons.ts';
import type { Ended } from '../../core/run/executionState.ts';
import { escapeLine } from '../terminal/escape.ts';
import { markOf } from '../terminal/looks.ts';
import { type Line, padText, span } from '../terminal/style.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Cells of the columns before the message. */
export type Columns = { readonly name: number; readonly word: number };

const wordCells = 11;
const widestName = 40;

export function columnsFor(names: readonly string[]): Columns {
  const longest = names.reduce((most, name) => Math.max(most, name.length), 0);
  return { name: Math.min(longest, widestName), word: wordCells };
}

/** How one execution, or several that ended alike, ended: `✗ web[01-03]  failed  exit 3  0.4–1.1 s`. */
export function endedLine(
  ended: readonly [Ended, ...Ended[]],
  names: string,
  { columns, terminal }: { columns: Columns; terminal: Terminal },
): Line {
  const [first] = ended;
  const look = executionLook(first);
  const time = timesOf(ended, terminal);
  const detail = first.outcome.status === 'ok' ? '' : escapeLine(detailOf(first));
  return [
    markOf(look, terminal),
    span(` ${padText(escapeLine(names), columns.name)}  ${padText(look.inSentence, columns.word)}`),
    ...(detail ? [span(`  ${detail}`)] : []),
    ...(time ? [span(`  ${time}`, 'muted')] : []),
  ];
}

/** `0.9 s`, or the shortest and the longest of several; nothing where nothing was started. */
function timesOf(ended: readonly Ended[], terminal: Terminal): string {
  const times = ended.flatMap(({ startedAt, endedAt }) =>
    startedAt === undefined || endedAt === undefined ? [] : [endedAt - startedAt],
  );
  if (times.length === 0) return '';
  const shortest = formatDuration(Math.min(...times));
  const longest = formatDuration(Math.max(...times));
  if (shortest === longest) return longest;
  const from = shortest.endsWith(' s') && longest.endsWith(' s') ? shortest.slice(0, -2) : shortest;
  return `${from}${terminal.utf8 ? '–' : '-'}${longest}`;
}
