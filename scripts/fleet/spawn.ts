import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A fleet in a process of its own. */
export type SpawnedFleet = { readonly inventory: string; stop(): Promise<void> };

/**
 * Starts `scripts/fleet.ts` and waits until its nodes answer. Rejects with what it printed when it ends
 * before that.
 */
export async function spawnFleet(options: { nodes: number; dir: string }): Promise<SpawnedFleet> {
  const script = fileURLToPath(new URL('../fleet.ts', import.meta.url));
  const child = spawn(
    process.execPath,
    [script, '--nodes', String(options.nodes), '--dir', options.dir, '--json'],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  };
  const inventory = await new Promise<string>((resolve, reject) => {
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      const end = printed.indexOf('\n');
      if (end >= 0) resolve(readyInventory(printed.slice(0, end)));
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The demo fleet ended with ${code} before it was ready.`)));
  });
  return { inventory, stop };
}

function readyInventory(line: string): string {
  const ready: unknown = JSON.parse(line);
  if (typeof ready === 'object' && ready !== null && 'inventory' in ready) return String(ready.inventory);
  throw new Error(`The demo fleet printed an unexpected line: ${line}`);
}
