import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  executionLook,
  formatBytes,
  formatDuration,
  outcomeLook,
  plural,
  progressTitle,
  sentenceText,
  spokenDuration,
} from '../../../core/run/format.ts';
import { endMessage, outcomeStatuses } from '../../../core/run/statuses.ts';
import { liveStatuses } from '../../../core/run/state.ts';
import type { BatchState, ExecutionState, ExecutionStatus } from '../../../core/run/state.ts';

describe('durations', () => {
  const ended: readonly [number, string][] = [
    [0, '0.0 s'],
    [-5, '0.0 s'],
    [900, '0.9 s'],
    [9_949, '9.9 s'],
    [9_951, '10 s'],
    [38_000, '38 s'],
    [59_600, '1:00'],
    [74_000, '1:14'],
    [3_599_700, '1:00:00'],
    [7_274_000, '2:01:14'],
  ];
  for (const [ms, text] of ended)
    it(`shows ${ms} ms as ${text}`, () => assert.equal(formatDuration(ms), text));

  it('shows whole seconds while the time still grows', () => {
    assert.deepEqual(
      [900, 2_999, 59_999, 60_000].map((ms) => formatDuration(ms, 'live')),
      ['0 s', '2 s', '59 s', '1:00'],
    );
  });

  it('never shows a minute of sixty seconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400_000_000 }), (ms) => {
        assert.doesNotMatch(formatDuration(ms), /60 s|:60/);
      }),
    );
  });

  it('speaks them in words', () => {
    assert.deepEqual(
      [1_100, 1_000, 38_000, 74_000, 7_274_000].map((ms) => spokenDuration(ms)),
      ['1.1 seconds', '1.0 seconds', '38 seconds', '1 minute 14', '2 hours 1 minute 14'],
    );
    assert.equal(spokenDuration(1_000, 'live'), '1 second');
  });
});

describe('sizes and counts', () => {
  it('shows bytes in the largest unit that gives a number below 1024', () => {
    assert.deepEqual([0, 812, 1024, 1229, 1_048_575, 13_002_342, 5_000_000_000].map(formatBytes), [
      '0 B',
      '812 B',
      '1 KB',
      '1.2 KB',
      '1 MB',
      '12.4 MB',
      '4.7 GB',
    ]);
  });

  it('counts in the plural, with digits in groups', () => {
    assert.deepEqual(
      [0, 1, 2, 1240].map((count) => plural(count, 'node')),
      ['0 nodes', '1 node', '2 nodes', '1,240 nodes'],
    );
  });
});

describe('the sentence about a batch', () => {
  it('says how far it is while it runs', () => {
    const state = batch('running', {
      ok: 73,
      failed: 6,
      unreachable: 2,
      running: 14,
      connecting: 6,
      queued: 19,
    });
    assert.equal(sentenceText(state), '81/120 completed, 20 running, 8 failed');
    assert.equal(progressTitle(state), '81/120');
  });

  it('leaves out what is zero', () => {
    assert.equal(sentenceText(batch('running', { queued: 3 })), '0/3 completed');
  });

  it('tells who waits for a person from who merely checks a host key', () => {
    const counts = { waiting: 7, running: 3, queued: 1 };
    assert.equal(sentenceText(batch('running', counts)), '0/11 completed, 10 running');
    const asked = { ...batch('running', counts), prompts: { p1: { type: 'host-keys' as const, keys: [] } } };
    assert.equal(sentenceText(asked), '0/11 completed, 3 running, 7 waiting');
  });

  it('names every kind of end in the order of the legend', () => {
    const state = batch('partial', { unreachable: 2, ok: 111, failed: 6, 'timed-out': 1 });
    assert.equal(sentenceText(state), 'Partial: 111 of 120 ok, 6 failed, 1 timed out, 2 unreachable');
    assert.equal(progressTitle(state), '9 failed');
    assert.equal(progressTitle(batch('succeeded', { ok: 4, skipped: 1 })), '4 ok');
  });

  it('adds up to the number of executions at every end', () => {
    const counts = fc.record(
      Object.fromEntries(outcomeStatuses.map((status) => [status, fc.nat(50)])) as Record<
        (typeof outcomeStatuses)[number],
        fc.Arbitrary<number>
      >,
    );
    fc.assert(
      fc.property(counts, (each) => {
        const state = batch('partial', each);
        const [ok = 0, of = 0, ...rest] = [...sentenceText(state).matchAll(/\d+/g)].map(Number);
        assert.equal(of, state.executions.length);
        assert.equal(
          rest.reduce((sum, count) => sum + count, ok),
          of,
        );
      }),
    );
  });
});

describe('the look of a status', () => {
  it('has a word, an icon and a mark of one character for each', () => {
    for (const status of [...liveStatuses, ...outcomeStatuses]) {
      const look = outcomeLook[status];
      assert.ok(look.word.length > 0 && look.icon.length > 0, status);
      assert.match(look.mark, /^.$/u, status);
    }
  });

  it('warns of a cancelled process that may still run', () => {
    const look = executionLook({
      status: 'cancelled',
      outcome: { status: 'cancelled', remote: 'may-still-run' },
    });
    assert.deepEqual([look.icon, look.family, look.word], ['warning', 'unknown', 'May still run']);
  });

  it('warns no longer when the process is proven gone', () => {
    const outcome = { status: 'cancelled', remote: 'may-still-run' } as const;
    const look = executionLook({ status: 'cancelled', outcome, stoppedAt: 1 });
    assert.equal(look.word, 'Cancelled');
    assert.equal(endMessage({ outcome, stoppedAt: 1 }), 'cancelled; stopped later, the process is gone');
    const message = 'still running after 3 s; it may still run';
    const late = { status: 'timed-out', phase: 'run', remote: 'may-still-run', message } as const;
    assert.equal(
      endMessage({ outcome: late, stoppedAt: 1 }),
      'still running after 3 s; stopped later, the process is gone',
    );
  });
});

function batch(status: BatchState['status'], counts: Partial<Record<ExecutionStatus, number>>): BatchState {
  const all = Object.fromEntries([...liveStatuses, ...outcomeStatuses].map((each) => [each, 0]));
  const executions = Object.entries(counts).flatMap(([each, count]) =>
    Array.from({ length: count }, (_, at) => execution(`${each}${at}`, each as ExecutionStatus)),
  );
  return {
    id: '01J',
    seq: 1,
    user: 'ann',
    plan: {
      version: 1,
      request: { action: { type: 'command', command: 'true' }, selection: 'all', sources: [] },
      action: { type: 'command', command: 'true' },
      strategy: { mode: 'parallel', concurrency: 10, stopOnFailure: false },
      limits: { timeoutMs: 1, connectTimeoutMs: 1 },
      hash: '',
    },
    status,
    startedAt: 0,
    counts: { ...all, ...counts } as BatchState['counts'],
    executions,
    cancelRequested: false,
    notes: [],
    prompts: {},
    paused: false,
    concurrency: 10,
    heldMs: {},
    breakers: {},
    waves: [],
  };
}

function execution(node: string, status: ExecutionStatus): ExecutionState {
  return {
    id: node,
    node,
    status,
    phases: [],
    exitCode: null,
    signal: null,
    stdoutBytes: 0,
    stderrBytes: 0,
    lastLine: '',
    extents: [],
    notes: [],
    attempts: 0,
  };
}
