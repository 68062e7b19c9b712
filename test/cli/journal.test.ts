import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createWorkspace, type Workspace } from './commandLine.ts';

describe('muster journal', function () {
  this.timeout(120_000);
  let workspace: Workspace;
  before(async () => void (workspace = await createWorkspace()));
  after(() => workspace[Symbol.asyncDispose]());

  it('tells what ran on a node and what was noted about it', async () => {
    const nothing = await workspace.muster(['journal', 'list', 'n1']);
    assert.deepEqual([nothing.code, nothing.out], [0, 'Nothing is in the journal of n1.\n']);
    await workspace.muster(['run', 'exit 3', '--on', 'n1']);
    const added = await workspace.muster([
      'journal',
      'add',
      'n[1-2]',
      'RAM \u001b[2J replaced',
      '--level',
      'warning',
    ]);
    assert.deepEqual([added.code, added.out], [0, 'Noted about 2 nodes.\n']);
    assert.match(added.err, /Nothing was noted before about n1 n2\./);
    const { out } = await workspace.muster(['journal', 'list', 'n1']);
    assert.match(
      out,
      /^\S+ \S+ +warning +\S+ +- +RAM ␛\[2J replaced\n\S+ \S+ +error +\S+ +\w{4} +exit 3: exit 3\n$/,
    );
    const page = JSON.parse(
      (await workspace.muster(['journal', 'list', 'n1', '--kind', 'note', '--json'])).out,
    );
    assert.deepEqual(
      [page.entries.length, page.entries[0].text, page.more],
      [1, 'RAM \u001b[2J replaced', false],
    );
    const later = await workspace.muster([
      'journal',
      'list',
      'n1',
      '--since',
      '2h',
      '--search',
      'EXIT',
      '--json',
    ]);
    assert.equal(JSON.parse(later.out).entries[0].link.execution, 'e1');
  });

  it('refuses what can not be noted', async () => {
    const empty = await workspace.muster(['journal', 'add', 'n1', '  ']);
    assert.deepEqual([empty.code, empty.err], [64, 'muster: Write what is to be noted.\n']);
    const long = await workspace.muster(['journal', 'add', 'n1', 'x'.repeat(10_001), '--json']);
    assert.deepEqual([long.code, JSON.parse(long.out).error.code], [64, 'USAGE']);
    const names = await workspace.muster(['journal', 'add', 'n[1-', 'text']);
    assert.equal(names.code, 64);
    const several = await workspace.muster(['journal', 'list', 'n[1-2]']);
    assert.match(several.err, /n\[1-2\] stands for 2 nodes\. Name one: each has a journal of its own\./);
  });

  it('says what a workspace may not decide', async () => {
    await mkdir(join(workspace.folder, 'sub', '.muster'), { recursive: true });
    const file = join(workspace.folder, 'sub', '.muster', 'config.yaml');
    await writeFile(file, 'journal: { keep: 1d }\n');
    const checked = await workspace.muster(['check', file]);
    assert.equal(checked.code, 65);
    assert.match(checked.out + checked.err, /A workspace does not say what is kept in the journal\./);
  });
});
