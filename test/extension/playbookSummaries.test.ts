import assert from 'node:assert/strict';
import type { PlaybookSummary } from '../../core/protocol/playbooks.ts';
import { refuse } from '../../core/util/errors.ts';
import { createPlaybookSummaries, type PlaybookReader } from '../../extension/services/playbookSummaries.ts';

/** An engine whose files have had as many problems as it was asked; `gone` are not there. */
function reading(...gone: readonly string[]) {
  const asked: (readonly string[])[] = [];
  const playbooks = ({ files }: { files: readonly string[] }): Promise<PlaybookSummary[]> => {
    asked.push(files);
    const there = files.filter((file) => !gone.includes(file));
    return Promise.resolve(there.map((file) => ({ file, kind: 'task', problems: asked.length })));
  };
  const reader: PlaybookReader = { client: () => Promise.resolve({ ok: true, value: { playbooks } }) };
  return { asked, reader };
}

describe('what is known of playbooks', () => {
  it('is asked for once, and again only for what was forgotten', async () => {
    const { asked, reader } = reading('b');
    const summaries = createPlaybookSummaries(reader);
    const problems = async (...files: string[]) =>
      (await summaries.of(files)).map((summary) => summary?.problems);
    assert.deepEqual(await problems('a', 'b', 'c'), [1, undefined, 1]);
    assert.deepEqual(await problems('c', 'b', 'a'), [1, undefined, 1]);
    summaries.forget('c');
    assert.deepEqual(await problems('a', 'c', 'd'), [1, 2, 2]);
    summaries.forgetAll();
    assert.deepEqual(await problems('a'), [3]);
    assert.deepEqual(asked, [['a', 'b', 'c'], ['c', 'd'], ['a']]);
  });

  it('is asked for again after an engine that did not answer', async () => {
    const { reader } = reading();
    let isThere = false;
    const summaries = createPlaybookSummaries({
      client: () =>
        isThere ? reader.client() : Promise.resolve(refuse('ENGINE_GONE', 'The engine did not start.')),
    });
    await assert.rejects(summaries.of(['a']), /did not start/);
    isThere = true;
    assert.equal((await summaries.of(['a'])).length, 1);
  });
});
