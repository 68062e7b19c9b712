import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isOnSharedDisk, isSharedType } from '../../../engine/history/fileSystem.ts';
import { openIndexFile } from '../../../engine/history/index/indexFile.ts';
import { tempFolder } from '../tempFolder.ts';

describe('R-S5: a history on a disk that machines share', () => {
  it('is told from one of this machine by the type of its file system', () => {
    const shared = { nfs: 0x6969, cifs: 0xff534d42, 'cifs, signed': 0xff534d42 | 0, sshfs: 0x65735546 };
    const own = { ext4: 0xef53, btrfs: 0x9123683e, xfs: 0x58465342, tmpfs: 0x01021994, overlay: 0x794c7630 };
    for (const [name, type] of Object.entries(shared)) assert.equal(isSharedType(type), true, name);
    for (const [name, type] of Object.entries(own)) assert.equal(isSharedType(type), false, name);
    assert.equal(isOnSharedDisk('/nowhere/at/all'), false);
  });

  const modeOf = (path: string, isShared: boolean): string => {
    const opened = openIndexFile(path, isShared);
    assert.ok(opened.status === 'open');
    const mode = opened.db.prepare('PRAGMA journal_mode').get()?.['journal_mode'];
    opened.db.close();
    return String(mode);
  };

  it('has an index without a write-ahead log, also where it had one before', async () => {
    await using folder = await tempFolder();
    assert.equal(modeOf(join(folder.path, 'new'), true), 'delete');
    assert.equal(modeOf(join(folder.path, 'old'), false), 'wal');
    assert.equal(modeOf(join(folder.path, 'old'), true), 'delete');
    assert.deepEqual(readdirSync(folder.path).toSorted(), ['new', 'old']);
  });
});
