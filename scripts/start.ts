// npm start: builds, starts the demo fleet and opens its workspace in VS Code; `-- --cli` runs one batch instead.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { stageFleet } from './staging/fleet.ts';
import { openDesktop, serveWorkbench } from './starting/editors.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const demo = join(root, 'examples', 'demo');

const { values } = parseArgs({
  options: {
    cli: { type: 'boolean', default: false },
    /** A workbench in the browser even where `code` is on the PATH. */
    web: { type: 'boolean', default: false },
    nodes: { type: 'string', default: '24' },
  },
});

const interrupted = new Promise<void>((resolve) => {
  process.once('SIGINT', resolve);
  process.once('SIGTERM', resolve);
});

const script = values.cli ? 'esbuild.mjs' : 'scripts/package.ts';
execFileSync(process.execPath, [join(root, script)], { cwd: root, stdio: 'inherit' });

const fleet = await stageFleet({ nodes: Number(values.nodes), dir: demo });
try {
  if (values.cli) process.exitCode = await runOneBatch(fleet.inventory);
  else await openDemo();
} finally {
  await fleet.stop();
}

/** Asks every demo node for one service: most are active, one is not, one cannot be reached. */
async function runOneBatch(inventory: string): Promise<number> {
  const args = ['run', 'systemctl is-active nginx', '--on', 'all', '-i', relative(root, inventory)];
  console.log(`\n$ muster run '${args[1]}' --on all -i ${relative(root, inventory)}\n`);
  const child = spawn(process.execPath, [join(root, 'dist', 'cli.js'), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  await once(child, 'exit');
  return child.exitCode ?? 1;
}

/** Stays until Ctrl-C: the fleet lives as long as this process. */
async function openDemo(): Promise<void> {
  const opened = (!values.web && openDesktop(root, demo)) || (await serveWorkbench(root, demo));
  console.log(`\nMuster with ${values.nodes} demo nodes: ${opened.where}`);
  console.log(
    'Click the Muster icon in the activity bar, tick a group, press Run. Ctrl-C here ends the nodes.',
  );
  await interrupted;
  await opened.stop();
}
