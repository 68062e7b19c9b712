import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { type Compiled, compilePlaybook } from '../../core/playbook/compile.ts';
import type { PlaybookFiles } from '../../core/playbook/playbookFiles.ts';
import type { Configured } from '../../core/playbook/configured.ts';
import type { Items } from '../../core/run/items.ts';
import type { PlaybookAction } from '../../core/run/action.ts';
import { messageOf, type Result } from '../../core/util/errors.ts';
import type { Problem } from '../../core/util/problem.ts';
import { refuseProblems } from '../../core/util/refuseProblems.ts';

/** Most bytes of one file. */
export const mostBytes = 1_048_576;

/** Reads a playbook with all its files as they are now; contacts nobody. Refused with every mistake in them. */
export function loadPlaybook(
  action: PlaybookAction & { readonly items?: Items | undefined },
  folder: string | undefined,
  configured: Configured,
): Result<Extract<Compiled, { ok: true }>> {
  const compiled = compilePlaybook(action, files, configured);
  if (compiled.ok) {
    const places = [...compiled.places].map(([step, place]) => [step, withShortName(place, folder)] as const);
    return { ok: true, value: { ...compiled, places: new Map(places) } };
  }
  const named = compiled.problems.map((problem) => withShortName(problem, folder));
  return refuseProblems('INPUT_INVALID', named);
}

const files: PlaybookFiles = {
  read(path) {
    try {
      const found = statSync(path);
      if (!found.isFile()) return { message: `${path} is no file.` };
      if (found.size > mostBytes) return { message: `${path} has more than 1 MiB.` };
      return { text: readFileSync(path, 'utf8') };
    } catch (error) {
      return { message: `${path} can not be read: ${messageOf(error)}` };
    }
  },
  resolve: (from, path) => resolve(dirname(from), path),
  hash: (text) => createHash('sha256').update(text).digest('hex'),
};

/** Files go by the names that a person would give them. */
function withShortName<T extends Pick<Problem, 'file'>>(problem: T, folder: string | undefined): T {
  if (problem.file === undefined || folder === undefined) return problem;
  const name = relative(folder, problem.file);
  return isAbsolute(name) || name.startsWith('..') ? problem : { ...problem, file: name };
}
