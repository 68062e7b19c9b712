import { localOptions, type LocalOptions } from '../../../core/plugin/options.ts';
import type { Session, Transport } from '../../../core/plugin/transport.ts';
import { carrying } from '../files/carry.ts';
import { diskFiles } from '../files/diskFiles.ts';
import { commandEnvironment } from './environment.ts';
import { folderProblem } from './folder.ts';
import { stopGroup } from './process.ts';
import { type LocalDeps, run } from './run.ts';

/** Runs commands on this machine, in a folder, each in a process group of its own. */
export function createLocalTransport(deps: LocalDeps): Transport<LocalOptions> {
  return {
    name: 'local',
    options: localOptions,
    isConnected: () => true,
    async connect(_target, options, context) {
      if (context.signal.aborted) {
        return { ok: false, outcome: { status: 'cancelled', remote: 'never-started' } };
      }
      const message = await folderProblem(options.cwd);
      if (message) return { ok: false, outcome: { status: 'unreachable', kind: 'folder', message } };
      return { ok: true, session: openSession(options, deps) };
    },
    async probe(_target, options) {
      const message = await folderProblem(options.cwd);
      return message === undefined ? undefined : { status: 'unreachable', kind: 'folder', message };
    },
  };
}

function openSession(options: LocalOptions, deps: LocalDeps): Session {
  const exec: Session['exec'] = (request, context) => run(request, options.cwd, { ...deps, ...context });
  return {
    info: { transport: 'local', host: 'localhost', via: [] },
    exec,
    ...carrying({ clock: deps.clock, open: async () => diskFiles(options.cwd), run: exec }),
    stop: (process, { runAs: as }) =>
      stopGroup({ process, runAs: as, isOld: true }, commandEnvironment(deps.env)),
    [Symbol.asyncDispose]: async () => {},
  };
}
