import { createPlaybook } from './features/playbooks/createPlaybook.ts';
import { moveSecretOut } from './features/moveSecretOut.ts';
import { useLanguage } from './features/offerLanguage.ts';
import { runPlaybook } from './features/run/playbookFlow.ts';
import type { CommandDeps, Handler } from './commandDeps.ts';
import { copyFiles, fetchFiles, runScript } from './features/run/fileFlow.ts';

export type FileCommandId =
  `muster.${'runScript' | 'runPlaybook' | 'dryRunPlaybook' | 'previewPlaybook' | 'createPlaybook' | 'refreshPlaybooks' | 'copyFiles' | 'fetchFiles' | 'useLanguage' | 'moveSecret'}`;

/** Commands on files and scripts of this machine, and on files of nodes. */
export function fileCommands(deps: CommandDeps): Readonly<Record<FileCommandId, Handler>> {
  return {
    'muster.runScript': (...args) => runScript(deps, args),
    'muster.runPlaybook': (...args) => runPlaybook(deps, args),
    'muster.dryRunPlaybook': (first, given) =>
      runPlaybook(deps, [first, { ...Object(given), dryRunOnNodes: true }]),
    'muster.previewPlaybook': (first, given) =>
      runPlaybook(deps, [first, { ...Object(given), dryRun: true }]),
    'muster.createPlaybook': () => createPlaybook(),
    'muster.refreshPlaybooks': () => deps.playbooks.refresh(),
    'muster.copyFiles': (...args) => copyFiles(deps, args),
    'muster.fetchFiles': () => fetchFiles(deps),
    'muster.useLanguage': (...args) => useLanguage(args),
    'muster.moveSecret': (move) => moveSecretOut(move, deps.secretStorage),
  };
}
