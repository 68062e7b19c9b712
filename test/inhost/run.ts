// npm run test:inhost: the suite inside the extension host of a real workbench.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setScene } from '../../scripts/staging/scene.ts';
import { bundleSuite } from '../../scripts/testing/bundleSuite.ts';
import { skipPart } from '../../scripts/testing/skip.ts';
import { findChromium, noChromium } from '../harness/chromium.ts';
import { runInHost } from '../harness/inHost.ts';
import { root } from '../house/repository.ts';

if (!findChromium()) skipPart(noChromium);

execFileSync(process.execPath, [join(root, 'esbuild.mjs')], { cwd: root, stdio: 'inherit' });
const tests = await bundleSuite(root);
const scene = await setScene({ nodes: 8, testDriver: 'on' });
try {
  process.exitCode = await runInHost(scene.workbench, {
    folder: scene.workspace,
    extension: root,
    tests,
    timeoutMs: 180_000,
  });
  if (process.exitCode !== 0) console.log(`Logs of the engines:\n${scene.engineLog()}`);
} finally {
  await scene.close();
}
process.exit();
