import assert from 'node:assert/strict';
import * as z from 'zod';
import { Duration, parseDuration } from '../../../core/schema/duration.ts';
import { PlaybookFile } from '../../../core/schema/playbook.ts';
import { parseDocument } from '../../../core/yaml/parseDocument.ts';

const Data = z.strictObject({ a: z.unknown(), b: z.unknown().optional() });

describe('parseDocument', () => {
  it('refuses nesting deeper than 100 levels, in every style', () => {
    const styles = {
      flow: '['.repeat(1000),
      maps: '{a: '.repeat(1000),
      'flow behind comments': `a:\n${'  [ # ]\n'.repeat(1000)}`,
      'compact lists': '- '.repeat(1000),
      'complex keys': '? '.repeat(1000),
      indentation: Array.from({ length: 200 }, (_none, depth) => `${' '.repeat(depth)}a:\n`).join(''),
    };
    for (const [style, text] of Object.entries(styles)) {
      const [first, ...others] = parseDocument(text, Data).problems;
      assert.equal(first?.code, 'yaml/too-deep', style);
      assert.deepEqual(
        others.map(({ code }) => code).filter((code) => code.startsWith('yaml/')),
        [],
        style,
      );
    }
  });

  it('takes brackets in texts and comments for text', () => {
    const brackets = '['.repeat(200);
    const text = `a: "${brackets}" # ${brackets}\nb: |\n  ${brackets}\n`;
    assert.deepEqual(parseDocument(text, Data).problems, []);
  });

  it('says which bracket is not closed', () => {
    const table: readonly (readonly [text: string, said: string])[] = [
      ['steps:\n  - copy: { from: a, to: b\n  - run: x\n', '2:11 The "{" is not closed.'],
      ['targets: all\nsteps: [\n  { run: "a[" },\n  { run: b } # ]\n', '2:8 The "[" is not closed.'],
      ['steps:\n  - run: x\n    needs: [a, b\n', '3:12 The "[" is not closed.'],
    ];
    for (const [text, said] of table) {
      const [first] = parseDocument(text, PlaybookFile).problems;
      assert.equal(`${first?.range?.line}:${first?.range?.column} ${first?.message}`, said);
    }
  });

  it('survives a thousand fresh parses of deep nesting in one process', () => {
    const codes = new Set<string | undefined>();
    for (let round = 0; round < 1000; round += 1)
      codes.add(parseDocument('['.repeat(900), Data).problems[0]?.code);
    assert.deepEqual([...codes], ['yaml/too-deep']);
  });

  it('refuses a file of more than 8 MB before reading it', () => {
    const { problems } = parseDocument('#'.repeat(8 * 1024 * 1024 + 1), Data);
    assert.equal(problems[0]?.code, 'yaml/too-large');
  });

  it('refuses an alias bomb at the alias that goes too far', () => {
    const level = (name: string, below: string) =>
      `${name}: &${name} [${Array(9).fill(`*${below}`).join(', ')}]\n`;
    const names = 'bcdefghij'.split('');
    const bomb = `a: &a [x]\n${names.map((name, at) => level(name, 'abcdefghij'[at] ?? 'a')).join('')}`;
    const bombs = parseDocument(bomb, Data).problems.filter(({ code }) => code === 'yaml/alias-bomb');
    assert.equal(bombs.length, 1);
    assert.equal(bombs[0]?.range?.line, 6);
  });

  it('refuses aliases that lead into themselves or too deep', () => {
    const chain = Array.from({ length: 500 }, (_none, at) => `- &n${at} [*n${at - 1}]\n`).join('');
    const problems = parseDocument(`a:\n- &n-1 x\n${chain}`, Data).problems;
    assert.ok(problems.some(({ code }) => code === 'yaml/alias-depth'));
  });

  it('keeps names of object methods as data', () => {
    const { value, problems } = parseDocument('a: { __proto__: { x: 1 }, constructor: 2 }\n', Data);
    assert.deepEqual(problems, []);
    assert.deepEqual(Object.keys(Object(value?.a)), ['__proto__', 'constructor']);
    assert.equal(Object(value?.a).x, undefined);
  });

  it('says where entries are and which entry is at an offset', () => {
    const text = 'a:\n  - one\n  - k: two\n';
    const parsed = parseDocument(text, Data);
    assert.deepEqual(parsed.rangeOf(['a', 1, 'k'], 'value'), { start: 18, end: 21, line: 3, column: 8 });
    assert.deepEqual(parsed.pathAt(18), { path: ['a', 1, 'k'], part: 'value' });
    assert.deepEqual(parsed.pathAt(0), { path: ['a'], part: 'key' });
    assert.deepEqual(parsed.pathAt(7), { path: ['a', 0], part: 'value' });
  });

  it('counts columns in files with CRLF line ends and a byte order mark', () => {
    const { problems } = parseDocument('\uFEFFa: 1\r\nb: 2\r\nc: 3\r\n', Data);
    assert.deepEqual(
      problems.map(({ range }) => [range?.line, range?.column]),
      [[3, 1]],
    );
  });

  it('does not list a hundred thousand mistakes of one list', () => {
    const Names = z.strictObject({ a: z.array(z.int()) });
    const { problems } = parseDocument(`a: [${'x,'.repeat(300_000)}]`, Names);
    assert.ok(problems.length >= 1);
  });
});

describe('Duration', () => {
  it('reads units, sums of them and bare seconds as milliseconds', () => {
    const table = {
      '30s': 30_000,
      '10m': 600_000,
      '1h30m': 5_400_000,
      '500ms': 500,
      '1.5s': 1500,
      90: 90_000,
      '1d': 86_400_000,
    };
    for (const [text, ms] of Object.entries(table)) assert.equal(parseDuration(text), ms, text);
  });

  it('refuses anything else', () => {
    for (const text of ['', 's', '-1s', '1w', '1h 30m', '30 s', '1e3', '∞'])
      assert.equal(parseDuration(text), undefined, text);
    assert.equal(Duration.safeParse('soon').success, false);
  });
});
