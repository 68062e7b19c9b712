import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createWorkspace, type Workspace } from './commandLine.ts';

describe('muster history', function () {
  let workspace: Workspace;
  const json = async (args: readonly string[]) =>
    JSON.parse((await workspace.muster(['history', ...args, '--json'])).out);
  before(async () => {
    workspace = await createWorkspace();
    await workspace.muster(['run', 'echo One; echo >&2 two', '--on', 'n1']);
    await workspace.muster(['run', 'exit 3', '--on', 'n[1-2],gone']);
  });
  after(() => workspace[Symbol.asyncDispose]());

  it('lists what fits, by how it ended on a node and by what it said', async () => {
    const all = await json(['list']);
    assert.deepEqual([all.found, all.batches[0].title, all.notes], [2, 'exit 3', []]);
    const failed = await json(['list', '--node', 'n[1-2]', '--outcome', 'failures', '--since', '1h']);
    assert.deepEqual([failed.found, failed.batches[0].counts], [1, { failed: 2, unreachable: 1 }]);
    const said = await json(['list', '--text', 'ONE', '--tag', 'here']);
    assert.equal(said.batches[0].title, 'echo One; echo >&2 two');
    const none = await workspace.muster(['history', 'list', '--text', 'three']);
    assert.deepEqual([none.code, none.out], [0, 'No batch fits.\n']);
    const page = await workspace.muster(['history', 'list', '--page', '2', '--page-size', '1']);
    assert.match(
      page.out,
      /^01\w{24} {2}\S+ \S+ {2}succeeded {2}1 of 1 ok .*echo One; .*\n2 batches, page 2 of 2\n$/,
    );
    const [shown = ''] = /\d{4}-\S+ \S+/.exec(page.out) ?? [];
    assert.equal(
      (await json(['list', '--since', shown])).found,
      2,
      'a time that is printed is one that is taken',
    );
    const beyond = await workspace.muster(['history', 'list', '--page', '9']);
    assert.equal(beyond.out, 'There is no page 9: 2 batches on one page.\n');
  });

  it('shows a batch and prints its output, by the end of its id', async () => {
    const [, { id }] = (await json(['list'])).batches;
    const end = id.slice(-5).toLowerCase();
    assert.equal((await json(['show', end])).batch, id);
    const output = await workspace.muster(['history', 'output', end]);
    assert.match(output.out, /n1 .*\n {2}One\n│ two\n/);
    const raw = await workspace.muster(['history', 'output', end, '--raw']);
    assert.deepEqual([raw.out, raw.err], ['One\n', 'two\n']);
    const many = await workspace.muster(['history', 'output', '--raw']);
    assert.deepEqual([many.code, many.out], [64, '']);
  });

  it('says that a damaged index was set aside, and answers all the same', async () => {
    writeFileSync(join(workspace.folder, 'data', 'muster', 'index.sqlite'), 'no database');
    const told = await workspace.muster(['history', 'list']);
    assert.match(told.err, /^muster: The index of the history was damaged\. It is now .*corrupt-/);
    assert.equal(told.out.trim().split('\n').length, 2);
    const rebuilt = await workspace.muster(['history', 'rebuild']);
    assert.deepEqual([rebuilt.out, rebuilt.err], ['The index has 2 batches.\n', '']);
  });

  it('deletes what is named or what fits, after a yes', async () => {
    const unsure = await workspace.muster(['history', 'delete', '--outcome', 'unreachable']);
    assert.deepEqual([unsure.code, unsure.out], [64, '']);
    const vague = await workspace.muster(['history', 'delete', '--yes']);
    assert.match(vague.err, /^muster: Name batches, or say with options such as --until 90d which ones\.\n$/);
    const done = await workspace.muster(['history', 'delete', '--outcome', 'unreachable', '--yes']);
    assert.equal(done.out, '1 batch deleted.\n');
    const unknown = await workspace.muster(['history', 'delete', 'zzzz', '--yes']);
    assert.equal(unknown.code, 64);
    assert.equal((await json(['list'])).found, 1);
  });
});
