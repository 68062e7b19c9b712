// An engine that runs two batches on all nodes, five at once. Arguments: data folder, inventory. Prints the counts.
import { createEngine } from '../../../engine/engine.ts';

const [dataDir = '', inventory = ''] = process.argv.slice(2);
const created = await createEngine({ dataDir, home: dataDir });
if (!created.ok) throw new Error(created.error.message);
const client = created.value.connect({
  trusted: true,
  localNodes: 'allowed',
  user: 'me',
  canPrompt: false,
  onClose: 'finish',
});

const results = [];
for (let at = 0; at < 2; at++) {
  const preview = await client.plan({
    action: { type: 'command', command: 'echo ok' },
    selection: 'all',
    sources: [{ type: 'muster', path: inventory }],
    strategy: { concurrency: 5 },
  });
  if (!preview.ok) throw new Error(preview.error.message);
  const ended = Promise.withResolvers<void>();
  const listening = client.onEvents(({ events }) => {
    if (events.some(({ type }) => type === 'batchFinished')) ended.resolve();
  });
  const started = await client.start({ plan: preview.value.plan });
  if (!started.ok) throw new Error(started.error.message);
  await ended.promise;
  listening.dispose();
  const state = await client.snapshot(started.value.batch);
  if (!state.ok) throw new Error(state.error.message);
  results.push(Object.fromEntries(Object.entries(state.value.counts).filter(([, count]) => count > 0)));
}
console.log(JSON.stringify(results));
client.dispose();
await created.value.close();
process.exit();
