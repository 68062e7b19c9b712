import assert from 'node:assert/strict';
import fc from 'fast-check';
import { factOf } from '../../../core/selection/facts.ts';
import { resolveTargets } from '../../../core/selection/resolveTargets.ts';
import type { Value } from '../../../core/schema/value.ts';
import { fleet, node } from './fleet.ts';

const web = node('web', {
  user: 'deploy',
  facts: { os: { id: 'debian', 'version.major': 13 }, cpus: 8, role: 'fact', list: ['x', 'y'], none: null },
  vars: { role: 'var', http: { port: 8080 }, host: 'other', 'a.b': 'dotted', a: { b: 'tree' }, off: false },
});

describe('A fact', () => {
  const known: readonly (readonly [string, Value | undefined])[] = [
    ['cpus', 8],
    ['os.id', 'debian'],
    ['os.version.major', 13],
    ['http.port', 8080],
    ['role', 'fact'],
    ['host', 'other'],
    ['user', 'deploy'],
    ['port', 22],
    ['transport', 'ssh'],
    ['a.b', 'dotted'],
    ['list', ['x', 'y']],
    ['off', false],
    ['os', { id: 'debian', 'version.major': 13 }],
    ['none', undefined],
    ['os.id.x', undefined],
    ['list.0', undefined],
    ['Cpus', undefined],
    ['jump', undefined],
    ['constructor', undefined],
    ['os.__proto__', undefined],
  ];
  for (const [path, expected] of known) {
    it(`of the path ${path} is ${JSON.stringify(expected)}`, () =>
      assert.deepEqual(factOf(web, path), expected));
  }

  it('is looked for in facts, then in vars, then in how the node is reached', () => {
    const where = [{ facts: { host: 'f' }, vars: { host: 'v' } }, { vars: { host: 'v' } }, {}];
    assert.deepEqual(
      where.map((options) => factOf(node('n', options), 'host')),
      ['f', 'v', 'n'],
    );
  });
});

describe('A test of a fact', () => {
  const index = fleet([
    web,
    node('small', { facts: { cpus: '2', version: '1.10', list: 'x', empty: '' } }),
    node('odd', { facts: { cpus: 'many', version: '1.9', flag: true } }),
    node('bare'),
  ]);
  const passing: readonly (readonly [string, string])[] = [
    ['fact:cpus', 'web small odd'],
    ['fact:cpus=8', 'web'],
    ['fact:cpus=8.0', 'web'],
    ['fact:cpus!=8', 'small odd'],
    ['fact:cpus>2', 'web odd'],
    ['fact:cpus>=2', 'web small odd'],
    ['fact:cpus<8', 'small'],
    ['fact:cpus<=8', 'web small'],
    ['fact:version>1.5', 'odd'],
    ['fact:flag=true', 'odd'],
    ['fact:list=x', 'web small'],
    ['fact:list!=x', 'web'],
    ['fact:os.id~/^deb/', 'web'],
    ['fact:list~/^[yz]$/', 'web'],
    ['fact:empty', 'small'],
    ['fact:port=22', 'web small odd bare'],
    ['fact:host=bare', 'bare'],
    ['fact:user=deploy & fact:cpus>4', 'web'],
    ['all !fact:cpus', 'bare'],
    ['all !fact:cpus>2', 'small bare'],
  ];
  for (const [selection, expected] of passing) {
    it(`is passed by ${expected}: ${selection}`, () => {
      const { nodes, problems } = resolveTargets({ selection }, index, { seed: 0 });
      assert.deepEqual([nodes.join(' '), problems], [expected, []]);
    });
  }

  it('is passed by exactly one of <, = and >, and != is the rest', () => {
    const values = fc.oneof(fc.integer().map(String), fc.constantFrom('a', '1e3', '-0', '007', '.5', '1.'));
    fc.assert(
      fc.property(values, values, (mine, asked) => {
        const one = fleet([node('n', { facts: { f: mine } })]);
        const passes = (comparison: string): boolean =>
          resolveTargets({ selection: `fact:f${comparison}"${asked}"` }, one, { seed: 0 }).nodes.length === 1;
        assert.equal(['<', '=', '>'].filter(passes).length, 1);
        assert.equal(passes('!='), !passes('='));
        assert.equal(passes('<='), !passes('>'));
        assert.equal(passes('>='), !passes('<'));
      }),
    );
  });
});
