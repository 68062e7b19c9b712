import assert from 'node:assert/strict';
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { readText, root, tableRows } from './repository.ts';

const page = 'docs/architecture.md';
const invariants = tableRows(page).filter(([number = '']) => /^\d+$/.test(number));

describe('the page about the architecture', () => {
  it('has a row for every room, and none for what is not there', () => {
    const said = tableRows(page).flatMap(([name = '']) => (/^[a-z]+\/\w+$/.test(name) ? [name] : []));
    const rooms = globSync('{core,engine,server,extension,webview}/*/', { cwd: root });
    const there = rooms.map((folder) => folder.replaceAll('\\', '/').replace(/\/$/, ''));
    assert.deepEqual(said.toSorted(), there.filter((folder) => !folder.includes('.')).toSorted());
  });

  it('numbers the invariants one after the other, each with guards that are there, a test among them', () => {
    assert.deepEqual(
      invariants.map(([number]) => Number(number)),
      invariants.map((_row, at) => at + 1),
    );
    for (const [number, , guard = ''] of invariants) {
      const named = guard.match(/\b(?:core|engine|server|test|bench)\/[\w/.-]*\w/g) ?? [];
      assert.ok(
        named.some((path) => path.startsWith('test/')),
        `invariant ${number} names no test`,
      );
      for (const path of named) assert.ok(existsSync(join(root, path)), path);
    }
  });

  it('names only files that are there', () => {
    const named = [
      ...readText(page).matchAll(/`((?:core|engine|server|extension|cli|webview|test|scripts)\/[\w./-]+)`/g),
    ];
    assert.ok(named.length > 50);
    for (const [, path = ''] of named) assert.ok(existsSync(join(root, path)), path);
  });
});
