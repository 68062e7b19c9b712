import { randomUUID } from 'node:crypto';
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { CancelRequest, ControlRequest } from '../../core/protocol/batch.ts';
import type { Clock } from '../../core/util/clock.ts';
import type { Disposable } from '../../core/util/emitter.ts';
import type { RunningBatch } from '../batch.ts';
import { watchPath } from '../history/watchPath.ts';

/** What one process asks of the one that runs a batch. Secrets and answers never go this way. */
export const Ask = z.discriminatedUnion('type', [
  CancelRequest.extend({ type: z.literal('cancel') }),
  ControlRequest.extend({ type: z.literal('control') }),
]);
export type Ask = z.infer<typeof Ask>;

/** Milliseconds that the other process has to take what it is asked. */
const takenMs = 10_000;
const lookMs = 50;

/** Leaves a file for the process that runs the batch; false where nobody took it. */
export async function leaveAsk(folder: string, ask: Ask): Promise<boolean> {
  const path = join(folder, `${ask.batch}.${randomUUID()}.ask`);
  await writeFile(`${path}.new`, JSON.stringify(ask), { mode: 0o600 });
  await rename(`${path}.new`, path);
  for (let waited = 0; waited < takenMs; waited += lookMs) {
    await sleep(lookMs);
    if (!(await stat(path).catch(() => undefined))) return true;
  }
  return !(await rm(path).then(
    () => true,
    () => false,
  ));
}

export type AskDeps = {
  /** Folder in which files are left. */
  readonly folder: string;
  readonly clock: Clock;
  readonly batches: ReadonlyMap<string, RunningBatch>;
};

/** Takes what other processes ask of the batches of this engine, as long as it has any. */
export function hearWhileRunning(deps: AskDeps): Disposable & { hear(): void } {
  const { folder, clock, batches } = deps;
  let hearing: Disposable | undefined;
  const stop = (): void => {
    hearing?.dispose();
    hearing = undefined;
  };
  const look = async (): Promise<boolean> => {
    if (batches.size === 0) stop();
    const names = await readdir(folder).catch(() => []);
    const mine = names.filter((name) => name.endsWith('.ask') && batches.has(name.slice(0, 26)));
    for (const name of mine) await take(join(folder, name), batches);
    return mine.length > 0;
  };
  return { hear: () => void (hearing ??= watchPath(folder, { clock, look })), dispose: stop };
}

async function take(path: string, batches: AskDeps['batches']): Promise<void> {
  const ask = await readAsk(path);
  await rm(path, { force: true }).catch(() => undefined);
  const batch = ask && batches.get(ask.batch);
  if (!batch) return;
  if (ask.type === 'cancel') batch.cancel(ask);
  else batch.control(ask.control);
}

/** Undefined for what is none, which is taken away all the same. */
async function readAsk(path: string): Promise<Ask | undefined> {
  try {
    return Ask.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}
