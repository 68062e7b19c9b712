import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { muster, type MusterOptions, runNode } from './muster.ts';
import { serverWith } from './servers.ts';
import { createWorld, laterEngine, nodeOf, type NodeSettings, type World } from './world.ts';

const engineProgram = fileURLToPath(new URL('./children/twoBatches.ts', import.meta.url));

/** Nodes that each need a connection of their own. */
const nodes = 40;

describe('faults: too few file descriptors', function () {
  const withNodes = async (use: (world: World) => Promise<void>): Promise<void> => {
    await using server = await serverWith();
    const all = Array.from({ length: nodes }, (_, at): [string, NodeSettings] => [
      `n${at}`,
      nodeOf(server, { user: `user${at}` }),
    ]);
    await using world = await createWorld(Object.fromEntries(all));
    await use(world);
  };
  const few: MusterOptions = { under: ['bash', '-c', 'ulimit -n 45; exec "$@"', 'bash'] };

  it('R-C16: fewer nodes run at once, all of them end ok, and the history is whole', () =>
    withNodes(async ({ inventory, dataDir }) => {
      const args = ['--on', `n[0-${nodes - 1}]`, '-i', inventory, '--data', dataDir, '--output', 'json'];
      const { code, out, err } = await muster(
        ['run', 'echo "here $$"', ...args, '--concurrency', `${nodes}`, '--yes'],
        few,
      );
      const { executions, counts } = JSON.parse(out);
      assert.deepEqual([counts, code], [{ ok: nodes }, 0], err);
      for (const { stdout } of executions) assert.match(stdout, /^here \d+\n$/);
      const [batch] = await (await laterEngine(dataDir)).batches();
      assert.deepEqual([batch?.status, batch?.completed], ['succeeded', nodes]);
    }));

  it('R-C16: connections that are kept for later leave room for the next batch', () =>
    withNodes(async ({ inventory, dataDir }) => {
      const { code, out, err } = await runNode([engineProgram, dataDir, inventory], few);
      assert.equal(code, 0, err);
      assert.deepEqual(JSON.parse(out), [{ ok: nodes }, { ok: nodes }]);
    }));
});
