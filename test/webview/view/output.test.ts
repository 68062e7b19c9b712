import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { appendChunks, noLines } from '../../../webview/view/lines.ts';
import type { Lines } from '../../../webview/view/lines.ts';
import { outputItems, tabTitle } from '../../../webview/view/outputItems.ts';
import { emptyWindow, gapBytes, nextQuery, takePage, wantMore } from '../../../webview/view/outputWindow.ts';
import type { OutputWindow } from '../../../webview/view/outputWindow.ts';
import { fakeBatch } from '../fixtures/fakeBatch.ts';

type Piece = { stream: 'stdout' | 'stderr'; text: string };

const texts = (lines: Lines): string[] => lines.all.map(({ stream, raw }) => `${stream} ${raw}`);
const out = (text: string): Piece => ({ stream: 'stdout', text });
const err = (text: string): Piece => ({ stream: 'stderr', text });

describe('lines of output', () => {
  it('join what came in pieces, each stream by itself', () => {
    const lines = [[out('fo')], [err('warn\n')], [out('o\nbar')], [out('\n')]].reduce(appendChunks, noLines);
    assert.deepEqual(texts(lines), ['stdout foo', 'stderr warn', 'stdout bar']);
  });

  it('keep empty lines and leave no line after the last end', () => {
    assert.deepEqual(texts(appendChunks(noLines, [out('a\n\nb\n')])), ['stdout a', 'stdout ', 'stdout b']);
  });

  it('carry colours to the next line of the same stream only', () => {
    const { all } = appendChunks(noLines, [out('\u001b[31ma\n'), err('b\n'), out('c\n')]);
    assert.deepEqual(
      all.map(({ carry }) => carry),
      ['', '', '\u001b[31m'],
    );
  });

  it('do not grow with a line that redraws itself for hours', () => {
    const bar = Array.from({ length: 5_000 }, (_, at) => out(`\r${at} of 5000 done`));
    const { all } = bar.reduce((lines, piece) => appendChunks(lines, [piece]), noLines);
    assert.equal(all.length, 1);
    assert.ok((all[0]?.raw.length ?? 0) < 10_000);
    assert.match(all[0]?.raw ?? '', /4999 of 5000 done$/);
  });

  it('are the same however the output is cut into pages', () => {
    const chunk = fc.record({
      stream: fc.constantFrom('stdout' as const, 'stderr' as const),
      text: fc.array(fc.constantFrom('a', 'b', '\n'), { maxLength: 8 }).map((parts) => parts.join('')),
    });
    fc.assert(
      fc.property(fc.array(chunk), (chunks) => {
        const atOnce = appendChunks(noLines, chunks);
        const oneByOne = chunks.reduce((lines, each) => appendChunks(lines, [each]), noLines);
        assert.deepEqual(texts(oneByOne), texts(atOnce));
      }),
    );
  });
});

describe('the part of the output that is loaded', () => {
  it('asks for nothing while there is nothing', () => assert.equal(nextQuery(emptyWindow, 0), undefined));

  it('loads short output whole, with the first question', () => {
    const { window, asked } = settle(['one\ntwo\n']);
    assert.equal(asked, 1);
    assert.equal(gapBytes(window), 0);
    assert.deepEqual(numbered(window), ['1 one', '2 two']);
  });

  it('loads the end of long output first, then its beginning, and says how much is between', () => {
    const line = `${'x'.repeat(99)}\n`;
    const { window } = settle([line.repeat(50_000)]);
    assert.equal(gapBytes(window), 5_000_000 - 65_536 - 16_384);
    assert.equal(outputItems(window, 'output').filter(({ type }) => type === 'gap').length, 1);
    assert.equal(outputItems(window, 'output').at(-1)?.type, 'line');
  });

  it('closes the gap a megabyte at a time, until all lines are there', () => {
    const text = Array.from({ length: 30_000 }, (_, at) => `line ${at} ${'x'.repeat(60)}\n`).join('');
    let { window } = settle([text]);
    for (let round = 0; round < 4 && gapBytes(window) > 0; round++)
      window = settle([text], wantMore(window)).window;
    assert.equal(gapBytes(window), 0);
    assert.deepEqual(window.head?.lines.all.map(({ raw }) => `${raw}\n`).join(''), text);
  });

  it('goes on where it was when more comes', () => {
    const first = settle(['a\nb']);
    assert.deepEqual(nextQuery(first.window, 10), { from: 3, limit: 262_144 });
    assert.deepEqual(numbered(settle(['a\nb', 'c\nd\n'], first.window).window), ['1 a', '2 bc', '3 d']);
  });

  it('keeps the beginning and the newest part of output that never ends', () => {
    const pieces: string[] = [];
    let window = emptyWindow;
    for (let at = 0; at < 60; at++) {
      pieces.push(`${at} ${'x'.repeat(100_000)}\n`);
      window = settle(pieces, window).window;
    }
    const items = outputItems(window, 'output');
    assert.ok(gapBytes(window) > 0);
    assert.match(firstText(items[0]), /^0 x/);
    assert.match(firstText(items.at(-1)), /^59 x/);
  });

  it('is not changed by a page that fits nowhere', () => {
    const { window } = settle(['abc\n']);
    const stray = { batch: 'b', execution: 'e0', from: 900, next: 903, total: 903, chunks: [out('zzz')] };
    assert.equal(takePage(window, stray), window);
  });

  it('counts lines of each stream while all of them are there, else bytes', () => {
    const batch = fakeBatch({ nodes: ['a'], command: 'x', selection: 'a', concurrency: 1, startedAt: 0 });
    batch.run('e0', 0);
    batch.print('e0', [out('a\nb\n'), err('c\n')]);
    const [execution] = batch.state.executions;
    assert.ok(execution);
    const whole = takePage(emptyWindow, batch.page({ execution: 'e0', from: -100, limit: 100 }));
    assert.equal(tabTitle('stdout', whole, execution), 'stdout 2');
    assert.equal(tabTitle('stderr', whole, execution), 'stderr 1');
    assert.equal(tabTitle('stdout', emptyWindow, execution), 'stdout 4 B');
    assert.deepEqual(numbered(whole, 'stderr'), ['1 c']);
  });
});

/** Asks and answers until nothing is missing. */
function settle(pieces: readonly string[], start: OutputWindow = emptyWindow) {
  const batch = fakeBatch({ nodes: ['a'], command: 'x', selection: 'a', concurrency: 1, startedAt: 0 });
  batch.print('e0', pieces.map(out));
  const total = pieces.reduce((sum, text) => sum + text.length, 0);
  let window = start;
  let asked = 0;
  for (let query = nextQuery(window, total); query && asked < 200; query = nextQuery(window, total)) {
    window = takePage(window, batch.page({ execution: 'e0', ...query }));
    asked++;
  }
  return { window, asked };
}

function numbered(window: OutputWindow, tab: 'output' | 'stderr' = 'output'): string[] {
  return outputItems(window, tab).map((item) =>
    item.type === 'gap' ? 'gap' : `${item.number} ${item.line.raw}`,
  );
}

function firstText(item: ReturnType<typeof outputItems>[number] | undefined): string {
  return item?.type === 'line' ? item.line.raw : '';
}
