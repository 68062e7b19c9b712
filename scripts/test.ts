// npm test: every part of the suite one after another. The last line sums up the runners' own counts.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Counts, FileCounts } from './testing/counts.ts';
import { filesToRepeat, partCounts, sumCounts, summaryLine } from './testing/counts.ts';
import { countsVariable } from './testing/reporter.ts';

/** npm scripts in the order in which they run. `check` includes the unit tests. */
const parts = ['check', 'test:engine', 'test:package', 'test:sshd', 'test:inhost', 'test:ui'] as const;

const startedAt = Date.now();
const folder = await mkdtemp(join(tmpdir(), 'muster-test-'));
const all: Counts[] = [];
const repeated: string[] = [];
for (const part of parts) {
  const counts = await runPart(part);
  all.push(counts);
  console.log(`\n-- npm run ${part}: ${summaryLine(counts)}, ${seconds(Date.now() - startedAt)} s so far\n`);
}
await rm(folder, { recursive: true });
for (const file of repeated) console.log(`Passed only when it ran a second time: ${file}`);
const total = sumCounts(all);
console.log(summaryLine(total));
process.exitCode = total.failed > 0 ? 1 : 0;

/** One part; what fails in a few files has a second chance, in a process (and a window) of its own. */
async function runPart(part: string): Promise<Counts> {
  const first = await run('npm', ['run', '--silent', part]);
  const again = filesToRepeat(first.files);
  if (first.exitCode === 0 || again.length === 0) return partCounts(first.printed, first.exitCode);
  console.log(`\n-- Once more, alone: ${again.join(', ')}\n`);
  const second = await run('mocha', again);
  repeated.push(...again.filter((file) => second.files[file]?.failed === 0));
  return sumCounts(Object.values({ ...first.files, ...notFinished(again), ...second.files }));
}

/** Counts a file as one failure; replaced by its own as soon as it has run to its end. */
function notFinished(files: readonly string[]): FileCounts {
  return Object.fromEntries(files.map((file) => [file, { passed: 0, failed: 1, skipped: 0 }]));
}

/** Runs a program to its end, showing what it prints as it comes. */
async function run(
  program: string,
  args: readonly string[],
): Promise<{ readonly printed: string; readonly exitCode: number; readonly files: FileCounts }> {
  const path = join(folder, 'counts.json');
  await rm(path, { force: true });
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
    env: { ...process.env, [countsVariable]: path },
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
    process.stdout.write(text);
  });
  await once(child, 'close');
  return { printed, exitCode: child.exitCode ?? 1, files: await readCounts(path) };
}

/** What mocha left behind; nothing where it did not run to its end. */
async function readCounts(path: string): Promise<FileCounts> {
  const text = await readFile(path, 'utf8').catch(() => '{}');
  // The reporter wrote it, in this very run.
  return JSON.parse(text) as FileCounts;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(0);
}
