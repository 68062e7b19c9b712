import assert from 'node:assert/strict';
import { createRecorder } from '../../../core/log/recorder.ts';
import type { LogRecord } from '../../../core/log/record.ts';
import type { LoggedEvent, RunEvent } from '../../../core/run/events.ts';
import { reduceAll } from '../../../core/run/state.ts';
import { eventsOf, exit3, ok, start } from '../../cli/fixture.ts';

const id = '01J00000000000000000007F3K';

function recordsOf(events: readonly LoggedEvent[]): LogRecord[] {
  const recorder = createRecorder(id);
  return events.flatMap((event) => recorder(event) ?? []);
}

/** One event in the middle of a batch of node `a`, as level and message. */
function saidAbout(event: RunEvent): string {
  const before = eventsOf({ a: { outcome: ok } }).slice(0, 2);
  const { level, message } = recordsOf([...before, { seq: 9, at: start + 400, ...event }]).at(-1) ?? {};
  return `${level} ${message}`;
}

const sayings: Readonly<Record<string, RunEvent>> = {
  'warn attempt 1 failed: exit 3; again in 1.5 s': {
    type: 'attemptFailed',
    execution: 'e-a',
    attempt: 1,
    outcome: exit3,
    retryInMs: 1500,
  },
  'info attempt 2 started': { type: 'attemptStarted', execution: 'e-a', attempt: 2 },
  'trace phase auth': { type: 'phaseChanged', execution: 'e-a', phase: 'auth' },
  'debug connected to me@h:22 via j by ssh, a connection that was there': {
    type: 'connected',
    execution: 'e-a',
    connection: {
      transport: 'ssh',
      host: 'h',
      port: 22,
      user: 'me',
      via: [{ host: 'j', port: 22 }],
      reused: true,
    },
  },
  'error crashed after 0.4 s: transport ssh: boom': {
    type: 'executionFinished',
    execution: 'e-a',
    outcome: { status: 'crashed', message: 'transport ssh: boom' },
  },
  'info cancelled after 0.4 s; the process is gone': {
    type: 'executionFinished',
    execution: 'e-a',
    outcome: { status: 'cancelled', remote: 'stopped' },
  },
  'info cancel asked for: what has not begun': { type: 'cancelRequested', which: 'queued' },
  'debug starts are held up by limits.login; 4 at once': {
    type: 'limitChanged',
    heldBy: 'limits.login',
    concurrency: 4,
  },
  'warn circuit breaker open: host 10.0.0.1': {
    type: 'breakerChanged',
    key: 'host 10.0.0.1',
    state: 'open',
  },
  'info waits for a person: a secret to type, for a': {
    type: 'promptRaised',
    prompt: 'p1',
    question: { type: 'secret', label: 'Password', nodes: ['a'] },
  },
  'info wave 1 of 3 started, 2 nodes': { type: 'waveStarted', wave: 1, of: 3, executions: ['e-a', 'e-b'] },
  'warn wave 1 ended, 1 failure': { type: 'waveFinished', wave: 1, failures: 1 },
  'info goes on after wave 1': { type: 'barrierPassed', wave: 1, go: true },
  'warn processes after the stop: gone on a; may still run on b': {
    type: 'stopReport',
    stopped: ['a'],
    running: ['b'],
  },
};

describe('records of the log', () => {
  for (const [expected, event] of Object.entries(sayings)) {
    it(`says: ${expected}`, () => assert.equal(saidAbout(event), expected));
  }

  it('tell of a batch who started what on which nodes, how each ended, and how long it took', () => {
    const end: RunEvent = { type: 'batchFinished', end: 'partial' };
    const records = recordsOf(
      eventsOf({ web1: { outcome: ok, to: 900 }, web2: { outcome: exit3, exit: 3, to: 1200 } }, end),
    );
    const told = records.filter(({ level }) => level === 'info' || level === 'warn');
    assert.deepEqual(
      told.map(({ time, level, node, correlation, message }) =>
        [time.slice(17, 23), level, node, correlation?.slice(27), message].filter(Boolean).join(' '),
      ),
      [
        '00.000 info started by ada on 2 nodes, web1 web2: uptime',
        '00.900 info web1 e-web1/1 ok after 0.9 s',
        '01.200 warn web2 e-web2/1 failed after 1.2 s: exit 3',
        '01.200 warn partial after 1.2 s: 1 ok, 1 failed',
      ],
    );
    assert.deepEqual(told.at(-1)?.fields, {
      status: 'partial',
      counts: { ok: 1, failed: 1 },
      durationMs: 1200,
      perSecond: 1.667,
      successRate: 0.5,
    });
    assert.ok(records.every(({ batch, seq }) => batch === id && seq !== undefined));
  });

  it('correlate everything of one attempt, and nothing of two', () => {
    const events = eventsOf({ a: { outcome: ok } });
    const again: LoggedEvent = { seq: 4, at: start, type: 'attemptStarted', execution: 'e-a', attempt: 2 };
    const rest = events.slice(3).map((event, at) => ({ ...event, seq: 5 + at }));
    const records = recordsOf([...events.slice(0, 3), again, ...rest]);
    const attempts = records.flatMap(({ correlation }) => correlation?.split('/').at(-1) ?? []);
    assert.deepEqual(attempts, ['1', '1', '2', '2', '2']);
  });

  it('are the same for whoever comes in the middle, with the state up to there', () => {
    const end: RunEvent = { type: 'batchFinished', end: 'partial' };
    const events = eventsOf({ a: { outcome: ok }, b: { outcome: exit3, from: 100 } }, end);
    for (const at of events.keys()) {
      const known = reduceAll(undefined, events.slice(0, at));
      if (!known) continue;
      const late = createRecorder(id, known);
      const rest = events.slice(at).flatMap((event) => late(event) ?? []);
      assert.deepEqual(rest, recordsOf(events).slice(-rest.length), `from event ${at}`);
    }
  });
});
