import type { FileWants } from '../protocol/newRunFiles.ts';
import type { PlaybookSummary } from '../protocol/playbooks.ts';
import { plural } from '../run/format.ts';
import { baseName } from '../util/baseName.ts';
import { refuse, type Result } from '../util/errors.ts';
import { errorsIn, type Problem, sentenceOf } from '../util/problem.ts';
import { isTaskFile, kindOfFile } from './kindOfFile.ts';
import { readPlaybook, readTask } from './read/readPlaybook.ts';

/** What the lists say of a file. */
export function summaryOf(file: string, text: string): PlaybookSummary {
  const { document, problems } = read(file, text);
  const { count, first } = errorsOf(problems);
  // A file that is broken has its name all the same.
  const written = (key: string): string | undefined => {
    const value = document.writtenAt([key]);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const [name, description] = [written('name'), written('description')];
  return {
    file,
    kind: kindOfFile(file) ?? 'playbook',
    problems: count,
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(first !== undefined && { problem: first }),
  };
}

/** What a task or playbook wants to be given, or why nothing in it runs. */
export function wantsOf(file: string, text: string): Result<FileWants> {
  const { value, problems } = read(file, text);
  const { count, first } = errorsOf(problems);
  if (!value || first !== undefined) {
    const what = `${baseName(file)} has ${plural(Math.max(1, count), 'problem')}: nothing in it can run until they are mended.`;
    return refuse('INPUT_INVALID', first === undefined ? what : `${what} ${first}`);
  }
  const secrets = [...(('secrets' in value ? value.secrets : undefined) ?? [])];
  const { name = baseName(file), description } = value;
  const targets = 'targets' in value ? value.targets : undefined;
  return {
    ok: true,
    value: {
      file,
      name,
      params: [...(value.params ?? [])].map(([each, param]) => ({ ...param, name: each })),
      secrets: secrets.flatMap(([each, { ask }]) => (ask === undefined ? [] : [{ name: each, label: ask }])),
      ...(description !== undefined && { description }),
      ...(targets !== undefined && { targets }),
    },
  };
}

function read(file: string, text: string) {
  return isTaskFile(file) ? readTask(text) : readPlaybook(text);
}

function errorsOf(problems: readonly Problem[]): { readonly count: number; readonly first?: string } {
  const errors = errorsIn(problems);
  const [first] = errors;
  return { count: errors.length, ...(first && { first: placed(first) }) };
}

function placed(problem: Problem): string {
  const sentence = sentenceOf(problem);
  return problem.range ? `Line ${problem.range.line}: ${sentence}` : sentence;
}
