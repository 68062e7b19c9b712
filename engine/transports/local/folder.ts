import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';

/** Why no command can run in this folder; undefined where it can. */
export async function folderProblem(path: string): Promise<string | undefined> {
  try {
    if (!(await stat(path)).isDirectory()) return `${path} is not a folder`;
    await access(path, constants.R_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return explain(path, error);
  }
}

function explain(path: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  if (code === 'ENOENT') return `there is no folder ${path}`;
  if (code === 'EACCES' || code === 'EPERM') return `the folder ${path} may not be read`;
  if (code === 'ENOTDIR') return `${path} is not a folder`;
  return `the folder ${path} can not be used: ${code}`;
}
