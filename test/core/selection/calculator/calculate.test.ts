import assert from 'node:assert/strict';
import { countCalculation, readCalculation } from '../../../../core/selection/calculator/calculate.ts';
import { foldSet } from '../../../../core/selection/calculator/fold.ts';
import { indexInventory } from '../../../../core/inventory/model.ts';
import { inventoryGroups, withDefault } from '../../../../core/selection/calculator/groups.ts';
import { fleet, group, node } from '../fleet.ts';
import { calculated, count, expand, fold, refusalOf, setOf, united, valueOf } from './calculating.ts';

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
    [['n1[2-3]0'], 'n[120,130]'],
    [['n[-2-1]'], 'n[-2-1]'],
    [['x%[1-2]'], 'x%[1-2]'],
    [['my node,my other'], 'my node,my other'],
    [['n99999999999999999999,n100000000000000000000'], 'n[99999999999999999999-100000000000000000000]'],
    [[], ''],
    [['', '  '], ''],
  ];
  for (const [texts, expected] of folded) {
    it(`folds ${JSON.stringify(texts)} to ${expected || 'nothing'}`, () =>
      assert.equal(foldSet(setOf(...texts)), expected));
  }

  it('works off operations from left to right, each with all of its node sets', () => {
    const { set } = valueOf(
      calculated([
        { operator: ',', texts: ['n[1-9]'] },
        { operator: '!', texts: ['n1', 'n2'] },
        { operator: '&', texts: ['n[1-4]', 'n7'] },
        { operator: '^', texts: ['n4', 'n8'] },
      ]),
    );
    assert.equal(foldSet(set), 'n[3,7-8]');
  });

  it('sorts as ClusterShell does: texts first, then numbers by their length', () => {
    assert.deepEqual(expand('b2,b10,b01,a'), ['a', 'b2', 'b01', 'b10']);
    assert.deepEqual(expand('\u{1F600}1,\uFF21'), ['\uFF21', '\u{1F600}1']);
  });

  it('folds with steps from as many numbers on as are asked for', () => {
    assert.equal(fold('n[1-9/2]', { autostep: 3 }), 'n[1-9/2]');
    assert.equal(fold('n[1-9/2]', { autostep: 5 }), 'n[1-9/2]');
    assert.equal(fold('n[1-9/2]', { autostep: 6 }), 'n[1,3,5,7,9]');
    assert.equal(fold('n[1-9/2]'), 'n[1,3,5,7,9]');
  });

  it('folds only some positions, counted from either end', () => {
    assert.equal(fold('r[1-2]n[1-2]', { axes: [0] }), 'r[1-2]n1,r[1-2]n2');
    assert.equal(fold('r[1-2]n[1-2]', { axes: [-1] }), 'r1n[1-2],r2n[1-2]');
    assert.equal(fold('r[1-2]n[1-2]', { axes: [] }), 'r1n1,r2n1,r1n2,r2n2');
  });

  it('counts a name once, however often it is written', () => {
    assert.equal(count('n[1-11,1-11]'), 11n);
    assert.equal(count('n[1-5,2-3]'), 5n);
    assert.equal(count('n[1-3],n[2-5]'), 5n);
    assert.equal(count('n[01-20,5-30]'), 35n, 'n05 and n5 are two names, n10 to n20 are not');
    assert.equal(count('a[1,11]b[1,2]!a1b1'), 3n);
    assert.equal(count('n[1-3]', 'n[2-5]', 'm'), 6n);
    assert.equal(count(), 0n);
  });

  it('counts ranges without making their names', () => {
    const started = performance.now();
    assert.equal(count('n[1-1000000]'), 1_000_000n);
    assert.equal(count('n[1-1000000000],m[1-1000000000]'), 2_000_000_000n);
    assert.equal(count('n[1-1000000]x[1-1000000]'), 10n ** 12n);
    assert.equal(count('n[1-1000000],n[5-2000000]', 'n7,n007', 'x,x'), 2_000_002n);
    assert.equal(count(`n[1-${'9'.repeat(60)}]`), 10n ** 60n - 1n);
    assert.ok(performance.now() - started < 1000);
  });

  it('refuses to count what it would have to make', () => {
    for (const text of ['n[1-3000000/2,1-3000000/3]', 'n[1-2000000]!n1', 'r[1-2000]n[1-2000],r1n[1-9]']) {
      const counted = countCalculation(valueOf(readCalculation(united(text))));
      assert.equal(counted.ok ? '' : counted.error.code, 'TOO_MANY_TARGETS', text);
    }
  });

  it('makes a million names, and refuses one more', () => {
    assert.equal(setOf('n[1-1000000]').get('n%s')?.rows.size, 1_000_000);
    assert.equal(setOf('n[1-1000000]!n5').get('n%s')?.rows.size, 999_999);
    assert.equal(setOf('n[1-1000000]', 'n[1-9]').get('n%s')?.rows.size, 1_000_000);
    for (const texts of [['n[1-1000001]'], ['n[1-1000000]', 'm'], ['n[1-1000000]x[1-1000000]!n1x1']])
      assert.equal(refusalOf(united(...texts)).code, 'TOO_MANY_TARGETS');
  });
});

