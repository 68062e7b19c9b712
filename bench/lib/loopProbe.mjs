// Loaded into a server before its own program: tells the longest time that its event loop was blocked since it was asked
// last, in milliseconds, as a line of the file that MUSTER_BENCH_LOOP names, whenever it gets SIGUSR2.
import { appendFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

const file = process.env['MUSTER_BENCH_LOOP'];
if (isMainThread && file !== undefined) {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  process.on('SIGUSR2', () => {
    appendFileSync(file, `${delay.max / 1e6}\n`);
    delay.reset();
  });
}
