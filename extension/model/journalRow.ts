import type { JournalEntry, JournalLevel } from '../../core/journal/entry.ts';
import { type Family, shortId } from '../../core/run/format.ts';
import { plainText } from './plain.ts';
import { shortTitle } from './titles.ts';
import { shortDate } from './time.ts';

/** One entry of a journal as a row of a tree. */
export type JournalRow = {
  readonly label: string;
  readonly description: string;
  /** Name of a codicon. */
  readonly icon: string;
  readonly family: Family;
  readonly tooltip: string;
};

const labelLength = 60;
const icons: Readonly<Record<JournalEntry['kind'], string>> = {
  execution: 'terminal',
  note: 'note',
  event: 'plug',
};
const families: Readonly<Record<JournalLevel, Family>> = {
  debug: 'idle',
  info: 'ok',
  warning: 'unknown',
  error: 'bad',
};

export function journalRow(entry: JournalEntry, now: number): JournalRow {
  const { at, kind, level, text, result, link } = entry;
  const when = shortDate(at, now);
  return {
    label: plainText(shortTitle(text, labelLength)),
    description: plainText([when, result ?? speaker(entry)].join(' · ')),
    icon: icons[kind],
    family: kind === 'note' && level === 'info' ? 'active' : families[level],
    tooltip: plainText(
      [
        text,
        [level, speaker(entry), new Date(at).toISOString()].join(', '),
        ...(result === undefined ? [] : [result]),
        ...(link ? [`batch ${shortId(link.batch)}`] : []),
      ].join('\n'),
    ),
  };
}

/** An entry in one line of a text. */
export function journalLine(entry: JournalEntry): string {
  const { at, level, text, result, link } = entry;
  const time = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  const said = result === undefined ? text : `${text}: ${result}`;
  const where = link ? ` (batch ${shortId(link.batch)})` : '';
  return `${time}Z  ${level.padEnd(7)}  ${speaker(entry)}  ${said.replaceAll('\n', ' ')}${where}`;
}

function speaker({ kind, source, by }: JournalEntry): string {
  return kind === 'event' ? source : by;
}
