import assert from 'node:assert/strict';
import type { LogLevel, LogRecord } from '../../core/log/record.ts';
import type { EngineClient } from '../../core/protocol/client.ts';
import type { LoggedEvent } from '../../core/run/events.ts';
import { reduceAll } from '../../core/run/state.ts';
import { Emitter } from '../../core/util/emitter.ts';
import { logBatches } from '../../extension/features/batchLog.ts';
import { logLine } from '../../extension/model/logText.ts';
import type { BatchChange } from '../../extension/services/batchStore.ts';
import { eventsOf, exit3, ok } from '../cli/fixture.ts';

const batch = '01J00000000000000000007F3K';
const events = eventsOf(
  { web1: { outcome: ok, to: 900 }, web2: { outcome: exit3, exit: 3, to: 1200 } },
  { type: 'batchFinished', end: 'partial' },
);

function createScene() {
  const changes = new Emitter<BatchChange>(assert.ifError);
  const attached = new Emitter<EngineClient>(assert.ifError);
  const lines: string[] = [];
  const at =
    (level: LogLevel) =>
    (text: string): void =>
      void lines.push(`${level} ${text}`);
  const log = {
    trace: at('trace'),
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
  };
  const client = async () => ({ ok: false, error: { code: 'ENGINE_GONE', message: 'no engine' } }) as const;
  logBatches({ link: { client, onAttached: attached.event }, batches: { onDidChange: changes.event }, log });
  return {
    lines,
    attached,
    change(known: readonly LoggedEvent[], fresh: readonly LoggedEvent[]) {
      const state = reduceAll(undefined, [...known, ...fresh]);
      assert.ok(state);
      changes.fire({ batch, state, events: fresh });
    },
  };
}

describe('the output channel', () => {
  it('has what happens to a batch, with its short id and the node', () => {
    const { lines, change } = createScene();
    change([], events.slice(0, 4));
    change(events.slice(0, 4), events.slice(4));
    assert.equal(lines[0], 'info 7f3k: started by ada on 2 nodes, web1 web2: uptime');
    assert.ok(lines.includes('warn 7f3k web2: failed after 1.2 s: exit 3'));
    assert.equal(lines.at(-1), 'warn 7f3k: partial after 1.2 s: 1 ok, 1 failed');
  });

  it('goes on from where a window came to a batch that runs, and leaves alone what is long over', () => {
    const { lines, change } = createScene();
    const middle = events.slice(0, 5);
    change(middle, []);
    change(middle, events.slice(5));
    assert.equal(lines.at(-1), 'warn 7f3k: partial after 1.2 s: 1 ok, 1 failed');
    const before = lines.length;
    change(events, []);
    assert.equal(lines.length, before);
  });

  it('has what the engine says, of the one attached to last', () => {
    const { lines, attached } = createScene();
    const record: LogRecord = {
      time: '',
      level: 'warn',
      event: 'refused',
      message: 'plan refused: \u202eno',
    };
    const old = new Emitter<LogRecord>();
    const young = new Emitter<LogRecord>();
    for (const { event: onLog } of [old, young]) attached.fire({ onLog } as EngineClient);
    old.fire(record);
    young.fire(record);
    assert.deepEqual(lines, ['warn plan refused: \\u202eno']);
  });
});

describe('a line of a log document', () => {
  it('has the form of the logs of VS Code', () => {
    const at = new Date(2026, 10, 21, 14, 2, 11, 48).toISOString();
    const record: LogRecord = {
      time: at,
      level: 'warn',
      event: 'x',
      message: 'failed\u001b[0m',
      node: 'web3',
    };
    assert.equal(logLine(record), '2026-11-21 14:02:11.048 [warn] web3: failed␛[0m');
  });
});
