// npm run package: builds and packs dist/ into one universal VSIX, .build/muster.vsix.
import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVSIX } from '@vscode/vsce';

const root = fileURLToPath(new URL('..', import.meta.url));
const packagePath = join(root, '.build', 'muster.vsix');

execFileSync(process.execPath, [join(root, 'esbuild.mjs')], { cwd: root, stdio: 'inherit' });
await mkdir(dirname(packagePath), { recursive: true });
// Everything is bundled: npm dependencies stay out. The images of the README are packed, not rewritten to a repository.
await createVSIX({
  cwd: root,
  packagePath,
  dependencies: false,
  allowMissingRepository: true,
  rewriteRelativeLinks: false,
});
