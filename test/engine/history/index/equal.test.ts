import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { historyLayout } from '../../../../engine/history/layout.ts';
import { queryHistory } from '../../../../engine/history/queryHistory.ts';
import { createLogScan } from '../../../../engine/history/scan.ts';
import { tempFolder } from '../../tempFolder.ts';
import { writeBatch } from '../batches.ts';
import { histories, queries } from '../generated.ts';
import { openHistory } from './open.ts';

describe('the index', () => {
  it('gives the same answers as the event logs, for any history and any query', async function () {
    await using folder = await tempFolder();
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(
        histories,
        fc.array(queries, { minLength: 1, maxLength: 6 }),
        async (batches, asked) => {
          const layout = historyLayout(join(folder.path, String(runs++)));
          for (const path of [layout.batches, layout.running]) mkdirSync(path, { recursive: true });
          for (const batch of batches) writeBatch(layout, batch);
          const history = openHistory(layout);
          for (const query of [{}, ...asked]) {
            const { notes, ...page } = await history.query(query);
            assert.deepEqual(notes, []);
            assert.deepEqual(page, await queryHistory(createLogScan(layout), layout, query));
          }
          await history.close();
        },
      ),
      { numRuns: 120 },
    );
  });
});
