import assert from 'node:assert/strict';
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoggedEvent } from '../../../core/run/events.ts';
import { systemClock } from '../../../engine/clock.ts';
import { followLog } from '../../../engine/history/followLog.ts';
import { linesOf } from '../../../engine/history/logLines.ts';
import { watchPath } from '../../../engine/history/watchPath.ts';
import { createVirtualClock } from '../../core/run/virtualClock.ts';
import { tempFolder } from '../tempFolder.ts';

describe('what is watched', () => {
  it('is looked at less and less often where nothing tells of changes, and often again after news', async () => {
    const clock = createVirtualClock(0);
    const looks: number[] = [];
    const watching = new Promise<void>((resolve) => {
      const watched = watchPath('/nowhere/at/all', {
        clock,
        async look() {
          looks.push(clock.now() / 1000);
          if (looks.length < 7) return looks.length === 5;
          watched.dispose();
          resolve();
          return false;
        },
      });
    });
    await clock.runUntil(watching);
    assert.deepEqual(looks, [0, 2, 6, 14, 22, 24, 28]);
  });

  it('is looked at once when the system tells of a change', async () => {
    await using folder = await tempFolder();
    let looks = 0;
    let seen: () => void = () => {};
    const second = new Promise<void>((resolve) => (seen = resolve));
    const watched = watchPath(folder.path, {
      clock: systemClock,
      async look() {
        looks++;
        if (looks === 2) seen();
        return false;
      },
    });
    await mkdir(join(folder.path, 'new'));
    await second;
    watched.dispose();
    assert.equal(looks, 2);
  });
});

const event = (seq: number): LoggedEvent => ({ seq, at: seq, type: 'paused' });

describe('a log that is followed', () => {
  it('tells of each whole event once, whatever pieces it is written in', async () => {
    await using folder = await tempFolder();
    const path = join(folder.path, 'events.jsonl');
    const text = linesOf([1, 2, 3, 4].map(event));
    await writeFile(path, text.slice(0, 20));
    const told: number[] = [];
    const all = new Promise<void>((resolve) => {
      const following = followLog(path, {
        clock: systemClock,
        from: 0,
        onEvents(events) {
          for (const { seq } of events) told.push(seq);
          if (told.length < 4) return;
          following.dispose();
          resolve();
        },
      });
    });
    for (let at = 20; at < text.length; at += 17) await appendFile(path, text.slice(at, at + 17));
    await all;
    assert.deepEqual(told, [1, 2, 3, 4]);
  });
});
