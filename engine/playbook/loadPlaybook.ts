import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { type Compiled, compilePlaybook } from '../../core/playbook/compile.ts';
import type { PlaybookFiles } from '../../core/playbook/playbookFiles.ts';
import type { Configured } from '../../core/playbook/configured.ts';
import type { Items } from '../../core/run/items.ts';
import type { PlaybookAction } from '../../core/run/action.ts';
import { messageOf, type Result } from '../../core/util/errors.ts';
import { formatProblem, type Problem } from '../../core/util/problem.ts';

/** Most bytes of one file. */
const mostBytes = 1_048_576;

/** Reads a playbook with all its files as they are now; contacts nobody. Refused with every mistake in them. */
export function loadPlaybook(
  action: PlaybookAction & { readonly items?: Items | undefined },
  folder: string | undefined,
  configured: Configured,
): Result<Extract<Compiled, { ok: true }>> {
  const compiled = compilePlaybook(action, files, configured);
  if (compiled.ok) return { ok: true, value: compiled };
  const named = compiled.problems.map((problem) => withShortName(problem, folder));
  const message = named.map(formatProblem).join('\n');
  return { ok: false, error: { code: 'INPUT_INVALID', message, details: named } };
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
function withShortName(problem: Problem, folder: string | undefined): Problem {
  if (problem.file === undefined || folder === undefined) return problem;
  const name = relative(folder, problem.file);
  return isAbsolute(name) || name.startsWith('..') ? problem : { ...problem, file: name };
}
