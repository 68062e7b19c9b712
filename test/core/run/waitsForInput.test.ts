import assert from 'node:assert/strict';
import { type ProgressReport, trackProgress } from '../../../core/run/progress.ts';
import { type BatchState, reduceAll, waitsForInput } from '../../../core/run/state.ts';
import { planOf, start } from '../../cli/fixture.ts';

/** What is reported after each of these outputs. */
function reportsOf(texts: readonly string[]): readonly ProgressReport[] {
  const due: (() => void)[] = [];
  const clock = {
    now: () => 0,
    after: (_ms: number, run: () => void) => {
      due.push(run);
      return { dispose: () => {} };
    },
  };
  const reports: ProgressReport[] = [];
  const progress = trackProgress(clock, (report) => reports.push(report));
  for (const text of texts) {
    progress.add('stdout', Buffer.from(text));
    due.shift()?.();
  }
  return reports;
}

/** A batch whose one node has said these, the last of it at `start`. */
function running(texts: readonly string[]): BatchState {
  const about = { execution: 'e-web01', at: start };
  const state = reduceAll(
    undefined,
    [
      { type: 'batchStarted' as const, batch: 'b', plan: planOf(['web01']), user: 'me', at: start },
      { type: 'executionStarted' as const, ...about },
      { type: 'phaseChanged' as const, ...about, phase: 'run' as const },
      ...reportsOf(texts).map((report) => ({ type: 'outputProgress' as const, ...about, ...report })),
    ].map((event, seq) => ({ ...event, seq })),
  );
  assert.ok(state);
  return state;
}

describe('a command that looks as if it waited for input', () => {
  const waits = (texts: readonly string[], ms: number): boolean | undefined => {
    const [execution] = running(texts).executions;
    return execution && waitsForInput(execution, start + ms);
  };

  it('has begun a line and then said nothing for five seconds', () => {
    assert.equal(waits(['Checking\n', 'Continue? [y/N] '], 5000), true);
    assert.equal(waits(['Continue? [y/N] '], 4999), false);
  });

  it('is none that has ended its line, or has said nothing', () => {
    assert.equal(waits(['Continue? ', 'y\n'], 60_000), false);
    assert.equal(waits([], 60_000), false);
  });

  it('is none that has ended', () => {
    const state = reduceAll(running(['Continue? ']), [
      { type: 'executionFinished', seq: 9, at: start, execution: 'e-web01', outcome: { status: 'ok' } },
    ]);
    assert.equal(state?.executions[0] && waitsForInput(state.executions[0], start + 60_000), false);
  });
});
