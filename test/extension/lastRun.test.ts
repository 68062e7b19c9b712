import assert from 'node:assert/strict';
import type { BatchSummary } from '../../core/protocol/batch.ts';
import { lastRunTitle, lensLine, newestOf } from '../../extension/model/lastRun.ts';

const startedAt = new Date(2026, 4, 3, 14, 2).getTime();
const batch: BatchSummary = {
  id: 'b',
  title: 'Deploy',
  kind: 'playbook',
  file: '/w/deploy.playbook.yaml',
  user: 'me',
  status: 'partial',
  nodes: 37,
  completed: 37,
  failures: 1,
  counts: { ok: 36, failed: 1 },
  startedAt,
};

describe('the last run of a file', () => {
  it('is told by how it went and when', () => {
    assert.equal(lastRunTitle(batch, startedAt + 60_000), 'Last run 14:02: 36 ok, 1 failed');
    assert.equal(lastRunTitle({ ...batch, status: 'running' }, startedAt), 'Running since 14:02');
    assert.equal(
      lastRunTitle({ ...batch, status: 'cancelled', counts: {} }, startedAt),
      'Last run 14:02: cancelled',
    );
  });

  it('is the newest one of that file', () => {
    const other = { ...batch, id: 'a', file: '/w/other.playbook.yaml' };
    assert.equal(newestOf('/w/deploy.playbook.yaml', [other, batch, { ...batch, id: 'c' }])?.id, 'b');
    assert.equal(newestOf('/w/none.playbook.yaml', [other, batch]), undefined);
  });

  it('stands where the file says what it is', () => {
    assert.equal(lensLine('# x\nversion: 1\ntargets: all\nsteps: []\nname: a\n'), 4);
    assert.equal(lensLine('version: 1\nsteps: []\n'), 1);
    assert.equal(lensLine('x: 1\n'), undefined);
  });
});
