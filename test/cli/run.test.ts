import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { createWorkspace, type Workspace } from './commandLine.ts';

/** Each of these starts the command line as a process, on nodes that are folders of this machine. */
describe('muster run', function () {
  let workspace: Workspace;
  const run = (...args: readonly string[]) => workspace.muster(['run', ...args]);
  before(async () => void (workspace = await createWorkspace()));
  after(() => workspace[Symbol.asyncDispose]());

  it('prints each node and its output, then the ending', async () => {
    const { code, out, err } = await run('echo hi; echo oh >&2', '--on', 'n1');
    assert.equal(code, 0, err);
    assert.match(out, /^✓ n1 {2}ok {11}\d\.\d s\n/);
    assert.match(out, /^ {2}hi$/m);
    assert.match(out, /^│ oh$/m);
    assert.match(out, /\nSucceeded: 1 of 1 ok, in \d\.\d s\n$/);
  });

  it('lets no escape sequence of a node through', async () => {
    const { out } = await run(String.raw`printf '\033]0;x\007\033[31mred\033[0m\n'`, '--on', 'n1');
    assert.match(out, /^ {2}␛\]0;x␇red$/m);
  });

  it('ends with 2 when some failed and goes on past a missing folder', async () => {
    const { code, out } = await run('exit 0', '--on', 'n1,gone');
    assert.equal(code, 2);
    assert.match(out, /\? gone +unreachable/);
    assert.match(out, /Partial: 1 of 2 ok, 1 unreachable/);
  });

  it('ends with 1 when nobody is ok', async () => {
    assert.equal((await run('exit 3', '--on', '@pair')).code, 1);
  });

  it('gives json in target order with counts that add up', async () => {
    const { code, out } = await run('echo x', '--on', 'n3,n1,n2', '--output', 'json');
    const result = JSON.parse(out);
    assert.equal(code, 0);
    assert.deepEqual(result.counts, { ok: 3 });
    assert.deepEqual(
      result.executions.map(({ node, stdout }: { node: string; stdout: string }) => [node, stdout]),
      [
        ['n1', 'x\n'],
        ['n2', 'x\n'],
        ['n3', 'x\n'],
      ],
    );
  });

  it('only says what would run with --dry-run', async () => {
    const mark = ['touch ran; echo x', '--on', '@pair', '--waves', '1'];
    const { code, out } = await run(...mark, '--dry-run');
    assert.equal(code, 0);
    assert.match(out, /^touch ran; echo x\nOn 2 nodes: n1 n2\nin waves of 1/);
    assert.match(out, /\nNothing was run \(--dry-run\)\.\n$/);
    const { plan, dryRun } = JSON.parse((await run(...mark, '--dry-run', '--output', 'json')).out);
    assert.deepEqual([dryRun, plan.executions.length, plan.strategy.mode], [true, 2, 'rolling']);
    assert.equal((await run('test -e ran', '--on', '@pair')).code, 1);
  });

  it('gives bytes that are not text as base64', async () => {
    const { out } = await run(String.raw`printf 'a\377b'`, '--on', 'n1', '--output', 'json');
    assert.equal(JSON.parse(out).executions[0].stdoutBase64, 'Yf9i');
  });

  it('gives jsonl: executions, then the batch', async () => {
    const { out } = await run('true', '--on', '@pair', '--output', 'jsonl');
    const types = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).type);
    assert.deepEqual(types, ['execution', 'execution', 'batch']);
  });

  it('stops a command that takes too long, and says so after looking', async () => {
    const { code, out } = await run('sleep 30', '--on', 'n1', '--timeout', '300ms', '--output', 'json');
    const [execution] = JSON.parse(out).executions;
    assert.equal(code, 1);
    assert.deepEqual([execution.outcome, execution.kind, execution.remote], ['timed-out', 'run', 'stopped']);
  });

  it('stops after the first failure when asked', async () => {
    const { code, out } = await run(
      'exit 1',
      '--on',
      'n[1-4]',
      '--sequential',
      '--fail-fast',
      '--output',
      'json',
    );
    assert.equal(code, 1);
    assert.deepEqual(JSON.parse(out).counts, { failed: 1, 'not-started': 3 });
  });

  for (const [signal, expected] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    it(`keeps what came when ${signal} stops it`, async () => {
      let sent = false;
      const { code, out, err } = await workspace.muster(
        ['run', 'mkdir once 2>/dev/null && exit 0; sleep 30', '--on', 'n[1-3]', '--sequential'],
        {
          sees({ kill, out: text }) {
            if (!sent && text.includes('✓ n1')) kill(signal);
            sent ||= text.includes('✓ n1');
          },
        },
      );
      await rm(`${workspace.folder}/once`, { recursive: true, force: true });
      assert.equal(code, expected, out + err);
      assert.match(err, /Stopping \d… Ctrl-C again to leave them/);
      assert.match(out, /✓ n1 /);
      assert.match(out, /Cancelled: 1 of 3 ok, 2 cancelled/);
    });
  }

  it('cancels what runs and ends quietly when its reader goes away', async () => {
    const { code, err } = await workspace.muster(['run', 'sleep 0.2', '--on', 'n[1-4]', '--sequential'], {
      sees: ({ hangUp }) => hangUp(),
    });
    assert.deepEqual([code, err], [141, '']);
  });
});

