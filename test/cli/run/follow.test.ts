import assert from 'node:assert/strict';
import { createWorkspace, type Workspace } from '../commandLine.ts';

describe('C20: muster run --follow', function () {
  let workspace: Workspace;
  before(async () => void (workspace = await createWorkspace()));
  after(() => workspace[Symbol.asyncDispose]());

  const ticking = 'n=0; while :; do n=$((n+1)); echo "line $n"; sleep 0.1; done';

  it('shows lines of all nodes as they come; Ctrl-C ends it well', async () => {
    let stopped = false;
    const { code, out } = await workspace.muster(['run', ticking, '--on', 'n[1-3]', '--follow'], {
      sees: ({ out: seen, kill }) => {
        if (stopped || !['n1', 'n2', 'n3'].every((node) => new RegExp(`^${node} +│ line 3$`, 'm').test(seen)))
          return;
        stopped = true;
        kill('SIGINT');
      },
    });
    assert.equal(code, 0, out);
    assert.match(out, /Succeeded: 3 of 3 ok/);
    const first = out.indexOf('line 2\n');
    assert.ok(
      out.indexOf('line 1\n', first) < out.lastIndexOf('line 3\n'),
      'merged, not one node after the other',
    );
  });

  it('marks stderr, keeps an open line, and fails with a command that fails', async () => {
    const { code, out } = await workspace.muster([
      'run',
      "printf 'open'; printf 'oh\\033[2J\\n' >&2; exit 4",
      '--on',
      'n1',
      '--follow',
    ]);
    assert.equal(code, 1);
    assert.match(out, /^n1 +│ open$/m);
    assert.match(out, /^n1 +│ oh␛\[2J$/m);
    assert.match(out, /✗ n1 +failed +exit 4/);
  });

  for (const flags of [['--sequential'], ['--timeout', '5s'], ['--waves', '1']]) {
    it(`refuses ${flags[0]} beside it`, async () => {
      const { code, err } = await workspace.muster(['run', 'true', '--on', 'n1', '--follow', ...flags]);
      assert.equal(code, 64);
      assert.match(err, /command that is followed/);
    });
  }
});
