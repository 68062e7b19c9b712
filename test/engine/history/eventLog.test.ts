import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { appendFile, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoggedEvent } from '../../../core/run/events.ts';
import { mendEventLog, openEventLog, readEventLog } from '../../../engine/history/eventLog.ts';
import { tempFolder } from '../tempFolder.ts';

const event = (seq: number): LoggedEvent => ({
  seq,
  at: seq,
  type: 'executionStarted',
  execution: `e${seq}`,
});
const quiet = { onWritten: () => {}, onError: assert.fail };

describe('the event log', () => {
  it('gives back what was appended, in order', async () => {
    await using folder = await tempFolder();
    const path = join(folder.path, 'events.jsonl');
    const log = await openEventLog(path, quiet);
    for (let seq = 1; seq <= 100; seq++) log.append(event(seq));
    await log.close();
    const read = await readEventLog(path);
    assert.deepEqual(
      read.events,
      Array.from({ length: 100 }, (_, at) => event(at + 1)),
    );
    assert.equal(read.validBytes, (await readFile(path)).length);
  });

  it('announces an event only after it has been written', async () => {
    await using folder = await tempFolder();
    const path = join(folder.path, 'events.jsonl');
    const announced: number[] = [];
    const log = await openEventLog(path, {
      onWritten(events) {
        const onDisk = readFileSync(path, 'utf8');
        for (const { seq } of events) {
          assert.match(onDisk, new RegExp(`"seq":${seq},`));
          announced.push(seq);
        }
      },
      onError: assert.fail,
    });
    log.append(event(1));
    log.append(event(2));
    assert.deepEqual(announced, []);
    await log.close();
    assert.deepEqual(announced, [1, 2]);
  });

  it('cuts a torn tail before it goes on', async () => {
    await using folder = await tempFolder();
    const path = join(folder.path, 'events.jsonl');
    const log = await openEventLog(path, quiet);
    log.append(event(1));
    await log.close();
    await appendFile(path, '{"seq":2,"at":2,"type":"exec');
    const torn = await readEventLog(path);
    assert.deepEqual(torn.events, [event(1)]);
    await mendEventLog(path, torn.validBytes, [event(2)]);
    assert.deepEqual((await readEventLog(path)).events, [event(1), event(2)]);
  });

  it('is for its user alone', async () => {
    await using folder = await tempFolder();
    const path = join(folder.path, 'events.jsonl');
    await (await openEventLog(path, quiet)).close();
    assert.equal((await stat(path)).mode & 0o777, 0o600);
  });
});
