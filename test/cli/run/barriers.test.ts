import assert from 'node:assert/strict';
import { createBarriers } from '../../../cli/run/barriers.ts';
import type { ControlRequest } from '../../../core/protocol/batch.ts';
import type { BatchState } from '../../../core/run/state.ts';
import type { Barrier } from '../../../core/run/strategy.ts';
import { memoryStreams, ok, start, stateOf } from '../fixture.ts';

/** A batch that waits after its first wave of two. */
function waiting(barrier: Barrier): BatchState {
  const wave = { wave: 1, of: 2, status: 'done', nodes: 2, failures: 1, startedAt: start } as const;
  return {
    ...stateOf({ a: { outcome: ok }, b: {} }),
    waves: [wave],
    hold: { wave: 1, barrier, since: start },
  };
}

async function reach(barrier: Barrier, answer: boolean) {
  const streams = memoryStreams();
  const sent: ControlRequest[] = [];
  const questions: string[] = [];
  const answered = new Promise<void>((resolve) => {
    const { reached } = createBarriers({
      streams,
      printer: { live: false, aside: (question) => question() },
      ask: (question) => Promise.resolve((questions.push(question), answer)),
      client: {
        control: (request) => {
          sent.push(request);
          resolve();
          return Promise.resolve({ ok: true, value: null });
        },
      },
    });
    reached(waiting(barrier));
    if (barrier.type === 'pause') resolve();
  });
  await answered;
  return { sent, questions, err: streams.errors() };
}

describe('between two waves', () => {
  for (const go of [true, false]) {
    it(`a person is asked, and ${go ? 'yes' : 'no'} is passed on`, async () => {
      const { sent, questions, err } = await reach({ type: 'ask' }, go);
      assert.deepEqual(questions, ['Go on with wave 2?']);
      assert.equal(err, 'Wave 1 of 2 done, 1 failure. Wave 2 waits for you.\n');
      assert.deepEqual(sent, [
        { batch: '01J00000000000000000007F3K', control: { type: 'proceed', wave: 1, go } },
      ]);
    });
  }

  it('nobody is asked where the next begins by itself', async () => {
    const { questions, err } = await reach({ type: 'pause', ms: 30_000 }, true);
    assert.deepEqual(questions, []);
    assert.equal(err, 'muster: Wave 1 of 2 done, 1 failure. Wave 2 begins 30 s after it.\n');
  });
});
