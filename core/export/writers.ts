import { writeCsv } from './csv.ts';
import type { TextFormat } from './formats.ts';
import { writeHtml } from './html/writeHtml.ts';
import type { ExportInput } from './input.ts';
import { writeJson, writeJsonLines } from './json.ts';
import { writeJUnit } from './junit.ts';
import { writeMarkdown } from './markdown.ts';

/** Each format that is one text, written piece by piece. */
export const textWriters: Readonly<Record<TextFormat, (input: ExportInput) => AsyncIterable<string>>> = {
  json: (input) => writeJson(input),
  jsonl: (input) => writeJsonLines(input),
  csv: writeCsv,
  markdown: writeMarkdown,
  junit: writeJUnit,
  html: writeHtml,
};
