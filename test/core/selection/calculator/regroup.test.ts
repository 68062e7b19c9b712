import assert from 'node:assert/strict';
import { foldSet } from '../../../../core/selection/calculator/fold.ts';
import { inventoryGroups } from '../../../../core/selection/calculator/groups.ts';
import { listGroups, regroupSet, type Listing } from '../../../../core/selection/calculator/regroup.ts';
import { fleet, group, node } from '../fleet.ts';
import { setOf } from './calculating.ts';

const names = Array.from({ length: 6 }, (_unused, at) => `n${at + 1}`);
const groups = inventoryGroups(
  fleet(
    names.map((name) => node(name)),
    [
      group('low', ['n1', 'n2']),
      group('half', ['n1', 'n2', 'n3']),
      group('same', ['n1', 'n2', 'n3']),
      group('none', []),
      group('rack:r1', ['n4']),
      group('rack:r2', ['n5']),
      group('rack:r10', ['n6']),
    ],
  ),
);
const standard: Listing = { groups, source: undefined, isBare: false };
const racks: Listing = { groups, source: 'rack', isBare: false };

describe('Regrouping', () => {
  const regrouped: readonly (readonly [string, Listing, string])[] = [
    ['n[1-3]', standard, '@half'],
    ['n[1-2]', standard, '@low'],
    ['n[1-4],m', standard, '@half,m,n4'],
    ['n[2-3]', standard, 'n[2-3]'],
    ['', standard, ''],
    ['n[4-6]', racks, '@rack:r[1-2,10]'],
    ['n[4-6]', { ...racks, isBare: true }, '@r[1-2,10]'],
    ['n[3-4]', racks, '@rack:r1,n3'],
  ];
  for (const [text, listing, expected] of regrouped) {
    it(`names the largest groups first: ${text || 'nothing'} is ${expected || 'nothing'}`, () =>
      assert.equal(regroupSet(setOf(text), listing), expected));
  }

  it('leaves the set as it was', () => {
    const set = setOf('n[1-4]');
    regroupSet(set, standard);
    assert.equal(foldSet(set), 'n[1-4]');
  });

  it('folds what is left as it is told to', () =>
    assert.equal(regroupSet(setOf('x[1-9/2]'), standard, { autostep: 3 }), 'x[1-9/2]'));
});

describe('Listing groups', () => {
  const listed = (listing: Listing, text?: string): string[] =>
    listGroups(listing, text === undefined ? undefined : setOf(text)).map(
      ({ name, nodes, within }) => `${name} ${foldSet(within)} of ${foldSet(nodes)}`,
    );

  it('sorts them as names are sorted, empty ones too', () => {
    assert.deepEqual(listed(standard), [
      '@half n[1-3] of n[1-3]',
      '@low n[1-2] of n[1-2]',
      '@none  of ',
      '@same n[1-3] of n[1-3]',
    ]);
    assert.deepEqual(
      listed(racks).map((line) => line.split(' ')[0]),
      ['@rack:r1', '@rack:r2', '@rack:r10'],
    );
  });

  it('gives those that have some of the nodes, with these', () => {
    assert.deepEqual(listed(standard, 'n[2-4]'), [
      '@half n[2-3] of n[1-3]',
      '@low n2 of n[1-2]',
      '@same n[2-3] of n[1-3]',
    ]);
    assert.deepEqual(listed(racks, 'n1'), []);
  });
});

describe('Sources of groups', () => {
  it('have a default one, which may have a name of its own', () => {
    const own = group('local:low', [], ['low']);
    const named = inventoryGroups(fleet([node('n1')], [group('low', ['n1']), own, group('rack:r1', ['n1'])]));
    assert.deepEqual([named.sources, named.defaultName], [['local', 'rack'], 'local']);
    assert.deepEqual([groups.sources, groups.defaultName], [['rack'], undefined]);
  });
});
