import assert from 'node:assert/strict';
import { createWorkspace, type Workspace } from '../commandLine.ts';

describe('what muster run gives a command', function () {
  let workspace: Workspace;
  before(async () => void (workspace = await createWorkspace()));
  after(() => workspace[Symbol.asyncDispose]());

  const stdoutOf = async (args: readonly string[], input = ''): Promise<unknown> => {
    const { out, err } = await workspace.muster(['run', ...args, '--on', 'n1', '--output', 'json'], {
      input,
    });
    assert.equal(err, '');
    return JSON.parse(out).executions[0].stdout;
  };

  it('sets variables', async () => {
    const args = ['echo "$A|$B"', '--env', `A=it's $HOME = \\`, '--env', 'B='];
    assert.equal(await stdoutOf(args), `it's $HOME = \\|\n`);
  });

  it('runs in a folder of the node', async () => {
    assert.equal(await stdoutOf(['pwd -P', '--cwd', '/']), '/\n');
  });

  it('gives a file on stdin, or what is piped in', async () => {
    await workspace.write('input.txt', 'from a file\n');
    assert.equal(await stdoutOf(['cat', '--stdin', 'input.txt']), 'from a file\n');
    assert.equal(await stdoutOf(['cat', '--stdin', '-'], 'piped\n'), 'piped\n');
  });

  it('gives no stdin that nobody asked for', async () => {
    assert.equal(await stdoutOf(['cat'], 'not for the nodes\n'), '');
  });

  it('keeps the content of stdin out of the history', async () => {
    await stdoutOf(['wc -c', '--stdin', '-'], 'canary-7f3k\n');
    const { out } = await workspace.muster(['run', 'grep -rl canary-7f3[k] data; true', '--on', 'n1']);
    assert.doesNotMatch(out, /data\//);
  });

  it('fails where the folder is not there, and runs nothing', async () => {
    const { code, out } = await workspace.muster(['run', 'echo ran', '--cwd', '/no/such', '--on', 'n1']);
    assert.equal(code, 1);
    assert.match(out, /✗ n1 +failed +there is no folder \/no\/such/);
    assert.doesNotMatch(out, /ran/);
  });

  const refused: Record<string, [readonly string[], number, RegExp]> = {
    'a variable without a value': [['--env', 'A'], 64, /--env A=VALUE/],
    'a name that no shell can set': [['--env', '1x=y'], 64, /no name of a variable/],
    'a file that is not there': [['--stdin', 'nothing-here'], 65, /nothing-here can not be read/],
    'an empty folder': [['--cwd', ''], 64, /folder is empty/],
  };
  for (const [what, [args, code, message]] of Object.entries(refused)) {
    it(`refuses ${what}`, async () => {
      const ended = await workspace.muster(['run', 'true', '--on', 'n1', ...args]);
      assert.deepEqual([ended.code, ended.out], [code, '']);
      assert.match(ended.err, message);
    });
  }
});
