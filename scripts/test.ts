// npm test: every part of the suite one after another. The last line sums up the runners' own counts.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Counts } from './testing/counts.ts';
import { partCounts, sumCounts, summaryLine } from './testing/counts.ts';

/** npm scripts in the order in which they run. `check` includes the unit tests. */
const parts = ['check', 'test:package', 'test:sshd', 'test:inhost', 'test:ui'] as const;

const startedAt = Date.now();
const all: Counts[] = [];
for (const part of parts) {
  const counts = await runPart(part);
  all.push(counts);
  console.log(`\n-- npm run ${part}: ${summaryLine(counts)}, ${seconds(Date.now() - startedAt)} s so far\n`);
}
const total = sumCounts(all);
console.log(summaryLine(total));
process.exitCode = total.failed > 0 ? 1 : 0;

/** Runs one npm script, showing what it prints as it comes. */
async function runPart(part: string): Promise<Counts> {
  const child = spawn('npm', ['run', '--silent', part], {
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
    process.stdout.write(text);
  });
  await once(child, 'close');
  return partCounts(printed, child.exitCode ?? 1);
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(0);
}
