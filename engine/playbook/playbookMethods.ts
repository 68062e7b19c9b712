import { readFile, stat } from 'node:fs/promises';
import { summaryOf, wantsOf } from '../../core/playbook/describeFile.ts';
import { kindOfFile } from '../../core/playbook/kindOfFile.ts';
import type { PlaybookClient, PlaybookSummary } from '../../core/protocol/playbooks.ts';
import { messageOf, refuse, type Result } from '../../core/util/errors.ts';
import { mostBytes } from './loadPlaybook.ts';

/** Tasks and playbooks as they are on the disk. Nothing is kept, and nothing of them runs. */
export const playbookMethods: PlaybookClient = {
  async playbooks({ files }) {
    const found: PlaybookSummary[] = [];
    // One after the other: between two files batches go on.
    for (const file of files) {
      const summary = await describe(file);
      if (summary) found.push(summary);
    }
    return found;
  },
  async wants({ file }) {
    const text = await textOf(file);
    return text.ok ? wantsOf(file, text.value) : text;
  },
};

/** Undefined where the file can not be read. */
async function describe(file: string): Promise<PlaybookSummary | undefined> {
  const text = await textOf(file);
  if (text.ok) return summaryOf(file, text.value);
  const kind = kindOfFile(file) ?? 'playbook';
  return text.error.code === 'INPUT_INVALID'
    ? { file, kind, problems: 1, problem: text.error.message }
    : undefined;
}

async function textOf(file: string): Promise<Result<string>> {
  try {
    const { size } = await stat(file);
    if (size > mostBytes) return refuse('INPUT_INVALID', `${file} has more than 1 MiB.`);
    return { ok: true, value: await readFile(file, 'utf8') };
  } catch (error) {
    return refuse('INPUT_MISSING', `${file} can not be read: ${messageOf(error)}.`);
  }
}
