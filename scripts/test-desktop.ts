// npm run test:desktop: the in-host suite on desktop VS Code, which @vscode/test-electron downloads.
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTests } from '@vscode/test-electron';
import { stageFleet } from './staging/fleet.ts';
import { bundleSuite } from './testing/bundleSuite.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

execFileSync(process.execPath, [join(root, 'esbuild.mjs')], { cwd: root, stdio: 'inherit' });
const extensionTestsPath = await bundleSuite(root);
const folder = await mkdtemp(join(tmpdir(), 'muster-desktop-'));
const workspace = join(folder, 'demo');
const fleet = await stageFleet({ nodes: 8, dir: workspace });
try {
  process.exitCode = await runTests({
    extensionDevelopmentPath: root,
    extensionTestsPath,
    launchArgs: [workspace, '--disable-workspace-trust', '--user-data-dir', join(folder, 'user')],
    extensionTestsEnv: { XDG_DATA_HOME: join(folder, 'data') },
  });
} finally {
  await fleet.stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
