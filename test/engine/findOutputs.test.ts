import assert from 'node:assert/strict';
import { tableMethod } from '../../engine/find/tableOfOutputs.ts';
import { searchMethod } from '../../engine/find/searchOutputs.ts';
import type { OutputReading } from '../../engine/find/outputReading.ts';
import type { SearchHit, SearchPlace } from '../../core/protocol/search.ts';
import { fakeBatch } from '../webview/fixtures/fakeBatch.ts';

type Said = { readonly stdout?: string; readonly stderr?: string };

/** A batch whose nodes said this. `step` is what the clock goes forward by each time somebody looks. */
function reading(said: readonly Said[], step = 0): OutputReading {
  const nodes = said.map((_, at) => `n${at}`);
  const batch = fakeBatch({ nodes, command: 'x', selection: 'all', concurrency: 9, startedAt: 1 });
  let clock = 0;
  for (const [at, { stdout = '', stderr = '' }] of said.entries()) {
    const id = `e${at}`;
    batch.run(id, 2);
    if (stdout) batch.print(id, [{ stream: 'stdout', text: stdout }]);
    if (stderr) batch.print(id, [{ stream: 'stderr', text: stderr }]);
    batch.end(id, { status: 'ok' }, 3);
  }
  return {
    snapshot: async () => ({ ok: true, value: batch.state }),
    readBytes: () => async (execution, range) => {
      const { chunks, ...page } = batch.page({ execution, ...range });
      return { ...page, pieces: chunks.map(({ stream, text }) => ({ stream, bytes: Buffer.from(text) })) };
    },
    now: () => (clock += step),
  };
}

describe('a search in all output of a batch', () => {
  it('goes through the nodes in the order of the plan', async () => {
    const found = await searchMethod(reading([{ stdout: 'ok\noom\n' }, {}, { stderr: 'OOM\n' }]))({
      batch: 'b',
      text: 'oom',
    });
    assert.ok(found.ok);
    assert.deepEqual(
      found.value.hits.map(({ execution, line }) => `${execution}:${line}`),
      ['e0:2', 'e2:1'],
    );
    assert.equal(found.value.searched, 3);
    assert.equal(found.value.next, undefined);
  });

  it('gives the same page by page, also where a page ends within an output', async () => {
    const long = Array.from({ length: 60_000 }, (_, at) =>
      at % 1_500 === 0 ? `needle ${at}\n` : `line ${at}\n`,
    );
    const said = [
      { stdout: long.join('') },
      { stdout: 'needle\n' },
      { stdout: long.slice(0, 3_000).join('') },
    ];
    const all = async (step: number): Promise<{ hits: readonly SearchHit[]; pages: number }> => {
      const search = searchMethod(reading(said, step));
      const hits: SearchHit[] = [];
      let after: SearchPlace | undefined;
      for (let pages = 1; ; pages++) {
        const page = await search({ batch: 'b', text: 'needle', ...(after && { after }) });
        assert.ok(page.ok);
        hits.push(...page.value.hits);
        after = page.value.next;
        if (!after) return { hits, pages };
      }
    };
    const atOnce = await all(0);
    const slowly = await all(300);
    assert.equal(atOnce.pages, 1);
    assert.ok(slowly.pages > 2);
    assert.deepEqual(slowly.hits, atOnce.hits);
    assert.equal(atOnce.hits.length, 43);
  });

  it('gives some lines of a node that has too many, and says so', async () => {
    const found = await searchMethod(reading([{ stdout: 'x\n'.repeat(1_000) }]))({ batch: 'b', text: 'x' });
    assert.ok(found.ok);
    assert.equal(found.value.hits.length, 100);
    assert.deepEqual(found.value.cut, ['e0']);
  });

  it('refuses a pattern that is none', async () => {
    const found = await searchMethod(reading([{}]))({ batch: 'b', text: '(', isPattern: true });
    assert.ok(!found.ok);
    assert.match(found.error.message, /no regular expression/);
  });
});

describe('a table of what the nodes of a batch said', () => {
  it('has the records of each node, and names those without', async () => {
    const table = tableMethod(
      reading([{ stdout: '{"a":1}' }, { stdout: 'hello\n' }, { stdout: 'a,b\n2,3\n' }]),
    );
    const found = await table({ batch: 'b', executions: ['e0', 'e1', 'e2', 'gone'], format: 'auto' });
    assert.ok(found.ok);
    assert.deepEqual(found.value.rows, [
      { execution: 'e0', values: { a: '1' } },
      { execution: 'e2', values: { a: '2', b: '3' } },
    ]);
    assert.deepEqual(found.value.found, ['json', 'csv']);
    assert.deepEqual(found.value.without, ['e1']);
  });

  it('says which nodes it did not come to, when its time is over', async () => {
    const table = tableMethod(reading([{ stdout: '{"a":1}' }, { stdout: '{"a":2}' }], 500));
    const found = await table({ batch: 'b', executions: ['e0', 'e1'], format: 'auto' });
    assert.ok(found.ok);
    assert.deepEqual(found.value.unread, ['e1']);
  });

  it('asks for a name of the column where a pattern has none', async () => {
    const table = tableMethod(reading([{}]));
    for (const pattern of ['(\\d+)', '\\d+']) {
      const found = await table({ batch: 'b', executions: [], format: 'pattern', pattern });
      assert.ok(!found.ok);
      assert.match(found.error.message, /\(\?<name>…\)/);
    }
  });
});
