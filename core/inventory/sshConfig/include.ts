import type { ParseInput } from '../part.ts';
import { matchesList } from './patterns.ts';

/** Files that one pattern may stand for. */
const mostFiles = 1000;

/**
 * The files of an Include: `~` and relative paths start in ~/.ssh, as for a person's own configuration; `*` and `?` stand
 * for names in a folder, in the order of their names.
 */
export function includedFiles(
  pattern: string,
  { files, home }: Pick<ParseInput, 'files' | 'home'>,
): readonly string[] {
  const absolute = pattern.startsWith('~/')
    ? `${home}/${pattern.slice(2)}`
    : pattern.startsWith('/')
      ? pattern
      : `${home}/.ssh/${pattern}`;
  const parts = absolute.split('/').filter((part) => part !== '' && part !== '.');
  let paths: string[] = [''];
  for (const [at, part] of parts.entries()) {
    const isLast = at === parts.length - 1;
    if (!/[*?]/.test(part)) paths = paths.map((path) => `${path}/${part}`);
    else {
      paths = paths.flatMap((path) =>
        (files.list(path === '' ? '/' : path) ?? [])
          .filter(
            ({ name, isFolder }) => isFolder !== isLast && isShown(name, part) && matchesList(name, [part]),
          )
          .map(({ name }) => `${path}/${name}`),
      );
    }
    paths = paths.slice(0, mostFiles);
  }
  return paths;
}

/** A pattern stands for hidden files only if it begins with a dot itself. */
function isShown(name: string, pattern: string): boolean {
  return !name.startsWith('.') || pattern.startsWith('.');
}
