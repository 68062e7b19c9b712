import Papa from 'papaparse';
import type { TableRecord } from './record.ts';

/** Records of a table whose first line has the names: separated by commas, semicolons, tabs or bars (RFC 4180). */
export function csvRecords(text: string): readonly TableRecord[] {
  const rows: (readonly string[])[] = [];
  const whole = text.replaceAll('\r\n', '\n').trim();
  let isTable = true;
  Papa.parse(whole, {
    delimiter: delimiterOf(whole),
    newline: '\n',
    fastMode: false,
    step({ data, errors }, parser) {
      const width = rows[0]?.length ?? data.length;
      isTable = errors.length === 0 && width > 1 && data.length === width;
      if (!isTable) return parser.abort();
      rows.push(data);
    },
  });
  const [names, ...others] = rows;
  if (!names || !isTable) return [];
  return others.map((row) =>
    Object.fromEntries(names.map((name, at) => [name.trim() || `${at + 1}`, row[at] ?? ''])),
  );
}

/** The sign that the first line has most of. */
function delimiterOf(text: string): string {
  const head = text.slice(0, text.indexOf('\n') + 1 || undefined).replaceAll(/"[^"]*"/g, '');
  const counted = [',', ';', '\t', '|'].map((sign) => ({ sign, count: head.split(sign).length }));
  return counted.reduce((best, each) => (each.count > best.count ? each : best)).sign;
}
