import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './repository.ts';

/** Faults and attacks that must not surprise anybody, by what they hit: hosts, login, connections, output, storage, rules, settings, secrets. */
const rows = (
  'H1 H2 H3 H4 H5 H8 H10 H12 A1 A2 A3 A7 C2 C3 C4 C5 C6 C7 C8 C10 C11 C12 C13 C16 C17 C18 C20 C21 ' +
  'O1 O2 O8 O9 S1 S2 S3 S4 S5 S6 S7 S8 S9 K1 K2 K3 K4 K5 W8 W9 W11'
).split(' ');

describe('faults that have to be borne', () => {
  const tests = globSync('test/**/*.test.ts', { cwd: root });
  const titles = tests.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/(?:it|describe)\(\s*['"`](.*)/g)].map(
      ([, title]) => title,
    ),
  );

  it('have a test each, with their id in its name', () => {
    const missing = rows.filter(
      (row) => !titles.some((title) => new RegExp(`\\bR-${row}\\b`).test(title ?? '')),
    );
    assert.deepEqual(missing, []);
  });
});

describe('secrets', () => {
  it('R-K5: are kept by the extension in the secret storage alone, in one place, and without a keyring in memory', () => {
    const keeping = globSync('extension/**/*.ts', { cwd: root }).filter((file) =>
      /createStoredSecrets\(/.test(readFileSync(join(root, file), 'utf8')),
    );
    assert.deepEqual(keeping.toSorted(), [
      'extension/features/moveSecretOut.ts',
      'extension/features/run/giveSecrets.ts',
      'extension/model/storedSecrets.ts',
    ]);
    const model = readFileSync(join(root, 'extension/model/storedSecrets.ts'), 'utf8');
    assert.doesNotMatch(model, /Memento|globalState|workspaceState|getConfiguration/);
  });
});
