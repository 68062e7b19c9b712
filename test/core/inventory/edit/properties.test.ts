import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdits } from '../../../../core/inventory/edit/textEdits.ts';
import { editInventory } from '../../../../core/inventory/edit/editInventory.ts';
import { commentsOf } from '../../../../core/inventory/edit/meaning.ts';
import { indexInventory, type Inventory } from '../../../../core/inventory/model.ts';
import { hasErrors } from '../../../../core/util/problem.ts';
import type { EditQuery } from '../../../../core/inventory/edit/editQuery.ts';
import { read } from '../context.ts';
import { groupNames, names, tags, writtenInventory } from './writtenInventory.ts';

const change: fc.Arbitrary<EditQuery['change']> = fc.record({
  type: fc.constantFrom('add-tag', 'remove-tag', 'add-to-group', 'remove-from-group'),
  name: fc.constantFrom(...tags, ...groupNames),
  nodes: fc.subarray(names, { minLength: 1, maxLength: 4 }),
});

/** A change that takes away what nodes have, where they have anything. */
function fitting({ type, name, nodes }: EditQuery['change'], inventory: Inventory): EditQuery['change'] {
  if (!type.startsWith('remove')) return { type, name, nodes };
  const { tags: tagged, groups } = having(inventory);
  const pairs = [...(type === 'remove-tag' ? tagged : groups)].map((pair) => pair.split(' '));
  const [, had = name] = pairs[(nodes[0] ?? '').length % Math.max(1, pairs.length)] ?? [];
  const all = pairs.flatMap(([node = '', what]) => (what === had ? [node] : []));
  const chosen = all.filter((_node, at) => nodes.length > 2 || at % nodes.length === 0);
  return { type, name: had, nodes: chosen.length > 0 ? chosen : nodes };
}

/** Pairs of a node and what it has, as a set. */
function having(inventory: Inventory): { tags: Set<string>; groups: Set<string> } {
  const index = indexInventory(inventory);
  return {
    tags: new Set(inventory.nodes.flatMap((node) => node.tags.map((tag) => `${node.name} ${tag}`))),
    groups: new Set(
      inventory.groups.flatMap(({ name }) => index.members(name).map((node) => `${node} ${name}`)),
    ),
  };
}

/** All that a change of tags must leave alone. */
function rest(inventory: Inventory): unknown {
  return {
    nodes: inventory.nodes.map(({ name, connection, facts }) => ({ name, connection, facts })),
    groups: inventory.groups.map(({ name, groups, tags: labels, vars }) => ({ name, groups, labels, vars })),
  };
}

/** Groups but one, with their direct members. */
function others(inventory: Inventory, name: string): unknown {
  return inventory.groups
    .filter((group) => group.name !== name)
    .map(({ origin: _origin, ...group }) => group);
}

describe('A change of tags or groups, however the inventory is written', () => {
  it('is that change and nothing else, with every comment kept, or refused for a reason', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(writtenInventory, change, fc.boolean(), (text, wanted, isFitting) => {
        const before = read(text);
        const { type, name, nodes } = isFitting ? fitting(wanted, before) : wanted;
        assert.ok(!hasErrors(before.problems), `${JSON.stringify(before.problems)}\n${text}`);
        const result = editInventory({ path: 'inventory.yaml', text, change: { type, name, nodes } });
        seen.set(`${type} ${result.ok}`, (seen.get(`${type} ${result.ok}`) ?? 0) + 1);
        if (!result.ok) {
          assert.doesNotMatch(result.error.message, /can not be changed from here/, text);
          assert.match(type, /^remove/);
          return;
        }
        const after = applyEdits(text, result.value.edits);
        const inventory = read(after);
        assert.ok(!hasErrors(inventory.problems), after);
        const expected = having(before);
        const found = having(inventory);
        const isTag = type.endsWith('tag');
        const concerned = isTag ? expected.tags : expected.groups;
        const isNew = type.startsWith('add');
        assert.ok(result.value.nodes.every((node) => nodes.includes(node)));
        for (const node of isNew ? nodes : result.value.nodes) {
          if (isNew) concerned.add(`${node} ${name}`);
          else concerned.delete(`${node} ${name}`);
        }
        if (isTag) {
          assert.deepEqual([...found.tags].sort(), [...expected.tags].sort(), after);
          assert.deepEqual([...found.groups].sort(), [...expected.groups].sort(), after);
          assert.deepEqual(rest(inventory), rest(before), after);
        } else {
          const ofGroup = (pairs: Set<string>) =>
            [...pairs].filter((pair) => pair.endsWith(` ${name}`)).sort();
          assert.deepEqual(ofGroup(found.groups), ofGroup(concerned), after);
          assert.deepEqual(others(inventory, name), others(before, name), after);
        }
        const left = commentsOf(after);
        for (const comment of commentsOf(text)) assert.ok(left.includes(comment), `${comment}\n${after}`);
        assert.equal(
          /[^\r]\n/.test(after),
          /[^\r]\n/.test(text) && after.includes('\n'),
          JSON.stringify(after),
        );
      }),
      { numRuns: 600 },
    );
    for (const type of ['add-tag', 'remove-tag', 'add-to-group', 'remove-from-group']) {
      assert.ok((seen.get(`${type} true`) ?? 0) > 20, JSON.stringify([...seen]));
    }
    // Each of the runs reads a file three times: seconds where nothing else runs.
  });
});
