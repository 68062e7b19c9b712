import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatFacts, type TextFormat } from '../../../core/export/formats.ts';
import { textWriters } from '../../../core/export/writers.ts';
import { hostileBatch } from './hostile.ts';
import { textOf } from './input.ts';

/** Set it to write what is now, and look at the difference before it is committed. */
const isWritten = process.env['MUSTER_GOLDEN'] === 'write';
const formats = Object.keys(textWriters) as TextFormat[];

describe('a batch with hostile names and outputs', () => {
  for (const format of formats) {
    it(`is written as ${format} as it always was`, async () => {
      const file = join(import.meta.dirname, 'golden', `hostile.${formatFacts[format].extension}.golden`);
      const text = await textOf(textWriters[format](hostileBatch()));
      if (isWritten) writeFileSync(file, text);
      assert.equal(text, readFileSync(file, 'utf8'));
    });
  }

  it('has nothing in a text for people that a terminal or an editor would act on', async () => {
    for (const format of ['markdown', 'html', 'junit'] as const) {
      const text = await textOf(textWriters[format](hostileBatch()));
      // oxlint-disable-next-line no-control-regex -- it is what must not be there
      assert.doesNotMatch(text, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u200b]/, format);
    }
  });
});
