import type { CommandDeps, Handler } from './commandDeps.ts';
import { copyFiles, fetchFiles, runScript } from './features/run/fileFlow.ts';

export type FileCommandId = `muster.${'runScript' | 'copyFiles' | 'fetchFiles'}`;

/** Commands on files and scripts of this machine, and on files of nodes. */
export function fileCommands(deps: CommandDeps): Readonly<Record<FileCommandId, Handler>> {
  return {
    'muster.runScript': (...args) => runScript(deps, args),
    'muster.copyFiles': (...args) => copyFiles(deps, args),
    'muster.fetchFiles': () => fetchFiles(deps),
  };
}
