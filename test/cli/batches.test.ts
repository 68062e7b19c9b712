import assert from 'node:assert/strict';
import { createWorkspace, type Workspace } from './commandLine.ts';

describe('muster batches and muster status', function () {
  let workspace: Workspace;
  before(async () => void (workspace = await createWorkspace()));
  after(() => workspace[Symbol.asyncDispose]());

  it('tell what was run, and how it went node by node', async () => {
    const nothing = await workspace.muster(['status']);
    assert.deepEqual([nothing.code, nothing.out], [64, '']);
    assert.match(nothing.err, /Nothing has been run yet/);
    await workspace.muster(['run', 'exit 0', '--on', 'n[1-3],gone']);
    const listed = await workspace.muster(['batches', '--output', 'json']);
    const [batch] = JSON.parse(listed.out).batches;
    assert.deepEqual([batch.status, batch.nodes, batch.failures], ['partial', 4, 1]);
    const end = batch.id.slice(-6).toLowerCase();
    const { code, out } = await workspace.muster(['status', end, '--status', 'failures', '--output', 'json']);
    const page = JSON.parse(out);
    assert.equal(code, 0);
    assert.deepEqual([page.batch, page.counts, page.found], [batch.id, { ok: 3, unreachable: 1 }, 1]);
    assert.equal(page.executions[0].node, 'gone');
    for (const time of [batch.startedAt, batch.lastEnd, page.startedAt, page.endedAt])
      assert.equal(new Date(time).toISOString(), time);
    const text = await workspace.muster(['status', '--page-size', '2', '--page', '2']);
    assert.match(text.out, /^01\w+ {2}partial {2}exit 0\n4 nodes: 3 ok, 1 unreachable\n/);
    assert.match(text.out, /\nn2 {2}ok .*\nn3 {2}ok .*\n4 nodes, page 2 of 2\n$/);
    const unknown = await workspace.muster(['status', 'nope', '--output', 'json']);
    assert.deepEqual([unknown.code, JSON.parse(unknown.out).error.code], [64, 'NOT_FOUND']);
    const stopped = await workspace.muster(['stop', end, '--node', 'nosuch', '--json']);
    assert.match(stopped.out, /"NOT_FOUND","message":"Batch \w{4} has no node nosuch\. /);
  });

  it('are frozen or not, and "unfreeze" says which it was', async () => {
    await workspace.muster(['freeze', '--reason', 'a test']);
    const ended = await workspace.muster(['unfreeze']);
    const again = await workspace.muster(['unfreeze']);
    assert.match(ended.out, /^The freeze has ended\./);
    assert.match(again.out, /^There was no freeze to end\./);
  });
});
