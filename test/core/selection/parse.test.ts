import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseSelection } from '../../../core/selection/parse.ts';
import type { Selection } from '../../../core/selection/selection.ts';

/** The expression with every pair of parentheses written out. */
function grouped(selection: Selection): string {
  switch (selection.type) {
    case 'nothing':
      return 'none';
    case 'all':
      return 'all';
    case 'chain': {
      const signs = {
        union: '∪',
        difference: '∖',
        intersection: '∩',
        'intersection-with-rest': '∖',
        'symmetric-difference': '△',
      };
      return selection.rest.reduce(
        (left, { operator, operand }) => `(${left}${signs[operator]}${grouped(operand)})`,
        grouped(selection.first),
      );
    }
    default:
      return selection.text;
  }
}

function read(text: string): string {
  const { selection, problems } = parseSelection(text);
  assert.deepEqual(problems, []);
  assert.ok(selection);
  return grouped(selection);
}

describe('A selection', () => {
  const read1: readonly (readonly [string, string])[] = [
    ['a,b !c', '((a∪b)∖c)'],
    ['web*,!web13', '(web*∖web13)'],
    ['web*, !web13', '(web*∖web13)'],
    ['a,b & c', '(a∪(b∩c))'],
    ['a !b & c', '(a∖(b∩c))'],
    ['a,b&!c', '(a∪(b∖c))'],
    ['a & ! c', '(a∖c)'],
    ['a ^ b,c', '((a△b)∪c)'],
    ['a^b', '(a△b)'],
    ['(a,b) & !c', '((a∪b)∖c)'],
    ['a,!(b,c)', '(a∖(b∪c))'],
    ['a,!b,b', '((a∖b)∪b)'],
    ['~/^web\\d+,x$/ & tag:prod', '(~/^web\\d+,x$/∩tag:prod)'],
    ['fact:a=1,!b', '(fact:a=1∖b)'],
    ['group:frontend & tag:prod !web13.example.com', '((group:frontend∩tag:prod)∖web13.example.com)'],
    ['all !web13', '(all∖web13)'],
    ['', 'none'],
    [' \n\t', 'none'],
    ['none', 'none'],
    [' ( a , b ) ', '(a∪b)'],
    ['a,\n  b', '(a∪b)'],
  ];
  for (const [text, expected] of read1) {
    it(`reads ${JSON.stringify(text)} as ${expected}`, () => assert.equal(read(text), expected));
  }

  for (const text of [
    'web-01.example.com',
    'web01:22',
    'deploy@web01',
    '2001:db8::1',
    'fe80::1%eth0',
    '-x',
    'größe1',
  ]) {
    it(`reads ${text} as a name`, () => {
      const { selection } = parseSelection(text);
      assert.ok(selection?.type === 'names');
      assert.deepEqual([selection.kind, selection.pattern], ['any', [{ type: 'text', text }]]);
    });
  }

  it('reads an address in brackets as the address, and keeps them before a port', () => {
    const patterns = ['[2001:db8::1]', '[2001:db8::1]:22'].map((text) => {
      const { selection } = parseSelection(text);
      return selection?.type === 'names' ? selection.pattern : undefined;
    });
    assert.deepEqual(patterns, [
      [{ type: 'text', text: '2001:db8::1' }],
      [{ type: 'text', text: '[2001:db8::1]:22' }],
    ]);
  });

  it('reads kinds, groups written with @ and quoted names', () => {
    const kinds = ['node:a', 'group:a', '@a', 'tag:a', 'source:a', 'file:a', 'group:"tag:x"', '"all"'].map(
      (text) => {
        const { selection } = parseSelection(text);
        return selection?.type === 'names' ? [selection.kind, selection.pattern] : undefined;
      },
    );
    const named = (kind: string, text: string) => [kind, [{ type: 'text', text }]];
    assert.deepEqual(kinds, [
      named('node', 'a'),
      named('group', 'a'),
      named('group', 'a'),
      named('tag', 'a'),
      named('source', 'a'),
      named('file', 'a'),
      named('group', 'tag:x'),
      named('any', 'all'),
    ]);
  });

  it('reads facts: known, compared, matched', () => {
    const tests = [
      'fact:os.name="Debian GNU/Linux"',
      'fact:cpus>=4',
      'fact:a!=b',
      'fact:v',
      'fact:os~/^Deb/',
      'fact:os~~/x/',
    ].map((text) => {
      const { selection } = parseSelection(text);
      return selection?.type === 'fact' ? [selection.path, selection.test] : undefined;
    });
    assert.deepEqual(tests, [
      ['os.name', { type: 'compare', comparison: '=', value: 'Debian GNU/Linux' }],
      ['cpus', { type: 'compare', comparison: '>=', value: '4' }],
      ['a', { type: 'compare', comparison: '!=', value: 'b' }],
      ['v', { type: 'known' }],
      ['os', { type: 'matches', regex: '^Deb' }],
      ['os', { type: 'matches', regex: 'x' }],
    ]);
  });

  it('keeps the place of every operand, over lines', () => {
    const { selection } = parseSelection('a,\n  @b');
    assert.ok(selection?.type === 'chain');
    assert.deepEqual(selection.rest[0]?.range, { start: 5, end: 7, line: 2, column: 3 });
  });

  const refused: readonly (readonly [string, number, RegExp])[] = [
    ['!web13', 1, /all !web13/],
    ['(!a)', 2, /all !a/],
    ['web!13', 4, /space or a comma .*before “!”/],
    ['a b', 3, /operator is expected/],
    ['a(b)', 2, /operator is expected/],
    ['a,,b', 3, /expected here/],
    ['a,', 3, /expected here/],
    ['a &', 4, /expected here/],
    ['^a', 1, /expected here/],
    ['()', 2, /expected here/],
    ['@', 2, /expected here/],
    ['tag:', 5, /expected here/],
    ['web[20-01]', 4, /backwards.*01-20/],
    ['web[01-100]', 4, /widths .* differ.*001-100/],
    ['web[1-9/0]', 4, /step/],
    ['web[1', 4, /not closed/],
    ['web[]', 4, /number is missing/],
    ['web[a]', 4, /not a range/],
    ['web[1-9999999999999999]', 4, /more than 15 digits/],
    ['(a', 1, /not closed/],
    ['a,(b', 3, /not closed/],
    ['a)', 2, /no “\(”/],
    ['~/a(/', 1, /not valid/],
    ['~^web', 1, /~\/\^web\//],
    ['~/web', 1, /not closed/],
    ['~/(a+)+$/', 1, /repeat inside a repeat/],
    ['~/(a)\\1/', 1, /Back-references/],
    ['~/a(?=b)/', 1, /Look-around/],
    ['file:~/hosts', 6, /file:"~\/hosts"/],
    ['"a', 1, /not closed/],
    ["'a'", 1, /double quotes/],
    ['a$b', 2, /“\$” cannot stand/],
    ['a;b', 2, /“;” cannot stand/],
    ['! a', 1, /all !a/],
    ['a,', 3, /remove the “,”/],
    ['fact:', 6, /fact is expected/],
    ['fact:a=', 8, /value is expected/],
    [`${'('.repeat(5000)}a`, 101, /parentheses/],
  ];
  for (const [text, column, expected] of refused) {
    it(`refuses ${text.slice(0, 30)} at column ${column}, with a mend`, () => {
      const { selection, problems } = parseSelection(text);
      assert.equal(selection, undefined);
      assert.equal(problems.length, 1);
      assert.equal(problems[0]?.range?.column, column);
      assert.equal(problems[0]?.code, 'SELECTION_SYNTAX');
      assert.match(`${problems[0]?.message} ${problems[0]?.fix ?? ''}`, expected);
    });
  }

  it('never throws, whatever the text, and gives either a selection or a problem inside the text', () => {
    const pieces = fc.constantFrom(
      ...'abcweb019,!&^()[]-/~"\\:@*? \n=.é'.split(''),
      'tag:',
      'fact:',
      '~/',
      'all',
      '😀',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(pieces, { maxLength: 30 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, (some) => {
        const { selection, problems } = parseSelection(some);
        assert.equal(selection === undefined, problems.length > 0);
        for (const { range } of problems)
          assert.ok(range && range.start <= some.length && range.end <= some.length);
        if (selection) assert.deepEqual(JSON.parse(JSON.stringify(selection)), selection);
      }),
      { numRuns: 3000 },
    );
  });

  it('reads 20,000 operands at once', () => {
    const names = Array.from({ length: 20_000 }, (_unused, at) => `n${at}`);
    assert.deepEqual(parseSelection(names.join(',\n')).problems, []);
  });
});
