import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { historyLayout } from '../../../../engine/history/layout.ts';
import { memory, tempFolder } from '../../tempFolder.ts';
import { openHistory } from './open.ts';

const writer = fileURLToPath(new URL('writer.ts', import.meta.url));
const run = promisify(execFile);

/** Batches of each process; the 1,000 are run with MUSTER_TEST_BATCHES=1000. */
const each = Number(process.env['MUSTER_TEST_BATCHES'] ?? 100);

describe('R-S3: three processes that write at once', function () {
  this.timeout(300_000);

  it('lose no batch, meet no busy database and leave a sound one', async () => {
    await using folder = await tempFolder(memory);
    const layout = historyLayout(folder.path);
    for (const path of [layout.batches, layout.running]) mkdirSync(path, { recursive: true });
    const ended = await Promise.all(
      [0, 1, 2].map((at) =>
        run(process.execPath, [writer, folder.path, String(1 + at * each), String(each)]),
      ),
    );
    assert.deepEqual(
      ended.map(({ stdout, stderr }) => [stdout, stderr]),
      ended.map(() => ['[]', '']),
    );
    const db = new DatabaseSync(layout.index);
    assert.deepEqual({ ...db.prepare('PRAGMA integrity_check').get() }, { integrity_check: 'ok' });
    const rows = db.prepare('SELECT count(*) AS batches FROM batches WHERE status = ?').get('succeeded');
    db.close();
    const history = openHistory(layout);
    const page = await history.query({ statuses: ['succeeded'], tag: 'prod', pageSize: 1 });
    await history.close();
    assert.deepEqual([page.found, page.notes], [3 * each, []]);
    // What the processes did not write themselves, the last of them has caught up with, or the query above has.
    assert.ok(Number(rows?.['batches']) > 2 * each, `${String(rows?.['batches'])} rows`);
  });
});
