import assert from 'node:assert/strict';
import { summaryOf } from '../../core/history/summary.ts';
import { usualTime } from '../../extension/model/usualTime.ts';
import { ended, running } from './batches.ts';

describe('how long a batch usually takes', () => {
  const now = running('uptime', 4);
  /** One of before, on so many nodes, that took so many seconds. */
  const past = (command: string, nodes: number, seconds: number) => {
    const state = ended(
      command,
      Array.from({ length: nodes }, () => 'ok' as const),
    );
    return {
      ...summaryOf(state),
      id: `${command} ${nodes} ${seconds}`,
      endedAt: state.startedAt + seconds * 1000,
    };
  };

  it('is the middle of the newest that did the same on about as many nodes', () => {
    const newest = [9, 1, 3].map((seconds) => past('uptime', 4, seconds));
    assert.equal(usualTime(now, newest), 3000);
    assert.equal(usualTime(now, [past('uptime', 8, 5), past('uptime', 9, 90), past('uptime', 1, 90)]), 5000);
  });

  it('does not come from another command, nor from a batch that was stopped, nor from itself', () => {
    const stopped = { ...past('uptime', 4, 1), status: 'cancelled' };
    const self = { ...past('uptime', 4, 1), id: now.id };
    assert.equal(usualTime(now, [past('df', 4, 1), stopped, self]), undefined);
    assert.equal(usualTime(now, []), undefined);
  });
});
