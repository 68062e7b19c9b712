import assert from 'node:assert/strict';
import { outputText } from '../../extension/services/outputText.ts';
import { fakePlaybook } from '../webview/fixtures/fakePlaybook.ts';

const batch = fakePlaybook(41, 1_000_000_000);
const { state } = batch;
const client = {
  output: (query: Parameters<typeof batch.page>[0]) =>
    Promise.resolve({ ok: true as const, value: batch.page(query) }),
};
const idOf = (node: string): string => state.executions.find((each) => each.node === node)?.id ?? '';
const textOf = (node: string, step?: string, of = state): Promise<string> =>
  outputText(client, { batch: state.id, execution: idOf(node), step }, of);

describe('the text of an output', () => {
  it('is all that was said', async () => {
    assert.equal(
      await textOf('web01'),
      'drain on node 0: done\ninstall on node 0: done\nhealth on node 0: done\nrestart on node 0: done\nundrain on node 0: done\n',
    );
  });

  it('is what was said in a step, also of one that is still at it', async () => {
    assert.equal(await textOf('web18', 'health'), 'answered 502\n');
    assert.equal(await textOf('web18', 'install'), 'install on node 17: done\n');
    assert.equal(await textOf('web18', 'undrain'), 'No output of this step.');
    assert.equal(await textOf('web22', 'health'), 'No output of this step.');
  });

  it('is all of it for a step whose place nobody knows', async () => {
    const cut = { ...state, executions: state.executions.map((each) => ({ ...each, leftOut: 7 })) };
    assert.equal(await textOf('web18', 'health', cut), await textOf('web18'));
  });

  it('has no escape sequences, and says how much is not shown', async () => {
    const mebibyte = 1_048_576;
    const total = 60 * mebibyte;
    const endless = {
      output: ({ from, limit }: { from: number; limit: number }) =>
        Promise.resolve({
          ok: true as const,
          value: {
            batch: 'b',
            execution: 'e',
            from,
            next: from + limit,
            total,
            chunks: [{ stream: 'stdout' as const, text: '\u001b[31mx\u001b[0m' }],
          },
        }),
    };
    const text = await outputText(endless, { batch: 'b', execution: 'e' }, undefined);
    assert.equal(text, `${'x'.repeat(50)}\n… 10 MB more on disk.`);
  });

  it('is why there is none', async () => {
    const refused = {
      output: () =>
        Promise.resolve({
          ok: false as const,
          error: { code: 'NOT_FOUND' as const, message: 'It is gone.' },
        }),
    };
    assert.equal(await outputText(refused, { batch: 'b', execution: 'e' }, undefined), 'It is gone.');
  });
});
