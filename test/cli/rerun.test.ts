import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createWorkspace, type Workspace } from './commandLine.ts';

describe('muster rerun', function () {
  let workspace: Workspace;
  before(async () => void (workspace = await createWorkspace()));
  after(() => workspace[Symbol.asyncDispose]());

  const newest = async (): Promise<{ id: string; origin?: unknown }> =>
    JSON.parse((await workspace.muster(['batches', '--output', 'json'])).out).batches[0];

  it('runs the nodes that failed again, from the end of an id, and says what it is', async () => {
    const bad = join(workspace.folder, 'bad');
    await writeFile(bad, '');
    await workspace.muster(['run', 'test ! -e bad', '--on', 'n[1-2],gone', '--concurrency', '1']);
    const { id } = await newest();
    const tail = id.slice(-4).toLowerCase();
    await rm(bad);
    const dry = await workspace.muster(['rerun', tail, '--failed', '--dry-run']);
    assert.equal(dry.code, 0, dry.err);
    assert.match(
      dry.out,
      new RegExp(`\nOn 3 nodes: n\\[1-2\\] gone\nAgain on nodes that failed in batch ${tail}\n`),
    );
    const ran = await workspace.muster(['rerun', tail, '--failed', '--nodes', 'n*', '--output', 'json']);
    const result = JSON.parse(ran.out);
    assert.deepEqual([ran.code, result.counts], [0, { ok: 2 }]);
    assert.deepEqual(result.origin, { batch: id, which: 'failed' });
    assert.deepEqual((await newest()).origin, result.origin);
    const status = await workspace.muster(['status']);
    assert.match(status.out, new RegExp(`^again on nodes that failed in batch ${tail}$`, 'm'));
  });

  it('wants what a command read on stdin again', async () => {
    await workspace.muster(['run', 'cat', '--on', 'n1', '--stdin', '-'], { input: 'first' });
    const { id } = await newest();
    const without = await workspace.muster(['rerun', id, '--all']);
    assert.equal(without.code, 64);
    assert.match(without.err, /read 5 bytes on stdin, which are not kept\. Give them again: --stdin FILE/);
    const other = await workspace.muster(['rerun', id, '--ok', '--stdin', '-'], { input: 'second' });
    assert.match(other.err, /not what batch \w{4} read/);
    assert.match(other.out, /^ {2}second$/m);
  });

  it('says where a script is not what it was', async () => {
    await workspace.write('s.sh', 'echo one\n');
    await workspace.muster(['script', 's.sh', '--on', 'n1']);
    const { id } = await newest();
    const same = await workspace.muster(['rerun', id, '--ok', '--dry-run']);
    assert.doesNotMatch(same.out, /not what batch/);
    await workspace.write('s.sh', 'echo two\n');
    const { err, out } = await workspace.muster(['rerun', id, '--ok']);
    assert.match(err, /s\.sh is not what batch \w{4} sent: what is there now is used\./);
    assert.match(out, /^ {2}two$/m);
    await workspace.muster(['run', 'cat', '--on', 'n1', '--stdin', '-'], { input: 'first' });
  });

  it('says what is missing, and what there is nothing of', async () => {
    const { id } = await newest();
    const none = await workspace.muster(['rerun', id]);
    assert.deepEqual([none.code, /Say which of its nodes: --failed/.test(none.err)], [64, true]);
    const both = await workspace.muster(['rerun', id, '--failed', '--ok']);
    assert.deepEqual([both.code, /cannot be used with/.test(both.err)], [64, true], both.err);
    const empty = await workspace.muster(['rerun', id, '--failed', '--stdin', '-', '--output', 'json']);
    assert.equal(JSON.parse(empty.out).error.code, 'SELECTION_EMPTY');
  });
});
