// One engine, several batches over the same nodes: prints, a line each, what every batch after the first cost.
import { mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '../../engine/engine.ts';

const [inventory = '', concurrency = '50', rounds = '3', command = 'true'] = process.argv.slice(2);
const dataDir = mkdtempSync(join(tmpdir(), 'muster-warm-'));
process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }));

const created = await createEngine({ dataDir, home: homedir() });
if (!created.ok) throw new Error(created.error.message);
const engine = created.value;
const client = engine.connect({
  trusted: true,
  localNodes: 'approved',
  folder: process.cwd(),
  user: 'bench',
  canPrompt: false,
  onClose: 'cancel',
});
await runBatch();
for (let round = 0; round < Number(rounds); round++) {
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  const reused = await runBatch();
  const wallMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpu);
  const rssMb = process.memoryUsage.rss() / 2 ** 20;
  console.log(JSON.stringify({ wallMs, cpuMs: (user + system) / 1000, rssMb, reused }));
}
client.dispose();
await engine.close();

/** Plans and runs the command on all nodes. Gives how many connections were re-used; throws where a node failed. */
async function runBatch() {
  /** @type {import('../../core/run/plan.ts').PlanRequest} */
  const request = {
    action: { type: 'command', command },
    selection: 'all',
    sources: [{ type: 'muster', path: inventory }],
    strategy: { concurrency: Number(concurrency) },
    maxTargets: 5000,
  };
  const preview = await client.plan(request);
  if (!preview.ok) throw new Error(preview.error.message);
  let reused = 0;
  /** @type {string | undefined} */
  let end;
  /** @type {PromiseWithResolvers<void>} */
  const ended = Promise.withResolvers();
  const listening = client.onEvents(({ events }) => {
    for (const event of events) {
      if (event.type === 'connected' && event.connection.reused) reused++;
      if (event.type !== 'batchFinished') continue;
      end = event.end;
      ended.resolve();
    }
  });
  const started = await client.start({ plan: preview.value.plan });
  if (!started.ok) throw new Error(started.error.message);
  await ended.promise;
  listening.dispose();
  if (end !== 'succeeded') throw new Error(`the batch ended as ${end}`);
  return reused;
}
