import assert from 'node:assert/strict';
import type { JournalEntry } from '../../../../core/journal/entry.ts';
import type { JournalQuery } from '../../../../core/protocol/journal.ts';
import { readJournal } from '../../../../engine/history/journal/readJournal.ts';
import { exit3, ok, start, stateOf } from '../../../cli/fixture.ts';

const fine = stateOf({ n1: { from: 2000, outcome: ok }, n2: { outcome: ok } });
const bad = stateOf({ n1: { outcome: exit3, exit: 3 } });
const note = (at: number, more: Partial<JournalEntry> = {}): JournalEntry => ({
  id: String(at),
  at: start + at,
  node: 'n1',
  kind: 'note',
  type: 'note',
  level: 'info',
  source: 'person',
  by: 'ada',
  text: `note at ${at}`,
  ...more,
});
const notes = [
  note(9000, { kind: 'event', source: 'apt', level: 'warning', text: 'Upgraded' }),
  note(1000),
  note(-500),
];

async function textsOf(
  query: Partial<JournalQuery>,
): Promise<{ texts: readonly string[]; more: boolean; read: number }> {
  let read = 0;
  const { entries, more } = await readJournal(
    { node: 'n1', ...query },
    {
      notes,
      batches: ['fine', 'gone', 'bad'],
      async state(id) {
        read++;
        return { fine, bad }[id];
      },
    },
  );
  return {
    texts: entries.map(({ text, result = '' }) => [text, result].filter(Boolean).join(': ')),
    more,
    read,
  };
}

describe('the journal of a node', () => {
  const all = ['Upgraded', 'uptime: ok', 'note at 1000', 'uptime: exit 3', 'note at -500'];

  it('has what ran on it and what was noted, the newest first', async () => {
    assert.deepEqual(await textsOf({}), { texts: all, more: false, read: 3 });
  });

  it('has an entry for each execution, which leads to it', async () => {
    const { entries } = await readJournal(
      { node: 'n1' },
      { notes: [], batches: ['bad'], state: async () => bad },
    );
    assert.deepEqual(entries, [
      {
        id: '01J00000000000000000007F3K/e-n1',
        at: start,
        node: 'n1',
        kind: 'execution',
        type: 'command',
        level: 'error',
        source: 'muster',
        by: 'ada',
        text: 'uptime',
        result: 'exit 3',
        link: { batch: '01J00000000000000000007F3K', execution: 'e-n1' },
      },
    ]);
  });

  it('has pages, for which no more batches are read than they need', async () => {
    assert.deepEqual(await textsOf({ pageSize: 1 }), { texts: all.slice(0, 1), more: true, read: 1 });
    assert.deepEqual((await textsOf({ pageSize: 2, page: 2 })).texts, all.slice(2, 4));
    assert.deepEqual(await textsOf({ pageSize: 2, page: 3 }), { texts: all.slice(4), more: false, read: 3 });
  });

  const queries: readonly [Partial<JournalQuery>, readonly string[]][] = [
    [{ kinds: ['note'] }, ['note at 1000', 'note at -500']],
    [{ kinds: ['execution', 'event'] }, ['Upgraded', 'uptime: ok', 'uptime: exit 3']],
    [{ level: 'warning' }, ['Upgraded', 'uptime: exit 3']],
    [{ level: 'error' }, ['uptime: exit 3']],
    [{ source: 'apt' }, ['Upgraded']],
    [{ since: start, until: start + 2000 }, ['note at 1000', 'uptime: exit 3']],
    [{ text: 'EXIT' }, ['uptime: exit 3']],
  ];
  for (const [query, texts] of queries) {
    it(`gives only what fits ${JSON.stringify(query)}`, async () => {
      assert.deepEqual((await textsOf(query)).texts, texts);
    });
  }

  it('reads no batch where only notes are asked for', async () => {
    assert.equal((await textsOf({ kinds: ['note'] })).read, 0);
  });
});
