import assert from 'node:assert/strict';
import type { BatchSummary } from '../../core/protocol/batch.ts';
import type { ExecutionSummary } from '../../core/protocol/status.ts';
import { batchFacts, batchRow, executionRow, workedMs } from '../../extension/model/historyRows.ts';
import { rerunRows } from '../../extension/model/rerunRows.ts';
import { statusGroups } from '../../extension/model/statusGroups.ts';
import { ended } from './batches.ts';

const noon = new Date(2025, 10, 12, 14, 2).getTime();
const viewer = { now: noon + 60_000, user: 'ada' };
const batch: BatchSummary = {
  id: '01JB0000000000000000007F3K',
  title: 'uname -r',
  kind: 'command',
  user: 'ada',
  status: 'succeeded',
  nodes: 5,
  completed: 5,
  failures: 0,
  counts: { ok: 5 },
  startedAt: noon,
  endedAt: noon + 75_000,
  firstStart: noon + 500,
  lastEnd: noon + 74_500,
};

describe('the row of a batch', () => {
  it('says how many nodes, when, how long the work took, and what people call it', () => {
    const { label, description, context } = batchRow(batch, viewer);
    assert.deepEqual(
      [label, description, context],
      ['uname -r', '5 nodes · 14:02 · 1:14 · 7f3k', 'batch.ended'],
    );
  });

  it('says how many failed, whose it is where it is not oneself, and what it runs again', () => {
    const other: BatchSummary = {
      ...batch,
      user: 'bob',
      status: 'partial',
      failures: 1,
      counts: { ok: 4, failed: 1 },
      origin: { batch: '01JA0000000000000000009AB2', which: 'failed' },
    };
    const { description, context } = batchRow(other, viewer);
    assert.equal(description, '1/5 failed · 14:02 · 1:14 · re-run of 9ab2 · bob · 7f3k');
    assert.equal(context, 'batch.ended.failed.rerun');
    assert.ok(batchFacts(other).includes('Runs again on nodes that failed in batch 9ab2'));
    assert.ok(batchFacts(other).includes('Partial: 5 nodes, 4 ok, 1 failed'));
  });

  it('says of one that runs how far it is, and since when', () => {
    const { endedAt: _endedAt, lastEnd: _lastEnd, ...begun } = batch;
    const live: BatchSummary = {
      ...begun,
      status: 'running',
      completed: 3,
      failures: 1,
      counts: { running: 2 },
    };
    const { description, icon, context } = batchRow(live, { ...viewer, now: noon + 42_000 });
    assert.equal(description, '3/5 completed, 1 failed · 42 s · 7f3k');
    assert.deepEqual([icon, context], ['loading~spin', 'batch.running.failed']);
    assert.equal(workedMs(live), undefined);
    const other = batchRow({ ...live, elsewhere: 'process 4711 (muster run)' }, viewer);
    assert.match(other.description, / · in process 4711 \(muster run\) · 7f3k$/);
  });

  it('offers to run what did not run only where something did not', () => {
    const left = { ...batch, status: 'interrupted', failures: 2, counts: { ok: 3, interrupted: 2 } };
    assert.equal(batchRow(left, viewer).context, 'batch.ended.failed.left');
    const refused = { ...batch, status: 'partial', failures: 2, counts: { ok: 3, 'not-started': 2 } };
    assert.equal(batchRow(refused, viewer).context, 'batch.ended.left');
  });

  it('calls what is not ok by its name, where all of it is of one kind', () => {
    const bad = { ...batch, status: 'failed', failures: 3 };
    const told = (counts: BatchSummary['counts']): string =>
      batchRow({ ...bad, counts }, viewer).description.split(' · ')[0] ?? '';
    assert.equal(told({ ok: 2, unreachable: 3 }), '3/5 unreachable');
    assert.equal(told({ ok: 2, unreachable: 2, failed: 1 }), '3/5 not ok');
  });

  it('is spoken with its status in words', () => {
    assert.equal(
      batchRow(batch, viewer).spoken,
      'uname -r, Succeeded, 5 nodes, started 14:02, 1 minute 14, batch 7f3k',
    );
  });
});

describe('the row of an execution', () => {
  const execution: ExecutionSummary = {
    id: 'e3',
    node: 'web03',
    address: 'deploy@10.0.3.3',
    status: 'failed',
    message: 'exit 3',
    remote: null,
    exitCode: 3,
    attempts: 1,
    startedAt: noon,
    endedAt: noon + 1100,
    durationMs: 1100,
  };

  it('says how it ended before everything else', () => {
    const { label, description, spoken } = executionRow(execution);
    assert.deepEqual([label, description], ['web03', 'exit 3 · 1.1 s · #3 · deploy@10.0.3.3']);
    assert.equal(spoken, 'number 3, web03, Failed, exit 3, 1.1 seconds, deploy@10.0.3.3');
  });

  it('leaves out what is not known', () => {
    const queued: ExecutionSummary = {
      ...execution,
      status: 'queued',
      message: '',
      address: null,
      durationMs: null,
    };
    assert.equal(executionRow(queued).description, 'Queued · #3');
  });
});

describe('the ways to run a batch again', () => {
  it('are those that leave some nodes, with these nodes', () => {
    const rows = rerunRows(ended('x', ['ok', 'failed', 'not-started', 'failed']));
    assert.deepEqual(
      rows.map(({ which, description }) => [which, description]),
      [
        ['failed', '2 nodes: n2 n4'],
        ['not-started', '1 node: n3'],
        ['ok', '1 node: n1'],
        ['all', '4 nodes: n[1-4]'],
        ['nodes', ''],
      ],
    );
  });

  it('do not name all nodes twice', () => {
    assert.deepEqual(
      rerunRows(ended('x', ['failed', 'failed'])).map(({ which }) => which),
      ['all', 'nodes'],
    );
    assert.deepEqual(
      rerunRows(ended('x', ['ok'])).map(({ which }) => which),
      ['all'],
    );
  });
});

describe('the nodes of a batch by status', () => {
  it('are all of them, then each status in the order of the legend', () => {
    const { executions } = ended('x', ['failed', 'ok', 'failed']);
    assert.deepEqual(statusGroups(executions), [
      { nodes: ['n1', 'n2', 'n3'] },
      { status: 'ok', nodes: ['n2'] },
      { status: 'failed', nodes: ['n1', 'n3'] },
    ]);
  });
});
