import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseAnsible } from '../../../../core/inventory/ansible/parseAnsible.ts';
import { parseBolt } from '../../../../core/inventory/bolt/parseBolt.ts';
import { parseCsv } from '../../../../core/inventory/csv/parseCsv.ts';
import { editInventory } from '../../../../core/inventory/edit/editInventory.ts';
import { applyEdits } from '../../../../core/inventory/edit/textEdits.ts';
import { parseHosts } from '../../../../core/inventory/hosts/parseHosts.ts';
import { mergeSources } from '../../../../core/inventory/merge/merge.ts';
import type { Inventory } from '../../../../core/inventory/model.ts';
import { readInventory } from '../../../../core/inventory/readInventory.ts';
import { writeInventory } from '../../../../core/inventory/write/writeInventory.ts';
import { hasErrors } from '../../../../core/util/problem.ts';
import { diskFiles } from '../diskFiles.ts';
import { inputOf } from '../hosts/read.ts';
import { sourceOf } from '../merge/sources.ts';

const corpus = fileURLToPath(new URL('../../../../../shared/corpus/', import.meta.url));

/** Inventories that people published, as far as they have no errors. */
function* published(): Generator<{ readonly path: string; readonly inventory: Inventory }> {
  for (const kind of ['ansible', 'bolt']) {
    for (const name of readdirSync(corpus + kind, { recursive: true, withFileTypes: true })) {
      if (!name.isFile()) continue;
      const path = `${name.parentPath}/${name.name}`;
      const input = { path, files: diskFiles, home: '/home/me', user: 'me' };
      const part = kind === 'bolt' ? parseBolt(input) : parseAnsible(input);
      if (part.nodes.length === 0 || hasErrors(part.problems)) continue;
      yield { path, inventory: mergeSources([sourceOf(path, part)]).inventory };
    }
  }
}

function read(text: string): Inventory {
  return readInventory(text, { source: 'inventory.yaml', resolvePath: (path) => path }).inventory;
}

/** What an inventory.yaml can hold of it. */
function plain({ nodes, groups }: Inventory, names: ReadonlySet<string>) {
  return {
    nodes: nodes
      .filter(({ name }) => names.has(name))
      .map(({ name, tags, vars, facts, connection }) => {
        const { identitiesOnly: _a, hostKeyAlias: _b, strictHostKeyChecking: _c, ...rest } = connection;
        return { name, tags, vars, facts, connection: rest };
      }),
    groups: groups.map(({ name, nodes: members, groups: inner, tags, vars }) => {
      return { name, members: members.filter((member) => names.has(member)), inner, tags, vars };
    }),
  };
}

describe('Published inventories', function () {
  before(function () {
    if (existsSync(corpus)) return;
    console.log('        (skipped: ../shared/corpus is not there)');
    this.skip();
  });

  it('read back as they were from an inventory.yaml, all but nodes that can not run', () => {
    for (const { path, inventory } of published()) {
      const back = read(writeInventory(inventory, 'muster', { secrets: 'shown' }));
      const names = new Set(
        inventory.nodes.flatMap(({ name, blocked }) => (blocked === undefined ? [name] : [])),
      );
      assert.ok(!hasErrors(back.problems), path);
      assert.deepEqual(plain(back, names), plain(inventory, names), path);
    }
  });

  it('read back from tables and lists', () => {
    for (const { path, inventory } of published()) {
      if (inventory.nodes.some(({ blocked }) => blocked !== undefined)) continue;
      const table = parseCsv(inputOf(writeInventory(inventory, 'csv', { secrets: 'masked' })));
      assert.ok(!hasErrors(table.problems), path);
      assert.deepEqual(
        table.nodes.map(({ name }) => name),
        inventory.nodes.map(({ name }) => name),
        path,
      );
      const list = parseHosts(inputOf(writeInventory(inventory, 'hosts', { secrets: 'masked' })));
      assert.ok(!hasErrors(list.problems), path);
    }
  });

  it('take tags and lose them again', () => {
    for (const { path, inventory } of published()) {
      const text = writeInventory(inventory, 'muster', { secrets: 'shown' });
      const nodes = read(text)
        .nodes.map(({ name }) => name)
        .slice(0, 3);
      if (nodes.length === 0) continue;
      const added = editInventory({ path, text, change: { type: 'add-tag', name: 'canary', nodes } });
      assert.ok(added.ok, path);
      const tagged = applyEdits(text, added.value.edits);
      const removed = editInventory({
        path,
        text: tagged,
        change: { type: 'remove-tag', name: 'canary', nodes },
      });
      assert.ok(removed.ok, path);
      assert.deepEqual(
        read(applyEdits(tagged, removed.value.edits)).nodes.map(({ tags }) => tags),
        read(text).nodes.map(({ tags }) => tags),
      );
    }
  });
});
