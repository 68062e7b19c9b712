// The run panel in Chromium while every node talks, at 100, 500 and 1000 nodes, or as many as are named:
// node bench/panel.mjs [NODES…]. What is measured is in test/webview/bench; the figures are in docs/benchmarks.md.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const program = join(import.meta.dirname, '../test/webview/bench/measurePanel.ts');
const { status } = spawnSync(process.execPath, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exitCode = status ?? 1;
