import Papa from 'papaparse';
import { unguardFormula } from '../formula.ts';
import type { TextPlace } from '../../util/problem.ts';
import type { SourceText } from '../sourceText.ts';

/** A row with something in it, its cells trimmed, and where it stands. */
export type Row = TextPlace & { readonly cells: readonly string[] };

/** The rows of a table (RFC 4180), the first of them with the names of the columns, and what separates its cells. */
export type Table = { readonly rows: readonly Row[]; readonly delimiter: string };

/** Rows that a table may have: more than any inventory, and less than a full memory. */
const mostRows = 100_001;

/** Reads rows; commas, semicolons or tabs separate cells, whichever the first row has most of. */
export function readTable(source: SourceText): Table {
  // Lines end with \n only from here on, every character stays at its place.
  const text = source.text.replaceAll(/\r(?=\n)/g, ' ').replaceAll('\r', '\n');
  const delimiter = delimiterOf(text);
  const rows: Row[] = [];
  let start = 0;
  Papa.parse(text, {
    delimiter,
    newline: '\n',
    fastMode: false,
    step({ data, errors, meta }, parser) {
      if (rows.length >= mostRows) {
        const message = `The table has more than ${(mostRows - 1).toLocaleString('en')} nodes.`;
        source.report({ start, end: start }, { code: 'csv/too-many', message, fix: 'Split it.' });
        rows.length = 0;
        parser.abort();
        return;
      }
      const end = meta.cursor > start && text[meta.cursor - 1] === '\n' ? meta.cursor - 1 : meta.cursor;
      const place = { start, end };
      start = meta.cursor;
      const [error] = errors;
      if (error) reportQuotes(source, { start: Math.max(0, (error.index ?? place.start + 1) - 1), end });
      const cells = data.map((cell) => unguardFormula(cell.trim()));
      if (cells.some((cell) => cell !== '')) rows.push({ ...place, cells });
    },
  });
  return { rows, delimiter };
}

/** Where a cell stands; the whole row where quotes make that uncertain. */
export function cellPlace(
  { start, end }: Row,
  at: number,
  table: { text: string; delimiter: string },
): TextPlace {
  const cells = table.text.slice(start, end).split(table.delimiter);
  if (cells.some((cell) => cell.includes('"')) || at >= cells.length) return { start, end };
  const from = cells.slice(0, at).reduce((sum, cell) => sum + cell.length + 1, start);
  const cell = cells[at] ?? '';
  const trimmed = cell.trim();
  const first = from + (cell.length - cell.trimStart().length);
  return { start: first, end: first + trimmed.length };
}

function delimiterOf(text: string): string {
  const header = /^\s*([^\n]*)/.exec(text)?.[1] ?? '';
  const plain = header.replaceAll(/"[^"]*"/g, '');
  const counted = [',', ';', '\t'].map((sign) => ({ sign, count: plain.split(sign).length }));
  return counted.reduce((best, each) => (each.count > best.count ? each : best)).sign;
}

function reportQuotes(source: SourceText, place: TextPlace): void {
  const message = 'A quote is not closed, or text follows behind it.';
  source.report(place, { code: 'csv/quote', message, fix: 'Write "" for a quote inside quotes.' });
}
