import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { ExecContext, ExecRequest, Exit } from '../../../core/plugin/transport.ts';
import type { Clock } from '../../../core/util/clock.ts';
import { supervise } from '../supervise.ts';
import { commandEnvironment } from './environment.ts';
import { folderProblem } from './folder.ts';
import { startAs, startGroup } from './process.ts';

export type LocalDeps = { clock: Clock; env: Readonly<Record<string, string | undefined>> };

/** Runs a command in a process group of its own, from the node's folder. */
export async function run(
  request: ExecRequest,
  nodeFolder: string,
  context: LocalDeps & ExecContext,
): Promise<Exit> {
  if (request.tty) return { type: 'not-run', step: 'terminal', message: noTerminal };
  if (request.runAs) return runAs(request, nodeFolder, context);
  const cwd = folderOf(request, nodeFolder);
  const message = request.cwd === undefined ? undefined : await folderProblem(cwd);
  if (message !== undefined) return { type: 'not-run', step: 'folder', message };
  if (context.signal.aborted) return { type: 'stopped', remote: 'never-started' };
  const env = { ...commandEnvironment(context.env), ...request.env };
  const running = startGroup(request.command, { cwd, env, stdin: request.stdin });
  const { pid, born } = running;
  if (pid !== undefined) context.onProcess(pid, { group: true, born });
  return supervise(running, context);
}

const noTerminal = 'commands on this machine get no terminal; leave it out, or reach it over ssh';

async function runAs(request: ExecRequest, cwd: string, context: LocalDeps & ExecContext): Promise<Exit> {
  if (context.signal.aborted) return { type: 'stopped', remote: 'never-started' };
  const { running, dialogue } = startAs(request, context, { cwd, env: commandEnvironment(context.env) });
  return dialogue.conclude(await supervise(running, { ...context, onOutput: dialogue.onOutput }));
}

/** The folder that a command asks for, from the node's own. */
function folderOf({ cwd = '.' }: ExecRequest, nodeFolder: string): string {
  if (cwd === '~' || cwd.startsWith('~/')) return resolve(homedir(), cwd.slice(2));
  return resolve(nodeFolder, cwd);
}
