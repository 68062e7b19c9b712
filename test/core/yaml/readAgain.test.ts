import assert from 'node:assert/strict';
import fc from 'fast-check';
import { InventoryFile } from '../../../core/schema/inventory.ts';
import { PlaybookFile } from '../../../core/schema/playbook.ts';
import { readAgain } from '../../../core/yaml/readAgain.ts';
import type { ParsedDocument } from '../../../core/yaml/parseDocument.ts';
import { parseDocument } from '../../../core/yaml/parseDocument.ts';
import { piecesOf } from '../../../core/yaml/pieces.ts';
import type { Path } from '../../../core/yaml/places.ts';

const steps = Array.from(
  { length: 12 },
  (_, at) =>
    `  - id: s${at}\n    run: |\n      echo ${at}\n\n      - not an item\n    # of s${at}\n    env: { A: "b" }\n`,
);
const playbook = `# Deploy\nversion: 1\nvars: { a: [1, 2] } # two\n\ntargets: "a,b"\n# The steps.\nsteps:\n  # first\n${steps.join('\n')}finally:\n- run: echo\n`;
const headed = `# x\n---\n${playbook.replace('"a,b"', '[\n  a,\n  "b"\n]').replace('finally', '"finally"')}`;
const nodes = Array.from(
  { length: 12 },
  (_, at) => `    n${at}: { tags: [x] }\r\n    "m${at}":\r\n        vars: { a: ${at} }\r\n`,
);
const inventory = `version: 1\r\nnodes:\r\n${nodes.join('')}groups:\r\n    g: n1\r\n`;

/** All that is known of a document: what was read, what is wrong, and where everything stands. */
function told(document: ParsedDocument<unknown>, text: string): unknown {
  const places: unknown[] = [];
  const walk = (value: unknown, path: Path): void => {
    places.push([path, document.rangeOf(path, 'key'), document.rangeOf(path, 'value')]);
    const entries: [string | number, unknown][] = Array.isArray(value)
      ? [...value.entries()]
      : value instanceof Map
        ? [...(value as Map<string, unknown>)]
        : typeof value === 'object' && value !== null
          ? Object.entries(value)
          : [];
    for (const [key, child] of entries) walk(child, [...path, key]);
  };
  walk(document.writtenAt([]), []);
  const around = Array.from({ length: text.length + 1 }, (_, offset) => document.pathAt(offset));
  return { value: document.value, problems: document.problems, places, around };
}

describe('reading a text again', () => {
  it('cuts at entries of the margin, and below them where there are many', () => {
    const pieces = piecesOf(playbook);
    assert.deepEqual(
      pieces?.map(({ start, inner }) => [playbook.slice(start).split(/:/, 1)[0], inner?.length]),
      [
        ['version', undefined],
        ['vars', undefined],
        ['targets', undefined],
        ['steps', 12],
        ['finally', undefined],
      ],
    );
    assert.equal(piecesOf(inventory)?.[1]?.inner?.length, 24);
    for (const text of [
      '- a\n',
      'a: 1\rb: 2\n',
      '--- x\na: 1\n',
      '---\n---\na: 1\n',
      '%YAML 1.2\n',
      '? a\n',
      '',
    ]) {
      assert.equal(piecesOf(text), undefined);
    }
    for (const text of ['--- # x\n\na: 1\nb: 2\n', '"a": [\n 1\n]\n\'b c\': 2\n', 'a b/c.d: {\n}\nb: 2\n']) {
      assert.equal(piecesOf(text)?.length, 2);
    }
  });

  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    removed: fc.oneof(fc.constant(0), fc.nat(30)),
    added: fc.oneof(
      fc.constantFrom(
        '\n',
        '  ',
        '- ',
        ': ',
        '#',
        ' # x\n',
        '"',
        "'",
        '[',
        '}',
        '|',
        '>',
        '&a ',
        '*a',
        '!t ',
        '\t',
        '---\n',
      ),
      fc.constantFrom(
        '  - run: x\n',
        '\nvars:\n',
        '\n  - id: y\n    run: >\n      a\n\n',
        '      deep\n',
        'x: 1\n',
        '\r\n',
        '<<<<<<< a\n',
      ),
      fc.string({ maxLength: 5 }),
    ),
  });
  for (const [title, text, schema] of [
    ['a playbook', playbook, PlaybookFile],
    ['a playbook with a head and brackets at the margin', headed, PlaybookFile],
    ['an inventory', inventory, InventoryFile],
  ] as const)
    it(`gives the same as reading it for the first time, whatever is typed into ${title}`, () => {
      fc.assert(
        fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
          const again = readAgain();
          let now: string = text;
          for (const { at, removed, added } of [{ at: 1, removed: 0, added: '' }, ...edits]) {
            const from = Math.floor(at * now.length);
            now = now.slice(0, from) + added + now.slice(from + removed);
            const fresh = parseDocument<unknown>(now, schema);
            assert.deepEqual(told(parseDocument<unknown>(now, schema, again), now), told(fresh, now));
          }
        }),
        { numRuns: 30 },
      );
    });
});
