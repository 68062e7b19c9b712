import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createWorkspace, type Workspace } from './commandLine.ts';

describe('muster history export', function () {
  this.timeout(180_000);
  let workspace: Workspace;
  before(async () => {
    workspace = await createWorkspace();
    const command = 'printf "said\\377"; echo "<b>" >&2; exit 0';
    await workspace.muster(['run', command, '--on', 'n1,n2,gone']);
  });
  after(() => workspace[Symbol.asyncDispose]());
  const run = (...args: readonly string[]) => workspace.muster(['history', 'export', ...args]);

  it('writes to stdout what run --output json would have printed, with all of the output', async () => {
    const { code, out } = await run();
    const batch = JSON.parse(out);
    assert.equal(code, 0);
    assert.deepEqual([batch.status, batch.counts], ['partial', { ok: 2, unreachable: 1 }]);
    assert.equal(Buffer.from(batch.executions[0].stdoutBase64, 'base64').toString('latin1'), 'said\xff');
    assert.equal(batch.executions[0].stderr, '<b>\n');
  });

  it('takes some of the nodes', async () => {
    const failures = JSON.parse((await run('--status', 'failures')).out);
    assert.deepEqual(
      failures.executions.map(({ node }: { node: string }) => node),
      ['gone'],
    );
    const named = JSON.parse((await run('--nodes', 'n[1-2]')).out);
    assert.equal(named.executions.length, 2);
    const strange = await run('--nodes', 'n[1-3]', '--json');
    const { code, message } = JSON.parse(strange.out).error;
    assert.deepEqual([strange.code, code], [64, 'NOT_FOUND']);
    assert.match(message, /^Batch \w{4} has no node n3\. "muster status \w{4}" lists those that it has\.$/);
  });

  it('writes formats to files, which it does not replace unasked', async () => {
    for (const [format, begin] of [
      ['html', '<!doctype html>'],
      ['csv', '"batch","id","node"'],
      ['junit', '<?xml version="1.0"'],
    ] as const) {
      const done = await run('--format', format, '-o', `report.${format}`);
      assert.equal(done.code, 0, done.err);
      const file = join(workspace.folder, `report.${format}`);
      assert.ok((await readFile(file, 'utf8')).startsWith(begin), format);
      assert.equal((await stat(file)).mode & 0o777, 0o600);
    }
    const again = await run('--format', 'csv', '-o', 'report.csv');
    assert.equal(again.code, 64);
    assert.match(again.err, /is there already, and was not touched\..* --force replaces it/);
    assert.equal((await run('--format', 'csv', '-o', 'report.csv', '--force', '--json')).code, 0);
  });

  it('writes a file for each node', async () => {
    const refused = await run('--format', 'files');
    assert.deepEqual([refused.code, refused.out], [64, '']);
    const done = JSON.parse((await run('--format', 'files', '-o', 'outputs', '--json')).out);
    assert.deepEqual([done.files, done.executions], [4, 3]);
    const folder = join(workspace.folder, 'outputs');
    assert.deepEqual((await readdir(folder)).sort(), ['gone.txt', 'index.csv', 'n1.txt', 'n2.txt']);
    const said = (await readFile(join(folder, 'n1.txt'))).toString('latin1');
    assert.deepEqual([said.length, said.includes('said\xff')], [9, true]);
  });

  it('writes what has ended of a batch that runs', async () => {
    const lived: string[] = [];
    await workspace.muster(
      ['run', 'test "$PWD" = / || sleep 0.1; sleep 90', '--on', 'n1,gone', '--output', 'jsonl'],
      {
        sees: ({ out, kill }) => {
          if (lived.length > 0 || !out.includes('"node":"gone"')) return;
          lived.push('asked');
          void run().then(({ out: text }) => {
            lived.push(text);
            kill('SIGINT');
          });
        },
      },
    );
    const batch = JSON.parse(lived[1] ?? '');
    assert.deepEqual(
      [batch.status, batch.executions.length, batch.counts],
      ['running', 1, { unreachable: 1 }],
    );
  });
});
