import assert from 'node:assert/strict';
import { stepResults } from '../../../core/export/steps.ts';

describe('steps in a result', () => {
  it('are what became of each, with its time', () => {
    const step = {
      step: 'x',
      title: 'X',
      status: 'ok',
      changed: true,
      exitCode: 0,
      message: '',
      attempts: 1,
    } as const;
    const place = { startedAt: 1000, from: 0 };
    assert.deepEqual(
      stepResults({
        steps: [
          { ...step, ...place, endedAt: 1500, iteration: 1, on: 'a' },
          { ...step, ...place, status: 'running' },
        ],
      }),
      {
        steps: [
          { ...step, durationMs: 500, iteration: 1, on: 'a' },
          { ...step, status: 'running', durationMs: null },
        ],
      },
    );
  });

  it('are left out where there are none', () => assert.deepEqual(stepResults({}), {}));
});
