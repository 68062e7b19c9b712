import assert from 'node:assert/strict';
import { fromOrigin, type OriginBatch } from '../../../core/run/fromOrigin.ts';
import { Outcome } from '../../../core/run/outcome.ts';
import { nodesToRerun, type RerunClass, rerunClass } from '../../../core/run/rerun.ts';
import type { ExecutionState } from '../../../core/run/state.ts';

/** Every way to end, and what it counts as when the batch is run again. */
const table: readonly (readonly [Outcome, RerunClass])[] = [
  [{ status: 'ok' }, 'ok'],
  [{ status: 'skipped', reason: 'not wanted' }, 'skipped'],
  [{ status: 'failed', step: 'command', message: 'exit 1', exitCode: 1 }, 'failed'],
  [{ status: 'signalled', signal: 'SIGKILL' }, 'failed'],
  [{ status: 'timed-out', phase: 'run', remote: 'stopped', message: '' }, 'failed'],
  [{ status: 'timed-out', phase: 'run', remote: 'may-still-run', message: '' }, 'failed'],
  [{ status: 'timed-out', phase: 'run', remote: 'never-started', message: '' }, 'not-started'],
  [{ status: 'unreachable', kind: 'dns', message: '' }, 'failed'],
  [{ status: 'lost', message: '' }, 'failed'],
  [{ status: 'refused', by: 'policy', message: '' }, 'failed'],
  [{ status: 'crashed', message: '' }, 'failed'],
  [{ status: 'cancelled', remote: 'stopped' }, 'failed'],
  [{ status: 'cancelled', remote: 'may-still-run' }, 'failed'],
  [{ status: 'cancelled', remote: 'never-started' }, 'not-started'],
  [{ status: 'interrupted', remote: 'stopped' }, 'failed'],
  [{ status: 'interrupted', remote: 'may-still-run' }, 'failed'],
  [{ status: 'interrupted', remote: 'never-started' }, 'not-started'],
  [{ status: 'not-started', reason: 'fail-fast' }, 'not-started'],
];

function ended(node: string, outcome: Outcome): ExecutionState {
  return {
    id: node,
    node,
    status: outcome.status,
    outcome,
    phases: [],
    exitCode: null,
    signal: null,
    stdoutBytes: 0,
    stderrBytes: 0,
    lastLine: '',
    extents: [],
    notes: [],
    attempts: 1,
  };
}

const batch: OriginBatch = {
  id: '01J0000000000000000000007F',
  status: 'partial',
  executions: table.map(([outcome], at) => ended(`n${at}`, outcome)),
};

describe('what running again is about', () => {
  for (const [outcome, expected] of table) {
    const fate = 'remote' in outcome ? `, ${outcome.remote}` : '';
    it(`counts ${outcome.status}${fate} as ${expected}`, () =>
      assert.equal(rerunClass({ outcome }), expected));
  }

  it('has a row for every outcome that there is', () => {
    const known = new Set(table.map(([{ status }]) => status));
    assert.deepEqual(
      Outcome.options.map((option) => option.shape.status.value).filter((status) => !known.has(status)),
      [],
    );
  });

  it('gives every node of the batch to one choice, or to all alone', () => {
    const all = nodesToRerun(batch, 'all');
    const parts = (['ok', 'failed', 'not-started'] as const).flatMap((which) => nodesToRerun(batch, which));
    assert.equal(all.length, table.length);
    assert.deepEqual([...parts, 'n1'].toSorted(), all.toSorted());
  });
});

describe('the nodes of a run that has an origin', () => {
  const origin = { batch: batch.id, which: 'failed' } as const;
  const isKnown = (node: string): boolean => node !== 'n2';

  it('are those of the selection in the order of the origin; those that are gone are told', () => {
    const found = fromOrigin({ origin, nodes: ['n4', 'n3'], isKnown }, batch);
    assert.deepEqual(found, {
      ok: true,
      value: {
        nodes: ['n3', 'n4'],
        notes: ['1 node of batch 007f is not in the inventory any more and left out: n2.'],
      },
    });
  });

  it('are refused where the choice is not about them', () => {
    const found = fromOrigin({ origin, nodes: ['n0', 'n3'], isKnown }, batch);
    assert.match(found.ok ? '' : found.error.message, /^n0: not among the nodes that failed in batch 007f\./);
  });

  it('are refused while the origin runs, and where there is none', () => {
    const running = fromOrigin({ origin, nodes: [], isKnown }, { ...batch, status: 'running' });
    assert.match(running.ok ? '' : running.error.message, /still runs\. Wait for its end, or stop it/);
    const none = fromOrigin({ origin, nodes: [], isKnown }, undefined);
    assert.equal(none.ok ? '' : none.error.code, 'NOT_FOUND');
  });
});
