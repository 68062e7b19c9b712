import type { ExecRequest } from '../../core/plugin/transport.ts';
import { quoteForSh } from '../../core/util/quote.ts';

/** What a node says about the folder in which a command should run. */
export type FolderFinding = 'ok' | 'missing' | 'no-folder' | 'closed';

/**
 * The command behind what sets its folder and environment, for `readAndRun`: here a newline is as good as anything.
 * What is found about the folder goes to stderr behind `word`.
 */
export function scriptOf({ command, cwd, env = {} }: ExecRequest, word: string): string {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${quoteForSh(value)}`);
  return [
    ...(cwd === undefined ? [] : [enter(cwd, word)]),
    ...(variables.length === 0 ? [] : [`export ${variables.join(' ')}`]),
    command,
  ].join('\n');
}

/** Goes to the folder, or ends with 1. Without CDPATH, and with no name that `cd` takes for an option or for itself. */
function enter(cwd: string, word: string): string {
  const folder = folderWord(cwd);
  const say = (finding: FolderFinding): string => `printf "%s folder=${finding};" ${word} >&2`;
  return (
    `if CDPATH= cd -- ${folder} >/dev/null 2>&1; then ${say('ok')}; else ` +
    `if [ -d ${folder} ]; then ${say('closed')}; elif [ -e ${folder} ]; then ${say('no-folder')}; ` +
    `else ${say('missing')}; fi; exit 1; fi`
  );
}

/** The folder as a word for sh: only a `~` at its start means something. */
function folderWord(cwd: string): string {
  if (cwd === '~' || cwd === '~/') return '~';
  if (cwd.startsWith('~/')) return `~/${quoteForSh(cwd.slice(2))}`;
  return quoteForSh(cwd.startsWith('/') ? cwd : `./${cwd}`);
}

/** Why the command was not run in its folder. */
export function folderMessage(cwd: string, finding: Exclude<FolderFinding, 'ok'>): string {
  switch (finding) {
    case 'missing':
      return `there is no folder ${cwd} on the node`;
    case 'no-folder':
      return `${cwd} on the node is not a folder`;
    case 'closed':
      return `the folder ${cwd} on the node may not be entered`;
  }
}
