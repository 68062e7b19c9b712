import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { addScheduleOptions, scheduleRefusal } from '../../cli/run/scheduleOptions.ts';
import { createWorkspace, type Workspace } from './commandLine.ts';

type Execution = {
  node: string;
  outcome: string;
  message: string;
  attempts: number;
  startedAt: string | null;
};

/** Each option that says what runs when, by what it does to nodes that are folders of this machine. */
describe('muster run, what runs when', function () {
  let workspace: Workspace;
  before(async () => void (workspace = await createWorkspace()));
  after(() => workspace[Symbol.asyncDispose]());

  const run = async (command: string, ...args: readonly string[]) => {
    const ended = await workspace.muster(['run', command, '--on', 'n[1-4]', '--output', 'json', ...args]);
    const result: { counts: Record<string, number>; executions: Execution[] } = JSON.parse(ended.out);
    return { ...result, ...ended };
  };
  /** Fails where another one runs at the same time. */
  const alone = 'mkdir lock && sleep 0.1 && rmdir lock';
  /** Milliseconds from the first start to the last. */
  const spread = (executions: readonly Execution[]): number => {
    const starts = executions.map(({ startedAt }) => Date.parse(startedAt ?? ''));
    return Math.max(...starts) - Math.min(...starts);
  };

  it('runs in waves, with a wait between them', async () => {
    const { code, executions, err } = await run('true', '--waves', '1,2', '--pause', '300ms');
    assert.equal(code, 0, err);
    const starts = executions.map(({ startedAt }) => Date.parse(startedAt ?? ''));
    assert.ok(starts[1]! - starts[0]! >= 300, 'the second wave waits');
    assert.ok(starts[2]! - starts[1]! < 300, 'a wave starts together');
    assert.ok(starts[3]! - starts[2]! >= 300, 'the last size comes again');
  });

  it('stops the waves where the probe fails', async () => {
    const { counts, executions } = await run('true', '--waves', '1', '--probe', 'exit 3');
    assert.deepEqual(counts, { ok: 1, 'not-started': 3 });
    assert.equal(executions[3]?.message, 'the probe failed on 1 of 1 nodes of wave 1');
  });

  it('stops the waves where one has more failures than it bears', async () => {
    const args = ['--waves', '2', '--max-failures-per-wave', '0'];
    const { counts, executions } = await run('exit 1', ...args);
    assert.deepEqual(counts, { failed: 2, 'not-started': 2 });
    assert.match(executions[2]?.message ?? '', /2 failures, and none is allowed in wave 1/);
  });

  it('starts nothing further above the failures that the batch bears', async () => {
    const { counts } = await run('exit 1', '--sequential', '--max-failures', '25%');
    assert.deepEqual(counts, { failed: 2, 'not-started': 2 });
  });

  it('starts no faster than the rate', async () => {
    const { executions } = await run('true', '--rate-limit', '5/s');
    assert.ok(spread(executions) >= 580, `${spread(executions)} ms for four at five a second`);
    const burst = await run('true', '--rate-limit', '5/s,4');
    assert.ok(spread(burst.executions) < 400, `${spread(burst.executions)} ms for a burst of four`);
  });

  it('runs no more at once on a transport than was said', async () => {
    const { counts, err } = await run(alone, '--per-transport', 'local=1');
    assert.deepEqual(counts, { ok: 4 }, err);
    await rm(join(workspace.folder, 'lock'), { recursive: true, force: true });
  });

  it('tries again what was asked for, so often', async () => {
    const { counts, executions } = await run(
      'exit 1',
      '--retries',
      '2',
      '--retry-on',
      'failed',
      '--retry-delay',
      '20ms',
    );
    assert.deepEqual(counts, { failed: 4 });
    assert.deepEqual(
      executions.map(({ attempts }) => attempts),
      [3, 3, 3, 3],
    );
  });

  it('tries nothing again that was not asked for', async () => {
    const { executions } = await run('echo y >> once; exit 1', '--retries', '2', '--retry-delay', '10ms');
    assert.deepEqual(
      executions.map(({ attempts }) => attempts),
      [1, 1, 1, 1],
    );
    assert.equal((await readFile(join(workspace.folder, 'once'), 'utf8')).length, 8);
  });

  it('refuses what makes no sense before anything starts', async () => {
    const cases = [
      ['--waves', '1', '--ask'],
      ['--backoff', 'constant'],
      ['--seed', '7'],
    ];
    for (const args of cases) {
      const { code, err } = await workspace.muster(['run', 'touch started', '--on', 'n1', ...args]);
      assert.equal(code, 64, err);
      assert.match(
        err,
        /--ask needs a person at a terminal|not how often. Give the number of retries|--seed is for what is drawn/,
      );
    }
    await assert.rejects(readFile(join(workspace.folder, 'started')));
  });
});

/** What is wrong with these options, as a person reads it; with nobody at a terminal. */
function refusalOf(args: readonly string[]): string | undefined {
  const command = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  try {
    return scheduleRefusal(addScheduleOptions(command).parse(args, { from: 'user' }).opts(), false);
  } catch (error) {
    return error instanceof CommanderError ? error.message : String(error);
  }
}

describe('options that say what runs when', () => {
  const refused: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['waves of nothing', ['--waves', '1,0'], /--waves.*Column 3, "0": Write a number of nodes/],
    ['a wave that is too much', ['--waves', '10%, 101%'], /Column 6, "101%"/],
    [
      'waves one after the other',
      ['--waves', '1', '--sequential'],
      /--sequential.*cannot be used with.*--waves/,
    ],
    ['a pause without waves', ['--pause', '3s'], /--pause is for runs in waves.*--waves 1,10%,50%/],
    ['a probe without waves', ['--probe', 'true'], /--probe is for runs in waves/],
    ['an empty probe', ['--probe', ' ', '--waves', '1'], /--probe is empty/],
    [
      'a pause and a question',
      ['--waves', '1', '--pause', '3s', '--ask'],
      /--pause.*cannot be used with.*--ask/,
    ],
    ['a question to nobody', ['--waves', '1', '--ask'], /--ask needs a person at a terminal.*--pause 30s/],
    ['a budget that is none', ['--max-failures', '101%'], /--max-failures.*5%/],
    ['a rate of nothing', ['--rate-limit', '0'], /--rate-limit.*30\/m/],
    ['a rate without a unit', ['--connect-rate', '5/d'], /--connect-rate.*30\/m/],
    [
      'a transport that there is not',
      ['--per-transport', 'foo=2'],
      /Column 1, "foo=2": There is no transport "foo"/,
    ],
    ['many at once, one after the other', ['--sequential', '--concurrency', '5'], /--concurrency.*Leave one/],
    ['to try again what may still run', ['--retry-on', 'lost'], /Add --idempotent/],
    ['a transport without a number', ['--per-transport', 'ssh=2,local'], /Column 7, "local": Write ssh=20/],
    [
      'a kind that is not tried again',
      ['--retries', '1', '--retry-on', 'failed,ok'],
      /Column 8, "ok".*unreachable/,
    ],
    ['too many retries', ['--retries', '11'], /number from 0 to 10/],
    ['a phase that there is not', ['--phase-timeout', 'auth=1s,run=2s'], /Column 9, "run=2s".*dns, tcp/],
    ['a phase without a time', ['--phase-timeout', 'kex'], /Column 1, "kex": Write a duration/],
  ];
  for (const [what, args, message] of refused) {
    it(`refuse ${what}`, () => {
      assert.match(refusalOf(args) ?? '', message);
    });
  }
});
