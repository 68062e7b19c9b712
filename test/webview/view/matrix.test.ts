import assert from 'node:assert/strict';
import { columnFacts, type MatrixInput, type MatrixRow, matrixRows } from '../../../webview/view/matrix.ts';
import { moveCell } from '../../../webview/elements/matrixKeys.ts';
import { rangeOf } from '../../../webview/view/part.ts';
import { cellText, rangeText, stepsAt, unreachedLook } from '../../../webview/view/stepCells.ts';
import { stepColumns } from '../../../webview/view/stepColumns.ts';
import { stepLines } from '../../../webview/view/stepLines.ts';
import { fakeBatch } from '../fixtures/fakeBatch.ts';
import { fakePlaybook } from '../fixtures/fakePlaybook.ts';

const now = 1_700_000_000_000;

function rowsOf(change: Partial<MatrixInput> = {}): readonly MatrixRow[] {
  const { state } = fakePlaybook(41, now);
  const columns = stepColumns(state);
  return matrixRows({ state, columns, executions: state.executions, fold: true, turned: [], now, ...change });
}

const drawn = (rows: readonly MatrixRow[]): readonly string[] =>
  rows.map((row) =>
    row.type === 'wave'
      ? `${row.title}: ${row.facts}; ${row.verdict}`
      : `${row.names} ${row.statuses.join(' ')}`,
  );

