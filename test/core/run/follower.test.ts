import assert from 'node:assert/strict';
import { wellBehaved } from './fakeTransport.ts';
import { runPlan, type Scenario } from './runPlan.ts';

const follow = { type: 'command', command: 'tail -f log', follow: true } as const;
const tail = { ...wellBehaved, exec: 'hangs' } as const;

describe('C20: a batch of followers', () => {
  const run = (scenario: Omit<Scenario, 'action'>) => runPlan({ action: follow, ...scenario });

  it('has no time limit, and ends well when a person stops it', async () => {
    const day = 86_400_000;
    const { end, state } = await run({ scripts: [tail, tail], stops: [{ at: day, which: 'all' }] });
    assert.deepEqual([end, state.counts.ok], ['succeeded', 2]);
    assert.ok((state.endedAt ?? 0) - state.startedAt >= day);
  });

  it('leaves out whom it had not reached yet', async () => {
    const slow = { ...tail, connectMs: 900 };
    const { end, state } = await run({ scripts: [tail, slow], stops: [{ at: 100, which: 'all' }] });
    assert.deepEqual([end, state.counts.ok, state.counts.skipped], ['succeeded', 1, 1]);
  });

  it('says where it may still run', async () => {
    const stuck = { ...tail, stopped: 'may-still-run' } as const;
    const { end, state } = await run({ scripts: [tail, stuck], stops: [{ at: 100, which: 'all' }] });
    assert.deepEqual([end, state.counts.ok, state.counts.cancelled], ['partial', 1, 1]);
    assert.deepEqual(state.stopReport, { stopped: [], running: ['n2'] });
  });

  it('fails as any other command when it ends by itself', async () => {
    const gone = { ...wellBehaved, exitCode: 1 };
    const { end, state } = await run({ scripts: [tail, gone], stops: [{ at: 100, which: 'all' }] });
    assert.deepEqual([end, state.counts.ok, state.counts.failed], ['partial', 1, 1]);
  });

  it('goes on elsewhere when one is stopped', async () => {
    const { end, state } = await run({
      scripts: [tail, tail],
      stops: [
        { at: 100, which: 'execution', execution: 1 },
        { at: 5000, which: 'all' },
      ],
    });
    assert.deepEqual([end, state.counts.ok], ['succeeded', 2]);
    const [first, second] = state.executions;
    assert.ok((first?.endedAt ?? 0) < (second?.endedAt ?? 0));
  });
});
