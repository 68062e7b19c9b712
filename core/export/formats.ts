import * as z from 'zod';

/** What a batch can be exported as. */
export const ExportFormat = z.enum(['json', 'jsonl', 'csv', 'markdown', 'junit', 'html', 'files']);
export type ExportFormat = z.infer<typeof ExportFormat>;

/** A format that is one text; `files` is a folder. */
export type TextFormat = Exclude<ExportFormat, 'files'>;

type FormatFacts = { readonly title: string; readonly extension: string; readonly detail: string };

/** Each format in people's words. */
export const formatFacts: Readonly<Record<ExportFormat, FormatFacts>> = {
  html: {
    title: 'HTML report',
    extension: 'html',
    detail: 'For people: charts, failures, answers, nodes. One file that prints well',
  },
  markdown: { title: 'Markdown', extension: 'md', detail: 'For tickets and pages: tables and answers' },
  csv: { title: 'CSV', extension: 'csv', detail: 'For spreadsheets: a row for each node' },
  json: { title: 'JSON', extension: 'json', detail: 'For programs: everything, nothing lost' },
  jsonl: { title: 'JSON Lines', extension: 'jsonl', detail: 'For programs: a line for each node' },
  junit: { title: 'JUnit XML', extension: 'xml', detail: 'For build servers: a test case for each node' },
  files: { title: 'One file per node', extension: '', detail: 'A folder with the exact output of each node' },
};
