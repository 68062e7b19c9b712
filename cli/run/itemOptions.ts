import { readFileSync, statSync } from 'node:fs';
import { type Command, Option } from 'commander';
import type { Items } from '../../core/run/items.ts';
import { itemsFormOf, readItems } from '../../core/run/readItems.ts';
import { messageOf, refuse, type Result } from '../../core/util/errors.ts';

/** Options that give sets of parameters. */
export type ItemFlags = { readonly batchJson?: string; readonly batchFile?: string };

/** Bytes of a file of sets. */
const mostBytes = 16_777_216;

export function addItemOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--batch-json <json>',
        'run once for each set of parameters: [{"package": "nginx"}, {"package": "redis"}]',
      ).conflicts('batchFile'),
    )
    .option(
      '--batch-file <file>',
      'the same from a file: JSON, JSONL (a set on each line) or CSV with a head',
    );
}

/** The sets that a command line gives; nothing where it gives none. */
export function itemsOf({ batchJson, batchFile }: ItemFlags): Result<{ readonly items?: Items }> {
  const read = batchFile === undefined ? undefined : textOf(batchFile);
  if (read && !read.ok) return read;
  const text = read?.value ?? batchJson;
  if (text === undefined) return { ok: true, value: {} };
  const name = batchFile ?? '--batch-json';
  const found = readItems(text, { name, form: batchFile === undefined ? 'json' : itemsFormOf(batchFile) });
  return found.ok ? { ok: true, value: { items: found.value } } : found;
}

function textOf(file: string): Result<string> {
  try {
    if (statSync(file).size > mostBytes) return refuse('INPUT_INVALID', `${file} has more than 16 MB.`);
    return { ok: true, value: readFileSync(file, 'utf8').replace(/^\uFEFF/, '') };
  } catch (error) {
    return refuse('INPUT_MISSING', `${file} can not be read: ${messageOf(error)}.`);
  }
}
