import assert from 'node:assert/strict';
import type { BatchSummary } from '../../core/protocol/batch.ts';
import { byDay } from '../../extension/model/historyDays.ts';
import { type HistoryElement, batchesOf, executionsOf } from '../../extension/model/historyElement.ts';
import {
  filterMessage,
  filterText,
  type HistoryFilter,
  historyQueryOf,
} from '../../extension/model/historyFilter.ts';
import { createHistoryElements } from '../../extension/services/historyElements.ts';

const noon = new Date(2025, 10, 12, 12).getTime();
const hour = 3_600_000;

function batch(id: string, startedAt: number, change: Partial<BatchSummary> = {}): BatchSummary {
  const base = {
    id,
    title: id,
    kind: 'command',
    user: 'ada',
    status: 'succeeded',
    counts: { ok: 1 },
  } as const;
  return { ...base, nodes: 1, completed: 1, failures: 0, startedAt, ...change };
}

describe('the days of the history', () => {
  it('are named as people say them', () => {
    const at = [0, 20, 70, 24 * 30, 24 * 400].map((hours) => ({ startedAt: noon - hours * hour }));
    assert.deepEqual(
      byDay(at, noon).map(({ label }) => label),
      ['Today', 'Yesterday', 'Sunday', '13 October', '8 October 2024'],
    );
  });
});

describe('the rows of the history', () => {
  it('are the same objects for as long as the same batches are there, and tell which say something else', () => {
    const elements = createHistoryElements();
    const list = [batch('b', noon), batch('a', noon - 24 * hour)];
    assert.equal(elements.take({ batches: list, found: 2 }, noon), undefined);
    const [today] = elements.top;
    assert.deepEqual(elements.take({ batches: list, found: 2 }, noon), []);
    const failed = [batch('b', noon, { status: 'failed' }), batch('a', noon - 24 * hour)];
    const changed = elements.take({ batches: failed, found: 2 }, noon);
    assert.deepEqual(changed, today?.kind === 'day' && [...today.batches]);
    assert.equal(elements.top[0], today);
  });

  it('are asked for as a whole when another batch is there, and a running one each time', () => {
    const elements = createHistoryElements();
    const running = batch('b', noon, { status: 'running' });
    elements.take({ batches: [running], found: 1 }, noon);
    assert.equal(elements.take({ batches: [running], found: 1 }, noon)?.length, 1);
    assert.equal(elements.take({ batches: [batch('c', noon), running], found: 2 }, noon), undefined);
  });

  it('end with what more there is, or say what is wrong', () => {
    const elements = createHistoryElements();
    elements.take({ batches: [batch('b', noon)], found: 51 }, noon);
    const last = elements.top.at(-1);
    assert.deepEqual([last?.kind, last?.kind === 'more' && last.left], ['more', 50]);
    elements.take({ batches: [], found: 0, problem: { code: 'ENGINE_GONE', message: 'gone' } }, noon);
    assert.deepEqual(elements.top, [{ kind: 'problem', key: 'problem', text: 'gone' }]);
  });
});

describe('the rows that a command of the history is called on', () => {
  const row = (of: string, id: string): HistoryElement => {
    const execution = {
      id,
      node: `n${id}`,
      address: null,
      status: 'ok',
      message: 'ok',
      remote: null,
    } as const;
    const times = { exitCode: 0, attempts: 1, startedAt: null, endedAt: null, durationMs: null };
    return { kind: 'execution', key: `${of}/${id}`, batch: of, execution: { ...execution, ...times } };
  };

  it('are of one batch, that of the row under the pointer', () => {
    const rows = [row('a', 'e1'), row('b', 'e1'), row('b', 'e2')];
    assert.deepEqual(
      executionsOf([rows[1], rows]).map(({ key }) => key),
      ['b/e1', 'b/e2'],
    );
    assert.deepEqual(batchesOf([rows[1], rows]), []);
    assert.deepEqual(executionsOf(['01JBATCH']), []);
  });
});

describe('the filter of the history', () => {
  const filter: HistoryFilter = {
    statuses: ['failed', 'partial'],
    time: 'week',
    nodes: ['web01', 'web02', 'web03'],
    text: 'oom',
  };

  it('is said in words, with how many it leaves', () => {
    const text = 'failed or partial, last 7 days, on web[01-03], saying “oom”';
    assert.equal(filterText(filter), text);
    assert.equal(filterMessage(filter, 12), `Filter ${text}: 12 batches.`);
  });

  it('says nothing where it lets everything through, or where the welcome text says it', () => {
    assert.equal(filterMessage({}, 12), '');
    assert.equal(filterMessage(filter, 0), '');
  });

  it('asks for batches since a time', () => {
    assert.deepEqual(historyQueryOf(filter, noon), {
      statuses: ['failed', 'partial'],
      since: noon - 7 * 24 * hour,
      nodes: ['web01', 'web02', 'web03'],
      text: 'oom',
    });
    assert.deepEqual(historyQueryOf({ time: 'today', user: 'ada' }, noon), {
      since: noon - 12 * hour,
      user: 'ada',
    });
  });
});
