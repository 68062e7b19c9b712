import assert from 'node:assert/strict';
import { wellBehaved } from './fakeTransport.ts';
import { runPlan, type Scenario } from './runPlan.ts';

/** Two waves of one node, with a probe after the first; paused while that node runs, and never resumed. */
const pausedBeforeTheProbe: Scenario = {
  scripts: [wellBehaved, wellBehaved],
  strategy: { mode: 'rolling', waves: [1], probe: { type: 'command', command: 'probe' } },
  controls: [{ at: 10, control: { type: 'pause' } }],
};

describe('a probe that waits', () => {
  for (const which of ['all', 'queued'] as const) {
    it(`is not run, and holds nothing up, when ${which === 'all' ? 'the batch' : 'what waits'} is cancelled`, async () => {
      const { events, state } = await runPlan({ ...pausedBeforeTheProbe, stops: [{ at: 500, which }] });
      assert.deepEqual(
        state.executions.map(({ status }) => status),
        ['ok', 'cancelled'],
      );
      assert.ok(!events.some(({ type }) => type === 'probeFinished'));
    });
  }
});
