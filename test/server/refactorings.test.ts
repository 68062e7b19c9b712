import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parse } from 'yaml';
import { refactorings } from '../../server/service/actions/refactorings.ts';
import { worldOf } from './world.ts';

/** The text after what is offered at a place was taken; undefined where it is not offered. */
function taken(text: string, offset: number, title: RegExp): string | undefined {
  const { document, workspace } = worldOf('playbook', text);
  const start = document.document.positionAt(offset);
  const found = refactorings({ document, workspace, range: { start } }).find((each) =>
    title.test(each.title),
  );
  return found && TextDocument.applyEdits(document.document, [...found.edits]);
}

const value: Readonly<Record<string, fc.Arbitrary<string>>> = {
  id: fc.constantFrom('a', '"a"', "'a' # why"),
  name: fc.constantFrom('Drain', '"Drain: all"', '>-\n      Drain\n      all'),
  needs: fc.constantFrom('[b]', 'b', '\n      - b', '\n    - b # it'),
  run: fc.constantFrom(
    'x',
    '|\n      x # no comment\n\n      y',
    '|-\n      x',
    "'x: y'",
    '>\n      x\n    # why',
  ),
  env: fc.constantFrom('{ A: 1 }', '\n      A: 1\n      # more\n      B: 2', '{ A: 1,\n      B: 2 }'),
  timeout: fc.constantFrom('5s', '5s # short'),
  sudo: fc.constantFrom('true', 'true\n'),
};
const step = fc
  .shuffledSubarray(Object.keys(value), { minLength: 1 })
  .chain((keys) =>
    fc.tuple(
      fc.tuple(...keys.map((key) => fc.tuple(fc.constant(key), value[key] ?? fc.constant('x')))),
      fc.array(fc.boolean(), { minLength: keys.length, maxLength: keys.length }),
    ),
  )
  .map(([entries, isCommented]) =>
    entries
      .map(([key, text], at) => {
        const comment = isCommented[at] && at > 0 ? `    # about ${key}\n` : '';
        return `${comment}${at === 0 ? '  - ' : '    '}${key}:${text.startsWith('\n') ? '' : ' '}${text}\n`;
      })
      .join(''),
  );
const play = fc
  .tuple(step, step, fc.constantFrom('\n', '\r\n'))
  .map(([first, second, end]) => `# of all\nsteps:\n${first}${second}`.replaceAll('\n', end));

function commentsIn(text: string): readonly string[] {
  return [...text.matchAll(/# (?:of|about|why|it|more|short)[^\r\n]*/g)]
    .map(([comment]) => comment)
    .toSorted();
}

describe('the keys of a step in order', () => {
  it('say the same, keep their comments, and are in order then', () => {
    const title = /^Put the keys/;
    fc.assert(
      fc.property(play, fc.constantFrom(0, 1), (text, which) => {
        const places = [...text.matchAll(/^ {2}- /gm)].map(({ index }) => index + 4);
        const place = places[which] ?? 0;
        const after = taken(text, place, title);
        if (after === undefined) return;
        assert.deepEqual(parse(after), parse(text), after);
        assert.deepEqual(commentsIn(after), commentsIn(text), after);
        assert.equal(taken(after, place, title), undefined, after);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a command below |', () => {
  it('is the same command', () => {
    fc.assert(
      fc.property(play, fc.constantFrom('x', "'x: y'", '"a \\"b\\" # c"'), (text, command) => {
        const before = text.replace(/run: [^\r\n]*/, () => `run: ${command}`);
        const place = before.indexOf(`run: ${command}`) + 5;
        const after = place < 5 ? undefined : taken(before, place, /^Write the command/);
        if (after === undefined) return;
        const trimmed = (of: string): unknown =>
          JSON.parse(JSON.stringify(parse(of)).replaceAll('\\n"', '"'));
        assert.deepEqual(trimmed(after), trimmed(before), after);
      }),
      { numRuns: 150 },
    );
  });
});