describe('What is no node set', () => {
  const refused: readonly (readonly [string, number])[] = [
    ['a,,b', 3],
    [',a', 1],
    ['a,', 3],
    ['!a', 1],
    ['a!!b', 3],
    ['n[1-2', 1],
    ['n1]', 1],
    ['b,n[5-1]', 3],
    ['n[001-10]', 1],
    ['n[1-3/0]', 1],
    ['n[1-2][3-4]', 1],
    ['n[1-9/2]0', 1],
    ['a[]', 1],
    ['a[b]', 1],
    [`n${'1'.repeat(101)}`, 1],
  ];
  for (const [text, column] of refused) {
    it(`is refused with its column: ${text.slice(0, 20)}`, () => {
      const { code, message, details } = refusalOf(united('ok', text));
      assert.equal(code, 'SELECTION_SYNTAX');
      assert.deepEqual(details, { text: text.slice(0, 80) + (text.length > 80 ? '…' : ''), column });
      assert.match(message, new RegExp(`:${column} `));
    });
  }
});

describe('Groups in a node set', () => {
  const names = ['web1', 'web2', 'web3', 'db1'];
  const index = fleet(
    [...names.map((name) => node(name)), node('here', { transport: 'local' })],
    [group('web', names.slice(0, 3)), group('racks:r1', ['web1', 'db1']), group('racks:r2', ['web2'])],
  );
  const groups = inventoryGroups(index);
  const folded = (text: string, resolver = groups): string =>
    foldSet(valueOf(calculated(united(text), resolver)).set);

  const meant: readonly (readonly [string, string])[] = [
    ['@web', 'web[1-3]'],
    ['@web!@racks:r1', 'web[2-3]'],
    ['@racks:r[1-2]', 'db1,web[1-2]'],
    ['@racks:*', 'db1,web[1-2]'],
    ['@*', 'db1,web[1-3]'],
    ['@@racks', 'r[1-2]'],
    ['@@', 'web'],
    ['web*', 'web[1-3]'],
    ['web[1-2]&*b1', 'web1'],
    ['web?!web2', 'web[1,3]'],
  ];
  for (const [text, expected] of meant) {
    it(`are looked up: ${text} is ${expected}`, () => assert.equal(folded(text), expected));
  }

  it('come from another source where one is chosen', () => {
    const racks = withDefault(groups, 'racks');
    assert.equal(folded('@r1', racks), 'db1,web1');
    assert.equal(folded('@*', racks), 'db1,web[1-2]');
    assert.equal(folded('@@', racks), 'r[1-2]');
  });

  it('have everything in a group all where there is one', () => {
    const own = inventoryGroups(fleet([node('a'), node('b')], [group('all', ['a'])]));
    assert.equal(folded('@*', own), 'a');
  });

  it('stand for nothing where there are none of that name, with a warning', () => {
    const { set, warnings } = valueOf(calculated(united('@wbe,db1', 'nobody*'), groups));
    assert.equal(foldSet(set), 'db1');
    assert.deepEqual(warnings, ['There is no group @wbe. Did you mean @web?', 'No node is called nobody*.']);
  });

  it('are refused where an unknown one would leave more nodes', () => {
    for (const text of ['@web!@wbe', '@web^@wbe', 'web*!nobody*'])
      assert.equal(refusalOf(united(text), groups).code, 'SELECTION_UNKNOWN');
    const away = [
      { operator: ',', texts: ['@web'] },
      { operator: '!', texts: ['@wbe'] },
    ] as const;
    assert.equal(refusalOf(away, groups).code, 'SELECTION_UNKNOWN');
    assert.match(refusalOf(united('@rakcs:r1'), groups).message, /no group source "rakcs".*"racks"/);
    assert.match(refusalOf(united('@@rakcs'), groups).message, /no group source "rakcs".*"racks"/);
  });

  it('need an inventory', () => {
    for (const text of ['@web', 'web*']) assert.equal(refusalOf(united(text)).code, 'INPUT_MISSING');
    assert.equal(
      folded('x,@*', inventoryGroups(indexInventory({ nodes: [], groups: [], sources: [], problems: [] }))),
      'x',
    );
  });
});
