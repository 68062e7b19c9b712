import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { createWorkspace, type Workspace } from './commandLine.ts';

describe('muster stop on a batch that runs elsewhere', function () {
  let workspace: Workspace;
  before(async () => void (workspace = await createWorkspace()));
  after(() => workspace[Symbol.asyncDispose]());

  type Listed = { readonly id: string; readonly status: string; readonly completed: number };
  const newest = async (): Promise<Listed | undefined> =>
    JSON.parse((await workspace.muster(['batches', '--output', 'json'])).out).batches[0];

  it('shows it as running, has its process stop it, and says what became of it', async () => {
    const running = workspace.muster(['run', 'echo begun; sleep 60', '--on', '@pair']);
    let batch: Listed | undefined;
    while (!batch) {
      await sleep(100);
      batch = await newest();
    }
    assert.equal(batch.status, 'running');
    const status = await workspace.muster(['status', batch.id]);
    assert.match(status.out, /^\w{26} {2}running {2}echo begun/);
    const early = await workspace.muster(['rerun', batch.id, '--all']);
    assert.match(early.err, /still runs\. Wait for its end, or stop it/);
    const wrong = await workspace.muster(['stop', batch.id, '--node', 'nosuch']);
    assert.deepEqual([wrong.code, (await newest())?.status], [64, 'running'], wrong.err);
    const stopped = await workspace.muster(['stop', batch.id.slice(-4).toLowerCase()]);
    assert.deepEqual([stopped.code, stopped.out], [0, 'n1: stopped, gone\nn2: stopped, gone\n']);
    const { code, out } = await running;
    assert.equal(code, 130);
    assert.match(out, /Cancelled: 0 of 2 ok, 2 cancelled/);
  });
});
