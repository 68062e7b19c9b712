import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** A command that npm installed for the project. */
export function toolPath(name: string): string {
  return join(root, 'node_modules', '.bin', name);
}

/** Text files that are (or would be) committed, or undefined outside a git work tree. */
export function committedFiles(): readonly string[] | undefined {
  if (!existsSync(join(root, '.git'))) return undefined;
  const printed = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' });
  return printed
    .split('\0')
    .filter((file) => /\.(?:ts|mjs|cjs|js|json|ya?ml|md|css|html|sh|svg|txt)$|\/run$/.test(file))
    .filter((file) => existsSync(join(root, file)));
}

export function readText(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/** Cells of the rows of all tables of a page, without the marks of code. */
export function tableRows(page: string): string[][] {
  const rows = readText(page)
    .split('\n')
    .filter((line) => line.startsWith('|'));
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  );
}
