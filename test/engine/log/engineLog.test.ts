import assert from 'node:assert/strict';
import { appendFile, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createSecrets } from '../../../core/run/redact.ts';
import { createEngineLog } from '../../../engine/log/engineLog.ts';
import { readLog } from '../../../engine/log/readLog.ts';
import { systemClock } from '../../../engine/clock.ts';
import { tempFolder } from '../../engine/tempFolder.ts';

describe('the log of an engine', () => {
  it('keeps what is at its level or above, for its user alone, and gives it back', async () => {
    await using folder = await tempFolder();
    const file = join(folder.path, 'engine.log');
    const log = createEngineLog({ file, level: 'info', clock: systemClock, redact: (text) => text });
    log.note({ level: 'debug', event: 'queue', message: 'not this' });
    log.note({ level: 'info', event: 'queue', message: 'this', batch: 'B' });
    log.add([
      { time: '2026-01-01T00:00:00.000Z', level: 'error', event: 'x', message: 'that', batch: 'B', seq: 1 },
    ]);
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    const all = await readLog(file, { level: 'info' });
    assert.deepEqual(
      all.map(({ message }) => message),
      ['this', 'that'],
    );
    const errors = await readLog(file, { level: 'error' });
    assert.deepEqual(
      errors.map(({ message }) => message),
      ['that'],
    );
    // What an event log has too is not taken from here.
    const own = await readLog(file, { level: 'trace', batch: 'B' });
    assert.deepEqual(
      own.map(({ message }) => message),
      ['this'],
    );
  });

  it('passes over a torn line and lines of an older form', async () => {
    await using folder = await tempFolder();
    const file = join(folder.path, 'engine.log');
    await writeFile(file, '{"at":"2026-01-01","event":"start","batch":"B"}\nno json\n');
    const log = createEngineLog({ file, level: 'trace', clock: systemClock, redact: (text) => text });
    log.note({ level: 'info', event: 'x', message: 'whole' });
    await appendFile(file, '{"time":"2026');
    const all = await readLog(file, { level: 'trace' });
    assert.deepEqual(
      all.map(({ message }) => message),
      ['whole'],
    );
  });

  it('begins anew after 8 MiB, and reads the file before it too', async () => {
    await using folder = await tempFolder();
    const file = join(folder.path, 'engine.log');
    const log = createEngineLog({ file, level: 'trace', clock: systemClock, redact: (text) => text });
    log.note({ level: 'info', event: 'x', message: 'old' });
    await appendFile(file, `${' '.repeat(9 * 1024 * 1024)}\n`);
    log.note({ level: 'info', event: 'x', message: 'new' });
    assert.ok((await stat(file)).size < 1000);
    const all = await readLog(file, { level: 'trace' });
    assert.deepEqual(
      all.map(({ message }) => message),
      ['old', 'new'],
    );
  });

  it('R-K1: has no secret in what it says, and tells none', async () => {
    await using folder = await tempFolder();
    const file = join(folder.path, 'engine.log');
    const secrets = createSecrets();
    secrets.add('hunter2!');
    const log = createEngineLog({ file, level: 'trace', clock: systemClock, redact: secrets.redact });
    const told: string[] = [];
    log.onNote(({ message }) => told.push(message));
    log.note({ level: 'warn', event: 'x', message: 'refused: hunter2! is no number' });
    assert.deepEqual(told, ['refused: ******** is no number']);
    assert.ok(!(await readFile(file, 'utf8')).includes('hunter2!'));
  });
});
