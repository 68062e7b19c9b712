import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import type { HistoryQuery } from '../../../core/protocol/history.ts';
import { historyLayout } from '../../../engine/history/layout.ts';
import { queryHistory } from '../../../engine/history/queryHistory.ts';
import { createLogScan } from '../../../engine/history/scan.ts';
import { tempFolder } from '../tempFolder.ts';
import { type Batch, idOf, writeBatch } from './batches.ts';

const ok = { status: 'ok' } as const;
const exit3 = { status: 'failed', step: 'command', message: 'exit 3', exitCode: 3 } as const;

const batches: readonly Batch[] = [
  { id: idOf(1), at: 1000, ran: [{ node: 'web1', tags: ['prod'], outcome: ok, says: ['Disk fu', 'll\n'] }] },
  {
    id: idOf(2),
    at: 2000,
    user: 'grace',
    ran: [
      { node: 'web1', outcome: exit3, says: ['no space'] },
      { node: 'db1', tags: ['prod'], outcome: ok, says: ['disk full'] },
    ],
  },
  { id: idOf(3), at: 3000, ran: [{ node: 'db1', tags: ['prod'] }] },
];

describe('a query of the history', () => {
  const cases: readonly [string, HistoryQuery, readonly number[]][] = [
    ['without a condition has all batches, the newest first', {}, [3, 2, 1]],
    ['goes by time, from a moment up to another', { since: 1000, until: 3000 }, [2, 1]],
    ['goes by user', { user: 'grace' }, [2]],
    ['goes by the status of the batch', { statuses: ['running', 'succeeded'] }, [3, 1]],
    ['goes by what was done', { kinds: ['command'] }, [3, 2, 1]],
    ['goes by the end of the id, in small letters too', { batch: idOf(2).slice(-4).toLowerCase() }, [2]],
    ['goes by nodes', { nodes: ['web1', 'gone'] }, [2, 1]],
    ['goes by how it ended on a node', { nodes: ['web1'], outcomes: ['failed'] }, [2]],
    ['wants one execution to fit, not two of them together', { nodes: ['db1'], outcomes: ['failed'] }, []],
    ['goes by a tag that the node had', { nodes: ['web1'], tag: 'prod' }, [1]],
    ['goes by text in the output, also where it came in pieces', { text: 'DISK full' }, [2, 1]],
    ['looks for text in the output of the nodes that fit', { text: 'disk full', nodes: ['web1'] }, [1]],
    ['finds no text over the border between two nodes', { text: 'no spacedisk' }, []],
    ['has pages', { page: 2, pageSize: 2 }, [1]],
  ];
  for (const [name, query, wanted] of cases) {
    it(name, async () => {
      await using folder = await tempFolder();
      const layout = historyLayout(folder.path);
      mkdirSync(layout.running, { recursive: true });
      for (const batch of batches) writeBatch(layout, batch);
      const page = await queryHistory(createLogScan(layout), layout, query);
      assert.deepEqual(
        page.batches.map(({ id }) => id),
        wanted.map(idOf),
      );
      assert.equal(page.found, query.page === undefined ? wanted.length : 3);
    });
  }
});
