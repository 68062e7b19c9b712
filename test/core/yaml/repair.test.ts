import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { changed, offsetMapOf } from '../../../core/yaml/offsetMap.ts';
import { parseDocument } from '../../../core/yaml/parseDocument.ts';
import { compose } from '../../../core/yaml/compose.ts';
import { linesOf } from '../../../core/yaml/lines.ts';
import { errorsIn } from '../../../core/util/problem.ts';
import { repair } from '../../../core/yaml/repair.ts';
import { PlaybookFile } from '../../../core/schema/playbook.ts';

/** A text, what is read instead, and the entries that are not trusted. */
const table: readonly (readonly [what: string, text: string, read: string, damaged: readonly string[]])[] = [
  [
    'a half-typed key',
    'name: x\nhos\nsteps:\n  - run: a\n',
    'name: x\nhos:\nsteps:\n  - run: a\n',
    ['hos\n'],
  ],
  [
    'a half-typed key in a step',
    'steps:\n  - run: a\n    ru\n  - run: b\n',
    'steps:\n  - run: a\n    ru:\n  - run: b\n',
    ['  - run: a\n    ru\n'],
  ],
  [
    'an open quote',
    'steps:\n  - run: "a\n  - run: b\n',
    'steps:\n  - run: "a"\n  - run: b\n',
    ['  - run: "a\n'],
  ],
  ['tabs', 'steps:\n\t- run: a\n\t  id: b\n', 'steps:\n  - run: a\n    id: b\n', ['\t- run: a\n\t  id: b\n']],
  [
    'a colon in plain text',
    'steps:\n  - run: echo a: b\n  - run: c\n',
    "steps:\n  - run: 'echo a: b'\n  - run: c\n",
    ['  - run: echo a: b\n'],
  ],
  ['an at sign', 'targets: @web\nsteps: []\n', "targets: '@web'\nsteps: []\n", ['targets: @web\n']],
  ['an open list', 'tags: [a, b\nsteps: []\n', 'tags: [a, b]\nsteps: []\n', ['tags: [a, b\n']],
  [
    'an open map',
    'nodes:\n  a: { port: 22\n  b:\n',
    'nodes:\n  a: { port: 22}\n  b:\n',
    ['  a: { port: 22\n'],
  ],
  [
    'a list without indentation',
    'steps:\n- run: a\n- run: "x\n- run: c\n',
    'steps:\n- run: a\n- run: "x"\n- run: c\n',
    ['- run: "x\n'],
  ],
  [
    'a conflict',
    `${'<'.repeat(7)} a\nname: x\n${'='.repeat(7)}\nname: y\n${'>'.repeat(7)} b\nsteps: [\n`,
    `${' '.repeat(9)}\nname: x\n${' '.repeat(7)}\n${' '.repeat(7)}\n${' '.repeat(9)}\nsteps: []\n`,
    ['steps: [\n'],
  ],
];

describe('a text that does not parse', () => {
  for (const [what, text, read, damaged] of table) {
    it(`is read without ${what}`, () => {
      const repaired = repair(text);
      assert.deepEqual(
        [
          repaired?.text,
          repaired?.damaged.map(({ start, end }) => text.slice(start, end)),
          repaired?.isWhole,
        ],
        [read, damaged, true],
      );
    });
  }

  it('has each of its mistakes told, also those that an open quote hides', () => {
    const text = 'targets: "all\nsteps:\n  - run: \'ls\n  - run: echo a: b\n\t- run: x\n';
    assert.deepEqual(
      repair(text)?.mistakes.map(({ code, range }) => [code, text.slice(range?.start, range?.end)]),
      [
        ['yaml/missing-char', '"all'],
        ['yaml/missing-char', "'ls"],
        ['yaml/block-as-implicit-key', 'echo a: b'],
        ['yaml/tab-as-indent', '\t'],
      ],
    );
  });

  it('loses the entry that nothing helps, and keeps the others', () => {
    const repaired = repair('steps:\n  - run: a\n ]\n  - run: b\nfinally:\n  - run: c\n');
    assert.equal(repaired?.isWhole, false);
    const { problems, value } = parseDocument(repaired.text, PlaybookFile);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      [...(value?.steps ?? []), ...(value?.finally ?? [])].map(({ run }) => run),
      ['a', 'b', 'c'],
    );
  });

  it('is none where nothing is wrong with its form', () => {
    assert.equal(repair('nmae: x\n'), undefined);
  });
});

describe('repairing, whatever is written', () => {
  const pieces = fc.constantFrom(
    'steps:', '\n', '\n  ', '- ', 'run: a', 'name: "x', "'", '[', ']', '{', '}', '\t', 'ho', ': ', '#', '|', '&a', '*a', '<<<<<<< x\n', '=======\n', '>>>>>>> y\n', '@', '\r\n', '---\n', '😀',
  ); // prettier-ignore
  const texts = fc.array(pieces, { maxLength: 40 }).map((list) => list.join(''));

  it('never throws, ends with a text that parses, and keeps places inside of the text', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const repaired = repair(text);
        if (!repaired) return;
        assert.deepEqual(errorsIn(compose(repaired.text, linesOf(repaired.text)).problems), []);
        for (const { start, end } of repaired.damaged)
          assert.ok(0 <= start && start <= end && end <= text.length);
        for (let at = 0; at <= repaired.text.length; at += 1) {
          const original = repaired.toOriginal(at);
          assert.ok(original >= 0 && original <= text.length, `${at} → ${original}`);
        }
      }),
      { numRuns: 500, examples: [["<<<<<<< x\n<<<<<<< x\n'\n---\n"]] },
    );
  });

  it('maps each unchanged character to itself, there and back', () => {
    const edits = fc.array(fc.tuple(fc.nat(60), fc.nat(5), fc.string({ maxLength: 4 })), { maxLength: 4 });
    fc.assert(
      fc.property(fc.string({ minLength: 10, maxLength: 60 }), edits, (text, list) => {
        let last = 0;
        const changes = list
          .toSorted(([a], [b]) => a - b)
          .flatMap(([at, length, instead]) => {
            const end = at + length;
            if (at < last || end > text.length || (length === 0 && instead === '')) return [];
            last = end + 1;
            return [{ start: at, end, text: instead }];
          });
        const map = offsetMapOf(changes);
        const made = changed(text, changes);
        for (let at = 0; at < text.length; at += 1) {
          if (changes.some(({ start, end }) => start <= at && at < end)) continue;
          assert.equal(made[map.toChanged(at)], text[at]);
        }
      }),
    );
  });
});
