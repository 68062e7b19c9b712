import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A fleet in a process of its own. */
export type SpawnedFleet = { readonly inventory: string; stop(): Promise<void> };

export type FleetOptions = {
  /** The program of `main.ts`, as it is or bundled. */
  readonly program: string;
  readonly nodes: number;
  /** The demo workspace: `.muster/` and `nodes/` are written into it. */
  readonly dir: string;
};

/** Starts a fleet and waits until its nodes answer; rejects when it ends before that. It ends with this process. */
export async function spawnFleet({ program, nodes, dir }: FleetOptions): Promise<SpawnedFleet> {
  const child = spawn(process.execPath, [program, '--nodes', String(nodes), '--dir', dir, '--json'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // In a desktop VS Code the executable is Electron, which this makes behave as Node.
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
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
