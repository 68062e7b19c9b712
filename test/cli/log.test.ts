import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createWorkspace, type Workspace } from './commandLine.ts';

function linesOf(out: string): Record<string, unknown>[] {
  return out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('muster events, log and metrics', function () {
  let workspace: Workspace;
  before(async () => {
    workspace = await createWorkspace();
    await workspace.muster(['run', 'echo one', '--on', 'n1']);
    await workspace.muster(['run', 'exit 3', '--on', 'n[1-2],gone']);
  });
  after(() => workspace[Symbol.asyncDispose]());

  it('print the events of the newest batch, or of more', async () => {
    const newest = await workspace.muster(['events']);
    assert.equal(newest.code, 0);
    assert.match(newest.out, /^[\d:.]{12} info {2}\w{4}: started by \S+ on 3 nodes, .*: exit 3\n/);
    assert.match(newest.out, /\n[\d:.]{12} warn {2}\w{4} n2: failed after .* s: exit 3\n/);
    assert.ok(!newest.out.includes('echo one'));
    const both = await workspace.muster(['events', '--last', '2']);
    assert.ok(both.out.indexOf('echo one') < both.out.indexOf('exit 3'));
  });

  it('print events for programs, those of one node alone where that is asked', async () => {
    const all = linesOf((await workspace.muster(['events', '--jsonl'])).out);
    assert.deepEqual(
      all.map(({ seq }) => seq),
      all.map((_, at) => at + 1),
    );
    const [first] = all;
    assert.deepEqual([first?.['version'], first?.['type']], [1, 'batchStarted']);
    assert.match(String(first?.['at']), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    const gone = linesOf((await workspace.muster(['events', '--jsonl', '--node', 'gone'])).out);
    assert.ok(gone.length > 0 && gone.every(({ node }) => node === 'gone'));
    assert.deepEqual(
      gone,
      all.filter(({ node }) => node === 'gone'),
    );
  });

  it('print the log of all batches and of what was refused, or all about one batch', async () => {
    await workspace.muster(['run', 'true', '--on', 'nobody']);
    const all = await workspace.muster(['log']);
    assert.match(all.out, / info {2}\w{4}: started by .*: echo one\n/);
    assert.match(all.out, / warn {2}engine: plan refused for \S+: .*Not found: nobody/);
    assert.ok(!all.out.includes(' debug '));
    const errors = await workspace.muster(['log', '--level', 'error']);
    assert.deepEqual([errors.code, errors.out], [0, '']);
    const [{ batch } = {}] = linesOf((await workspace.muster(['events', '--jsonl'])).out);
    const one = await workspace.muster(['log', '--batch', String(batch), '--level', 'debug', '--jsonl']);
    const records = linesOf(one.out);
    assert.ok(
      records.some(({ level }) => level === 'debug') && records.every((each) => each['batch'] === batch),
    );
    const ended = records.find(({ node, event }) => node === 'n2' && event === 'executionFinished');
    assert.deepEqual(ended?.['fields'], {
      ...(ended?.['fields'] as object),
      outcome: 'failed',
      step: 'command',
      exitCode: 3,
    });
    assert.equal(ended?.['correlation'], `${String(batch)}/${String(ended?.['execution'])}/1`);
  });

  it('write the log of a run where it is wanted, as much of it as is wanted', async () => {
    const file = join(workspace.folder, 'run.log');
    await workspace.muster(['run', 'true', '--on', 'n1', '--log-file', 'run.log', '--log-level', 'trace']);
    const records = linesOf(await readFile(file, 'utf8'));
    assert.deepEqual(new Set(records.map(({ level }) => level)), new Set(['trace', 'debug', 'info']));
  });

  it('count what the batches of a while came to', async () => {
    const { out } = await workspace.muster(['metrics', '--output', 'json']);
    const { version, executions, batches, queue } = JSON.parse(out);
    assert.deepEqual([version, queue], [1, null]);
    assert.ok(
      executions.ended.failed === 2 && executions.ended.unreachable === 1 && batches.ended.failed === 1,
    );
    const text = await workspace.muster(['metrics', '--since', '7d']);
    assert.match(text.out, /\nexecutions {3}\d+: .*2 failed/);
  });

  it('say what batch there is not', async () => {
    const { code, out } = await workspace.muster(['events', '--batch', 'zzzz', '--jsonl']);
    assert.deepEqual([code, JSON.parse(out).error.code], [64, 'NOT_FOUND']);
  });

  it('return all output and correlation ids of a run that is debugged, a summary otherwise', async () => {
    const long = ['run', "head -c 1100000 /dev/zero | tr '\\0' x", '--on', 'n1', '--output', 'json'];
    const [plain] = JSON.parse((await workspace.muster(long)).out).executions;
    assert.deepEqual([plain.truncated, plain.correlation], [true, undefined]);
    const whole = JSON.parse((await workspace.muster([...long, '--debug'])).out);
    const [{ truncated, stdout, correlation }] = whole.executions;
    assert.deepEqual([truncated, stdout.length, correlation], [false, 1_100_000, `${whole.batch}/e1/1`]);
  });

  it('follow a batch of another process to its end', async () => {
    const seen = Promise.withResolvers<string>();
    const running = workspace.muster(['run', 'until [ -e go ]; do sleep 0.05; done', '--on', 'n[1-2]']);
    const all = workspace.muster(['events', '--follow', '--jsonl'], {
      sees: ({ out, kill }) => {
        const batch = /"batch":"(\w+)"/.exec(out)?.[1];
        if (batch !== undefined && out.includes('"processStarted"')) seen.resolve(batch);
        if (out.includes('"batchFinished"')) kill('SIGINT');
      },
    });
    const batch = await seen.promise;
    const one = workspace.muster(['events', '--batch', batch, '--follow', '--node', 'n2'], {
      sees: ({ out }) => void (out.includes('process') && workspace.write('go', '')),
    });
    assert.match((await one).out, / n2: started\n(.*\n)+.* n2: ok after .*\n$/);
    const events = linesOf((await all).out);
    assert.deepEqual([events[0]?.['type'], events.at(-1)?.['type']], ['batchStarted', 'batchFinished']);
    assert.deepEqual(
      events.map(({ seq }) => seq),
      events.map((_, at) => at + 1),
    );
    assert.equal((await running).code, 0);
  });
});
