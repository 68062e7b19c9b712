import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Process ids of the engines that windows of a workbench attached to, oldest first, as the extension logs them. */
export function enginePids(logs: string): readonly number[] {
  const files = globSync('**/*Muster*.log', { cwd: logs });
  const pids = files.flatMap((file) =>
    [...readFileSync(join(logs, file), 'utf8').matchAll(/Attached to the engine, process (\d+)/g)].map(
      ([, pid]) => Number(pid),
    ),
  );
  return [...new Set(pids)];
}

/** Ends engines that a test started; those that are gone already are fine. */
export function endEngines(logs: string): void {
  for (const pid of enginePids(logs).filter(runsEngine)) process.kill(pid, 'SIGTERM');
}

/** Whether the process with this id is still an engine and not a later one with the same id. */
export function runsEngine(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('engine.js');
  } catch {
    return false;
  }
}
