import assert from 'node:assert/strict';
import { parseMoment } from '../../../core/schema/time.ts';

describe('a moment as people write it', () => {
  const at = Date.UTC(2026, 10, 21, 13, 3, 10);
  const here = new Date(2026, 10, 21, 13, 3, 10).getTime();
  const midnight = new Date(2026, 10, 21).getTime();
  const taken: Readonly<Record<string, number | undefined>> = {
    '2026-11-21T13:03:10Z': at,
    '2026-11-21 13:03:10Z': at,
    '2026-11-21 14:03:10+01:00': at,
    '2026-11-21 13:03:10': here,
    '2026-11-21': midnight,
    '2026-11-21  13:03:10Z': undefined,
    '21.11.2026': undefined,
    '2026-13-41': undefined,
  };
  for (const [text, ms] of Object.entries(taken)) {
    it(`${text} is ${ms === undefined ? 'none' : 'one'}`, () => assert.equal(parseMoment(text), ms));
  }
});
