import Papa from 'papaparse';
import { Items } from './items.ts';
import { messageOf, refuse, type Result } from '../util/errors.ts';

/** How sets of parameters are written down. */
export type ItemsForm = 'json' | 'jsonl' | 'csv';

/** By the name of a file; what it is not called like is JSON. */
export function itemsFormOf(file: string): ItemsForm {
  if (/\.csv$/i.test(file)) return 'csv';
  return /\.(?:jsonl|ndjson)$/i.test(file) ? 'jsonl' : 'json';
}

/** Reads sets of parameters: a list of maps, a map on each line, or a table whose first row has the names. */
export function readItems(text: string, { form, name }: { form: ItemsForm; name: string }): Result<Items> {
  const found =
    form === 'csv'
      ? rowsOf(text)
      : form === 'jsonl'
        ? linesOf(text)
        : whole(text, 'a list such as [{"package": "nginx"}]');
  if ('message' in found) return refuse('INPUT_INVALID', `${name}: ${found.message}`);
  const read = Items.safeParse(found.items);
  if (read.success) return { ok: true, value: read.data };
  const [issue] = read.error.issues;
  const at = typeof issue?.path[0] === 'number' ? `set ${issue.path[0] + 1}: ` : '';
  const why = issue?.code === 'invalid_type' ? `it is no map of names and values` : (issue?.message ?? '');
  return refuse(
    'INPUT_INVALID',
    `${name}: ${at}${why}. Write a list such as [{"package": "nginx"}].`.replace('..', '.'),
  );
}

type Found = { readonly items: unknown } | { readonly message: string };

/** What is quoted of the text is left out: there may be secrets in it. */
function whole(text: string, wanted: string): Found {
  try {
    return { items: JSON.parse(text) as unknown };
  } catch (error) {
    const [why = ''] = messageOf(error).split(/, "/);
    return { message: `it is no JSON: ${why}. Write ${wanted}.` };
  }
}

function linesOf(text: string): Found {
  const items: unknown[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const found = whole(line, 'a map such as {"package": "nginx"} on each line');
    if ('message' in found) return { message: `line ${at + 1}: ${found.message}` };
    items.push(found.items);
  }
  return { items };
}

/** Cells are texts; what a parameter wants is made of them where its type is known. */
function rowsOf(text: string): Found {
  const rows: string[][] = [];
  let problem: string | undefined;
  Papa.parse(text, {
    delimiter: ',',
    newline: '\n',
    fastMode: false,
    step({ data, errors }) {
      const cells = data.map((cell) => cell.trim());
      if (errors[0]) problem ??= `row ${rows.length + 1}: a quote is not closed.`;
      if (cells.some((cell) => cell !== '')) rows.push(cells);
    },
  });
  const [names = [], ...rest] = rows;
  if (problem !== undefined) return { message: problem };
  const repeated = names.find((each, at) => each === '' || names.indexOf(each) !== at);
  if (repeated !== undefined)
    return { message: repeated === '' ? 'a column has no name.' : `two columns are called ${repeated}.` };
  const wrong = rest.findIndex((cells) => cells.length !== names.length);
  if (wrong >= 0)
    return {
      message: `row ${wrong + 2} has ${rest[wrong]?.length ?? 0} cells, and there are ${names.length} columns.`,
    };
  return { items: rest.map((cells) => Object.fromEntries(names.map((each, at) => [each, cells[at] ?? '']))) };
}
