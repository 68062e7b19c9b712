import assert from 'node:assert/strict';
import type { InventoryIndex } from '../../../core/inventory/model.ts';
import { foldForDisplay } from '../../../core/selection/nodeset.ts';
import { resolveTargets } from '../../../core/selection/resolveTargets.ts';
import { fleet, group, letters, node } from './fleet.ts';

const web = Array.from({ length: 20 }, (_unused, at) =>
  node(`web${String(at + 1).padStart(2, '0')}`, { tags: ['prod'] }),
);
const racks = ['web1-r1', 'web1-r2', 'web2-r2', 'web3-r4', 'web9-r3', 'web9-r5'];
const site = fleet(
  [
    ...web,
    ...['web-01.example.com', 'web01:22', 'deploy@web01', '2001:db8::1'].map((name) => node(name)),
    node('web1,x', { tags: ['prod'] }),
    node('web2,x'),
    node('deb', { facts: { os: { name: 'Debian GNU/Linux' }, a: 1 } }),
    node('sid', { facts: { 'os.name': 'Debian GNU/Linux', a: '1' } }),
    node('arch', { facts: { os: { name: 'Arch Linux' }, a: 2 } }),
  ],
  [group('tag:x', ['web07'])],
);

function resolve(text: string, index: InventoryIndex) {
  return resolveTargets({ selection: text }, index, { seed: 0 });
}

describe('The worked examples of the selection language', () => {
  const names = ['web-01.example.com', 'web01:22', 'deploy@web01', '2001:db8::1'];
  for (const name of names) {
    it(`take ${name} for a name`, () => assert.deepEqual(resolve(name, site).nodes, [name]));
  }
  it('take an address in brackets for the address', () =>
    assert.deepEqual(resolve('[2001:db8::1]', site).nodes, ['2001:db8::1']));

  it('count each bracket with its steps', () => {
    const all = [1, 3, 5, 7, 9].flatMap((first) => [1, 2, 3, 4].map((second) => `web${first}-r${second}`));
    const index = fleet([...all, ...racks.filter((name) => !all.includes(name))].map((name) => node(name)));
    assert.deepEqual(resolve('web[1-9/2]-r[1-4]', index).nodes, all);
  });

  const sets: readonly (readonly [string, string])[] = [
    ['a,b !c', 'ab onlya onlyb'],
    ['a,b & c', 'ab ac bc abc onlya'],
    ['a !b & c', 'ab ac onlya'],
    ['a,b&!c', 'ab ac abc onlya onlyb'],
    ['a ^ b,c', 'ac bc abc onlya onlyb onlyc'],
    ['(a,b) & !c', 'ab onlya onlyb'],
    ['a,!(b,c)', 'onlya'],
    ['a,!b,b', 'ab ac bc abc onlya onlyb'],
    ['a & b & c', 'abc'],
    ['all !@*', ''],
    ['none', ''],
    ['', ''],
  ];
  for (const [text, expected] of sets) {
    it(`give ${expected || 'nothing'} for “${text}”`, () =>
      assert.equal(foldForDisplay(resolve(text, letters).nodes), expected));
  }

  it('warn where a union brings back what was excluded, and only there', () => {
    const codes = sets.map(([text]) => resolve(text, letters).problems.map(({ code }) => code));
    assert.deepEqual(
      codes.map((of, at) => (of.length > 0 ? [sets[at]?.[0], ...of] : [])).filter((of) => of.length > 0),
      [['a,!b,b', 'SELECTION_READDED']],
    );
  });

  const found: readonly (readonly [string, string])[] = [
    ['web??,!web13', 'web[01-12,14-20]'],
    ['~/^web\\d+,x$/ & tag:prod', 'web1,x'],
    ['fact:os.name="Debian GNU/Linux"', 'deb sid'],
    ['fact:a=1,!deb', 'sid'],
    ['group:"tag:x"', 'web07'],
  ];
  for (const [text, expected] of found) {
    it(`give ${expected} for “${text}”`, () =>
      assert.equal(foldForDisplay(resolve(text, site).nodes), expected));
  }

  const refused: readonly (readonly [string, number, RegExp])[] = [
    ['!web13', 1, /all !web13/],
    ['web!13', 4, /space or a comma .*before “!”/],
    ['a b', 3, /operator is expected/],
    ['a,,b', 3, /expected here/],
    ['web[20-01]', 4, /backwards/],
    ['web[01-100]', 4, /widths .* differ/],
    ['(a', 1, /not closed/],
    ['~/a(/', 1, /not valid/],
    ['~^web', 1, /~\/\^web\//],
  ];
  for (const [text, column, expected] of refused) {
    it(`refuse “${text}” at ${column}`, () => {
      const { nodes, problems } = resolve(text, site);
      assert.deepEqual([nodes, problems.length], [[], 1]);
      assert.deepEqual([problems[0]?.severity, problems[0]?.range?.column], ['error', column]);
      assert.match(`${problems[0]?.message} ${problems[0]?.fix}`, expected);
    });
  }

  it('leave local nodes out of all, unless they are named', () => {
    const index = fleet([node('a'), node('here', { transport: 'local' })]);
    assert.deepEqual(resolve('all', index).nodes, ['a']);
    assert.deepEqual(resolve('all,here', index).nodes, ['a', 'here']);
    assert.deepEqual(resolve('*', index).nodes, ['a', 'here']);
  });
});
