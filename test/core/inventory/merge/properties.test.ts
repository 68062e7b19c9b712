import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mergeSources } from '../../../../core/inventory/merge/merge.ts';
import type { LoadedSource } from '../../../../core/inventory/merge/unite.ts';
import { indexInventory, type Inventory } from '../../../../core/inventory/model.ts';
import type { Described, InventoryPart } from '../../../../core/inventory/part.ts';
import { sourceOf } from './sources.ts';

const names = fc.constantFrom('a', 'b', 'c', 'd');
const groupNames = fc.constantFrom('g', 'h', 'i');
const values = fc.dictionary(fc.constantFrom('x', 'y', '__proto__'), fc.integer({ min: 0, max: 9 }));

const described: fc.Arbitrary<Described> = fc
  .record({
    vars: values,
    user: fc.option(fc.constantFrom('me', 'you')),
    tags: fc.uniqueArray(fc.constantFrom('t', 'u')),
  })
  .map(({ vars, user, tags }) => ({
    settings: user === null ? {} : { user: { value: user } },
    vars: new Map(Object.entries(vars).map(([key, value]) => [key, { value }])),
    facts: new Map(),
    tags: tags.map((value) => ({ value })),
  }));

const part: fc.Arbitrary<InventoryPart> = fc
  .record({
    nodes: fc.uniqueArray(fc.tuple(names, described), { selector: ([name]) => name }),
    groups: fc.uniqueArray(fc.tuple(groupNames, described, fc.array(names), fc.array(groupNames)), {
      selector: ([name]) => name,
    }),
    defaults: described,
  })
  .map(({ nodes, groups, defaults }) => ({
    nodes: nodes.map(([name, all]) => ({ name, place: {}, ...all })),
    groups: groups.map(([name, all, members, inner]) => ({
      name,
      place: {},
      nodes: members,
      groups: inner,
      ...all,
    })),
    defaults,
    sources: [],
    problems: [],
  }));

/** Sources of different priorities, and the same in another order. */
const shuffled = fc
  .array(part, { minLength: 1, maxLength: 4 })
  .map((parts) => parts.map((each, at) => sourceOf(`s${at}`, each, at * 10)))
  .chain((sources) =>
    fc.tuple(fc.constant(sources), fc.shuffledSubarray(sources, { minLength: sources.length })),
  );

const withoutSources = ({ sources: _sources, ...rest }: Inventory): object => rest;

describe('merging any sources', () => {
  it('gives the same whatever their order, where priorities differ', () => {
    fc.assert(
      fc.property(shuffled, ([sources, other]: [LoadedSource[], LoadedSource[]]) => {
        const [one, two] = [mergeSources(sources), mergeSources(other)];
        assert.deepEqual(withoutSources(one.inventory), withoutSources(two.inventory));
        for (const { name } of one.inventory.nodes) assert.deepEqual(one.detail(name), two.detail(name));
      }),
    );
  });

  it('explains exactly the values that a node has', () => {
    fc.assert(
      fc.property(shuffled, ([sources]) => {
        const { inventory, detail } = mergeSources(sources);
        for (const { name, vars, tags } of inventory.nodes) {
          const told = detail(name)?.vars.map(({ key, value }): [string, unknown] => [key, value]) ?? [];
          assert.deepEqual(new Map(told), new Map(Object.entries(vars)));
          assert.deepEqual(new Set(detail(name)?.tags.map(({ key }) => key)), new Set(tags));
        }
      }),
    );
  });

  it('has only nodes that exist in its groups, each once', () => {
    fc.assert(
      fc.property(shuffled, ([sources]) => {
        const index = indexInventory(mergeSources(sources).inventory);
        for (const { name, nodes } of index.inventory.groups) {
          assert.equal(new Set(nodes).size, nodes.length);
          for (const node of [...nodes, ...index.members(name)]) assert.ok(index.nodes.has(node));
        }
      }),
    );
  });

  it('changes nothing when a source is merged twice', () => {
    fc.assert(
      fc.property(part, (each) => {
        const once = mergeSources([sourceOf('s', each)]).inventory;
        const twice = mergeSources([sourceOf('s', each, 1), sourceOf('s', each, 2)]).inventory;
        const bare = ({ nodes, groups }: Inventory) => ({
          nodes: nodes.map(({ sources: _sources, ...node }) => node),
          groups: groups.map(({ sources: _sources, ...group }) => group),
        });
        assert.deepEqual(bare(twice), bare(once));
      }),
    );
  });
});