describe('the matrix of nodes by steps', () => {
  it('has a column for each step of the file, and what comes at the end', () => {
    const { state } = fakePlaybook(2, now);
    assert.deepEqual(
      stepColumns(state).map(({ title, kind }) => `${title}: ${kind}`),
      ['drain: command', 'install: command', 'health: command', 'restart: task', 'undrain: command, finally'],
    );
    const command = fakeBatch({ nodes: ['a'], command: 'x', selection: 'a', concurrency: 1, startedAt: now });
    assert.deepEqual(stepColumns(command.state), []);
  });

  it('puts nodes that went the same way into one row, by waves', () => {
    assert.deepEqual(drawn(rowsOf()), [
      'Wave 1: 1 node, 50 s; baseline',
      'web01 ok changed ok ok ok',
      'Wave 2: 5 nodes, 50 s; like the baseline',
      'web[02-06] ok changed ok ok ok',
      'Wave 3: 19 nodes, 17 done, 2:00; 2 nodes unlike the baseline',
      'web[07-08,10,12-17,19-21,23-25] ok changed ok ok ok',
      'web09 web18 ok changed failed never ok',
      'web11 web22 ok changed running open open',
      'Later waves: 16 nodes; ',
      'web[26-41] open open open open open',
    ]);
  });

  it('puts those that failed first, once all has ended, each reason by itself', () => {
    const steps = ['check', 'install'];
    const batch = fakeBatch({
      nodes: ['a', 'b', 'c', 'd', 'e'],
      command: 'x',
      selection: 'all',
      concurrency: 5,
      startedAt: now,
      action: fakePlaybook(1, now, steps).state.plan.action,
    });
    const reasons = ['', 'exit 1', '', 'exit 2', 'exit 1'];
    for (const [at, message] of reasons.entries()) {
      const id = `e${at}`;
      batch.run(id, now);
      batch.beginStep(id, 'check', { at: now, attempt: 1 });
      const status = message === '' ? 'ok' : 'failed';
      batch.endStep(id, 'check', { at: now, attempt: 1, status, message, exitCode: null });
      batch.end(id, message === '' ? { status: 'ok' } : { status: 'failed', step: 'check', message }, now);
    }
    const columns = stepColumns(batch.state).filter(({ step }) => step === 'check');
    const names = (): readonly string[] =>
      matrixRows({
        state: batch.state,
        columns,
        executions: batch.state.executions,
        fold: true,
        turned: [],
        now,
      }).map((row) => (row.type === 'nodes' ? row.names : ''));
    assert.deepEqual(names(), ['a c', 'b e', 'd']);
    batch.emit({ type: 'batchFinished', end: 'partial' }, now);
    assert.deepEqual(names(), ['b e', 'd', 'a c']);
  });

  it('says of a node that came to no step how it ended, and folds it with those that ended so', () => {
    const batch = fakePlaybook(41, now);
    const unreachable = { status: 'unreachable', kind: 'refused', message: 'refused' } as const;
    for (const id of ['e25', 'e26']) batch.end(id, unreachable, now);
    batch.end('e27', { status: 'skipped', reason: 'x' }, now);
    const { state } = batch;
    const [, , third] = state.executions.slice(24);
    assert.equal(third && unreachedLook(third)?.word, 'unreachable');
    assert.deepEqual(state.executions.slice(0, 1).concat(state.executions.slice(30, 31)).map(unreachedLook), [
      undefined,
      undefined,
    ]);
    const rows = matrixRows({
      state,
      columns: stepColumns(state),
      executions: state.executions.slice(25),
      fold: true,
      turned: [],
      now,
    });
    const names = rows.flatMap((row) => (row.type === 'nodes' ? [row.names] : []));
    assert.deepEqual(names, ['web26 web27', 'web28', 'web[29-41]']);
  });

  it('has every node exactly once, folded or not, and all again below a row that is open', () => {
    const nodes = (rows: readonly MatrixRow[]): number =>
      rows.reduce((sum, row) => sum + (row.type === 'wave' || row.inner ? 0 : row.executions.length), 0);
    assert.equal(nodes(rowsOf()), 41);
    assert.equal(nodes(rowsOf({ fold: false })), 41);
    const open = rowsOf().find((row) => row.type === 'nodes' && row.executions.length === 15);
    assert.ok(open);
    const opened = rowsOf({ turned: [open.key] });
    assert.equal(opened.filter((row) => row.type === 'nodes' && row.inner).length, 15);
  });

  it('lists no nodes below a wave that was closed', () => {
    const closed = rowsOf({ turned: ['wave 2', 'later'] });
    const heads = closed.flatMap((row) => (row.type === 'wave' ? [`${row.key} ${row.open}`] : []));
    assert.deepEqual(heads, ['wave 1 true', 'wave 2 false', 'wave 3 true', 'later false']);
    assert.equal(rowsOf().length - closed.length, 2);
  });

  it('adds up below each step', () => {
    const { state } = fakePlaybook(41, now);
    const columns = stepColumns(state);
    assert.deepEqual(
      columns.map((_, at) => columnFacts(at, columns, state).text),
      ['25 of 41 ok', '25 of 41 ok', '21 ok, 2 failed, 2 running', '21 ok, 2 not started', '23 of 41 ok'],
    );
  });

  it('says in a cell how long it took, how often it was tried, or why it failed', () => {
    const { state } = fakePlaybook(41, now);
    const cell = (node: string, step: string, status: Parameters<typeof cellText>[0]): string => {
      const execution = state.executions.find((each) => each.node === node);
      return execution ? cellText(status, [stepsAt(execution, step)], now) : '';
    };
    assert.equal(cell('web04', 'install', 'changed'), '29 s · 2 tries · changed');
    assert.equal(cell('web09', 'health', 'failed'), 'Expected 200, got 502');
    assert.equal(cell('web09', 'restart', 'never'), 'not started');
    assert.equal(rangeText([2000, 2400]), '2.0–2.4 s');
    assert.equal(rangeText([2000, 2000]), '2.0 s');
    assert.equal(rangeText([38_000, 74_000]), '38 s–1:14');
  });

  it('knows where the output of a step is, and says nothing where some was left out', () => {
    const { state } = fakePlaybook(41, now);
    const [first] = state.executions;
    assert.ok(first);
    const part = { type: 'step', execution: first.id, step: 'install', title: 'install' } as const;
    const before = Buffer.byteLength('drain on node 0: done\n');
    const until = before + Buffer.byteLength('install on node 0: done\n');
    assert.deepEqual(rangeOf(part, first), { from: before, until });
    assert.equal(rangeOf(part, { ...first, leftOut: 10 }), undefined);
    assert.equal(rangeOf({ ...part, execution: 'other' }, first), undefined);
  });

  it('lists the steps of one node in the order in which they ran', () => {
    const failed = fakePlaybook(41, now).state.executions.find(({ node }) => node === 'web09');
    assert.ok(failed);
    assert.deepEqual(
      stepLines(failed, now).map(({ label }) => label),
      [
        'drain, ok, 1.4 s',
        'install, changed, 29 s · changed',
        'health, failed, Expected 200, got 502',
        'undrain, ok, 0.3 s',
      ],
    );
  });

  it('moves by keys from cell to cell; the head of a wave is a row of its own', () => {
    const rows = rowsOf();
    const [, first] = rows;
    const move = (key: string, column: number, ctrlKey = false) =>
      moveCell(
        { key, ctrlKey, metaKey: false },
        { row: first?.key ?? '', column },
        { rows, columns: 5, page: 3 },
      );
    assert.deepEqual(move('ArrowDown', 2), { row: 'wave 2', column: 2 });
    assert.deepEqual(move('PageDown', 2), { row: rows[4]?.key, column: 2 });
    assert.deepEqual(move('End', 0), { row: first?.key, column: 5 });
    assert.deepEqual(move('End', 0, true), { row: rows.at(-1)?.key, column: 5 });
    assert.deepEqual(move('ArrowLeft', 0), { row: first?.key, column: 0 });
    assert.equal(move('x', 0), undefined);
  });
});
