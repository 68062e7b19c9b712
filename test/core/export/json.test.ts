import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { OutputPiece } from '../../../core/export/output.ts';
import { writeJson, writeJsonLines } from '../../../core/export/json.ts';
import { inputOf, out, textOf } from './input.ts';
import { pieces } from './pieces.ts';

type Read = Readonly<Record<string, string>>;

function bytesOf(execution: Read, stream: string): Buffer {
  const base64 = execution[`${stream}Base64`];
  return base64 === undefined ? Buffer.from(execution[stream] ?? '') : Buffer.from(base64, 'base64');
}

function said(all: readonly OutputPiece[], stream: string): Buffer {
  return Buffer.concat(all.filter((each) => each.stream === stream).map(({ bytes }) => bytes));
}

describe('a batch as JSON', () => {
  it('loses no byte of what was said, in whatever pieces it came', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(pieces(), { maxLength: 4 }), async (outputs) => {
        const input = inputOf(outputs.map((each, at) => ({ node: `n${at}`, pieces: each })));
        const document = JSON.parse(await textOf(writeJson(input)));
        const lines = (await textOf(writeJsonLines(input))).trimEnd().split('\n');
        assert.equal(lines.length, outputs.length + 1);
        for (const [at, output] of outputs.entries()) {
          const { type, ...line } = JSON.parse(lines[at] ?? '');
          assert.deepEqual([type, line], ['execution', document.executions[at]]);
          for (const stream of ['stdout', 'stderr']) {
            assert.deepEqual(bytesOf(document.executions[at], stream), said(output, stream));
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('passes on outputs that are larger than what is kept, in pieces', async () => {
    const piece = 'é\n'.repeat(100_000);
    const many = Array.from({ length: 30 }, () => out(piece));
    const input = inputOf([{ node: 'n', pieces: many }]);
    let text = '';
    let longest = 0;
    for await (const each of writeJson(input)) {
      text += each;
      longest = Math.max(longest, each.length);
    }
    assert.equal(JSON.parse(text).executions[0].stdout, piece.repeat(30));
    assert.ok(longest < 1_000_000, `a piece of ${longest} characters`);
  });

  it('says of a large output that is no text all of its bytes', async () => {
    const block = new Uint8Array(1_000_001).fill(255);
    const many = Array.from({ length: 5 }, () => ({ stream: 'stderr' as const, bytes: block }));
    const document = JSON.parse(await textOf(writeJson(inputOf([{ node: 'n', pieces: many }]))));
    assert.equal(Buffer.from(document.executions[0].stderrBase64, 'base64').length, 5_000_005);
    assert.equal(document.executions[0].stdout, '');
  });

  it('takes only what is wanted', async () => {
    const input = inputOf([{ node: 'a' }, { node: 'b' }]);
    const document = JSON.parse(await textOf(writeJson({ ...input, wants: ({ node }) => node === 'b' })));
    assert.deepEqual(
      document.executions.map(({ node }: { node: string }) => node),
      ['b'],
    );
    assert.deepEqual(document.counts, { ok: 2 });
  });
});
