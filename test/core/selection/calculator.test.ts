import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { calculateNodes, countNodes, foldNodes } from '../../../core/selection/nodeset/calculator.ts';

const oracle = new URL('../../../../shared/corpus/nodeset-oracle.tsv', import.meta.url);

function valueOf<T>(result: { ok: true; value: T } | { ok: false; error: { message: string } }): T {
  assert.ok(result.ok, result.ok ? '' : result.error.message);
  return result.value;
}

function calculatedCount(text: string): number {
  return valueOf(calculateNodes(text)).length;
}

describe('The node set calculator', () => {
  const folded: readonly (readonly [string[], string])[] = [
    [['a,b&c'], ''],
    [['a&b,c^d'], 'c,d'],
    [['a , b ! a'], 'b'],
    [['n[1-2,4]!n[1-2]&n3^n7'], 'n7'],
    [['node[1-5]x', '[1-3]y'], '[1-3]y,node[1-5]x'],
    [['n1', 'n', 'n-x', 'n.x'], 'n,n1,n-x,n.x'],
    [['node[01-99]', 'node100'], 'node[01-99,100]'],
    [['r9n1', 'r10n2'], 'r10n2,r9n1'],
    [['r[1-3]n[1-3]!r2n2'], 'r[1,3]n[1-3],r2n[1,3]'],
    [['a[1-3]n[1-2],a4n1,a5n[2-9]'], 'a5n[2-9],a[1-3]n[1-2],a4n1'],
    [['a&b', 'b'], 'b'],
    [[], ''],
  ];
  for (const [texts, expected] of folded) {
    it(`folds ${texts.join(' ')} to ${expected || 'nothing'}`, () =>
      assert.equal(valueOf(foldNodes(...texts)), expected));
  }

  it('counts products of ranges without making their names', () => {
    assert.equal(valueOf(countNodes('n[1-1000000000]')), 1e9);
    assert.equal(valueOf(countNodes('n[1-1000000]x[1-1000000]')), 1e12);
    assert.equal(valueOf(countNodes('n[1-11][1-11]')), calculatedCount('n[1-11][1-11]'));
    assert.equal(valueOf(countNodes('n[1-2]0[1-2]')), 4);
    assert.equal(valueOf(countNodes('n[1-5,2-3]')), 5);
    assert.equal(valueOf(countNodes()), 0);
    assert.equal(valueOf(countNodes('n[1-3],n[2-5]')), 5);
    assert.equal(valueOf(countNodes('a[1,11]b[1,2]!a1b1')), 3);
  });

  it('refuses to make too many', () => {
    const result = calculateNodes('n[1-1000000]x[1-1000000]');
    assert.equal(result.ok ? '' : result.error.code, 'TOO_MANY_TARGETS');
  });

  for (const text of [
    'a,,b',
    ',a',
    'a,',
    '!a',
    'a!!b',
    'a b',
    'n[1-2',
    'n1]',
    'n[5-1]',
    'n[001-10]',
    'n*',
    '@g',
    'a[]',
    '(a,b)&a',
  ]) {
    it(`refuses ${text} with its column`, () => {
      const result = calculateNodes(text);
      assert.equal(result.ok, false);
      assert.match(result.ok ? '' : result.error.message, /:\d+ /);
    });
  }
});

describe('The node set calculator beside ClusterShell', () => {
  if (!existsSync(oracle)) {
    it.skip('gives what nodeset gives (skipped: the compatibility corpus is not here)');
    return;
  }
  for (const { number, args, code, stdout } of readOracle()) {
    const [option, ...texts] = args;
    if ((option !== '-e' && option !== '-f') || texts.some((text) => text.startsWith('-'))) continue;
    it(`gives what nodeset gives for row ${number}: ${args.join(' ')}`, () => {
      const result = option === '-e' ? calculateNodes(...texts) : foldNodes(...texts);
      assert.equal(result.ok, code === 0);
      if (result.ok)
        assert.equal(typeof result.value === 'string' ? result.value : result.value.join(' '), stdout);
    });
  }
});

function readOracle() {
  const rows = readFileSync(oracle, 'utf8').trimEnd().split('\n').slice(1);
  return rows.map((row) => {
    const [number = '', , , args = '[]', code = '', stdout = '""'] = row.split('\t');
    return {
      number,
      args: z.array(z.string()).parse(JSON.parse(args)),
      code: Number(code),
      stdout: z.string().parse(JSON.parse(stdout)),
    };
  });
}
