import type { Compiling, Written } from './compiling.ts';
import type { ReadFile } from './read/readPlaybook.ts';
import { errorsIn } from '../util/problem.ts';

/** A task or playbook, and where in its file each part of it is written. */
export type ReadPart<T> = { readonly file: T; readonly written: Written };

type Wanted = {
  readonly path: string;
  /** The file that names it, which a person has to mend where there is none. Without one a person named it. */
  readonly namedIn?: string;
};

/** Reads a file that is part of what is compiled; its problems are told once, however often it is named. */
export function readPart<T>(
  { path, namedIn = path }: Wanted,
  work: Compiling,
  read: (text: string) => ReadFile<T>,
): ReadPart<T> | undefined {
  const found = work.files.read(path);
  if ('message' in found) {
    work.problems.push({ code: 'playbook/file', severity: 'error', message: found.message, file: namedIn });
    return undefined;
  }
  const isNew = !work.read.has(path);
  work.read.set(path, found.text);
  const { value, document, problems } = read(found.text);
  const errors = errorsIn(problems);
  if (isNew) work.problems.push(...errors.map((problem) => ({ ...problem, file: path })));
  return errors.length > 0 || value === undefined ? undefined : { file: value, written: document };
}
