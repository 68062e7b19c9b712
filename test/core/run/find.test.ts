import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createLineFinder, type FoundLine } from '../../../core/run/find/lineFinder.ts';
import { createMatcher } from '../../../core/run/find/matcher.ts';

type Piece = { readonly stream: 'stdout' | 'stderr'; readonly text: string };

function find(
  wanted: Parameters<typeof createMatcher>[0],
  pieces: readonly Piece[],
  cut: (bytes: Uint8Array) => readonly Uint8Array[] = (bytes) => [bytes],
): readonly FoundLine[] {
  const match = createMatcher(wanted);
  assert.ok(match.ok);
  const finder = createLineFinder(match.value);
  let at = 0;
  for (const { stream, text } of pieces) {
    for (const part of cut(Buffer.from(text))) {
      finder.add(stream, part, at);
      at += part.length;
    }
  }
  finder.end();
  return finder.take();
}

describe('a search in output', () => {
  it('finds lines, says their number, and where they begin', () => {
    const found = find({ text: 'OOM' }, [
      { stream: 'stdout', text: 'fine\nkilled by oom\n' },
      { stream: 'stderr', text: 'an Oom came' },
    ]);
    assert.deepEqual(found, [
      { stream: 'stdout', line: 2, at: 5, text: 'killed by oom', from: 10, length: 3 },
      { stream: 'stderr', line: 3, at: 19, text: 'an Oom came', from: 3, length: 3 },
    ]);
  });

  it('tells upper and lower case apart when asked, takes a text literally, and a pattern as one', () => {
    const pieces: readonly Piece[] = [{ stream: 'stdout', text: 'a.b\naxb\nA.B\n' }];
    const lines = (wanted: Parameters<typeof createMatcher>[0]) =>
      find(wanted, pieces).map(({ line }) => line);
    assert.deepEqual(lines({ text: 'a.b' }), [1, 3]);
    assert.deepEqual(lines({ text: 'a.b', matchCase: true }), [1]);
    assert.deepEqual(lines({ text: 'a.b', isPattern: true }), [1, 2, 3]);
    const refused = createMatcher({ text: '(?:a+)+', isPattern: true });
    assert.ok(!refused.ok);
    assert.match(refused.error.message, /for ever/);
  });

  it('looks through colours, and gives the part of a long line that has it', () => {
    const red = find({ text: 'failed' }, [
      { stream: 'stdout', text: '\u001b[31mfai\u001b[1mled\u001b[0m\n' },
    ]);
    assert.deepEqual(
      red.map(({ text }) => text),
      ['failed'],
    );
    const [long] = find({ text: 'needle' }, [
      { stream: 'stdout', text: `${'x'.repeat(70_000)} needle ${'y'.repeat(500)}\n` },
    ]);
    assert.equal(long?.text.slice(long.from, long.from + long.length), 'needle');
    assert.ok(long.text.length <= 300);
  });

  it('finds the same in whatever pieces output comes', () => {
    const text = 'über needle\n\nplain\nneedle €\r\nno end needle';
    const whole = find({ text: 'needle' }, [{ stream: 'stdout', text }]);
    assert.equal(whole.length, 3);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (sizes) => {
        const inPieces = find({ text: 'needle' }, [{ stream: 'stdout', text }], (bytes) => {
          const parts: Uint8Array[] = [];
          for (let at = 0, turn = 0; at < bytes.length; turn++) {
            const size = sizes[turn % sizes.length] ?? 1;
            parts.push(bytes.subarray(at, at + size));
            at += size;
          }
          return parts;
        });
        assert.deepEqual(inPieces, whole);
      }),
    );
  });

  it('says where to go on: before the first line that has not ended', () => {
    const match = createMatcher({ text: 'b' });
    assert.ok(match.ok);
    const finder = createLineFinder(match.value);
    finder.add('stdout', Buffer.from('a\nb'), 0);
    finder.add('stderr', Buffer.from('c\n'), 3);
    assert.deepEqual(finder.pending(5), { offset: 2, lines: 1 });
  });
});