describe('muster run, bad input', function () {
  let workspace: Workspace;
  before(async () => void (workspace = await createWorkspace()));
  after(() => workspace[Symbol.asyncDispose]());

  const cases: readonly (readonly [string, readonly string[], number, RegExp])[] = [
    ['no selection', ['run', 'id'], 64, /No node selected.*--on/],
    ['an empty selection', ['run', 'id', '--on', ' '], 64, /No node selected/],
    ['an empty command', ['run', ' ', '--on', 'n1'], 64, /command is empty/],
    ['surplus words', ['run', 'id', '--on', 'n1', 'n2'], 64, /Surplus words: n2.*Quote/],
    [
      'unknown names',
      ['run', 'id', '--on', 'n9,@pairs'],
      64,
      /Not found:.*n9.*@pairs \(did you mean @pair\?\)/,
    ],
    ['a broken selection', ['run', 'id', '--on', 'n1 n2'], 64, /operator is expected/],
    ['too many nodes', ['run', 'id', '--on', 'n[1-4]', '--max', '3'], 69, /4 nodes, the limit is 3/],
    ['a number that is none', ['run', 'id', '--on', 'n1', '--concurrency', 'x'], 64, /number from 1 to 256/],
    ['a timeout of nothing', ['run', 'id', '--on', 'n1', '--timeout', '0'], 64, /60s/],
    ['an unknown option', ['run', 'id', '--onn', 'n1'], 64, /unknown option '--onn'.*--on/i],
    ['an unknown command', ['rum'], 64, /did you mean run/i],
    ['no command', [], 64, /--help/],
    [
      'a missing inventory',
      ['run', 'id', '--on', 'n1', '-i', 'nope.yaml'],
      65,
      /nope\.yaml There is no such file/,
    ],
    [
      'a broken inventory',
      ['run', 'id', '--on', 'n1', '-i', 'bad.yaml'],
      65,
      /bad\.yaml:3:9 .*"hsot".*"host"/,
    ],
    [
      'a history that can not be written',
      ['run', 'id', '--on', 'n1', '--data', 'bad.yaml'],
      74,
      /bad\.yaml can not be written/,
    ],
  ];
  for (const [what, args, expected, message] of cases) {
    it(`answers ${what} with ${expected}`, async () => {
      await workspace.write('bad.yaml', 'version: 1\nnodes:\n  n1: { hsot: x }\n');
      const { code, out, err } = await workspace.muster(args);
      assert.equal(code, expected, err);
      assert.match(err, message);
      assert.equal(out, '');
    });
  }

  it('gives the error as json where json was asked for', async () => {
    const { code, out, err } = await workspace.muster(['run', 'id', '--on', 'n9', '--output', 'json']);
    const { version, error } = JSON.parse(out);
    assert.deepEqual([code, version, error.code], [64, 1, 'SELECTION_UNKNOWN']);
    assert.match(err, /n9/);
  });

  it('says where it looked for an inventory', async () => {
    await rm(`${workspace.folder}/.muster`, { recursive: true });
    const { code, err } = await workspace.muster(['run', 'id', '--on', 'n1']);
    assert.equal(code, 65);
    assert.match(err, /No inventory: there is no \.muster\/inventory\.yaml in .*Name one with -i/);
  });
});
