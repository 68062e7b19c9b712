import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { quote } from '../../../engine/transports/quote.ts';

const shells = ['sh', 'bash', 'dash', 'zsh', 'mksh', 'csh', 'tcsh', 'fish'].filter(
  (shell) => spawnSync(shell, ['-c', 'true']).status === 0,
);

const characters = fc.constantFrom(...Array.from(`ab'"\\!$\`*?[]{}()<>|&;#~%^= \té日🜁\r-`));
const word = fc.array(characters, { maxLength: 20 }).map((parts) => parts.join(''));

describe('quote', function () {
  for (const shell of shells) {
    it(`gives ${shell} exactly the words`, () => {
      fc.assert(
        fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
          const line = `exec /usr/bin/printf '%s|' ${words.map(quote).join(' ')}`;
          const { stdout } = spawnSync(shell, ['-c', line]);
          assert.equal(stdout.toString(), words.map((each) => `${each}|`).join(''));
        }),
        { numRuns: 60 },
      );
    });
  }

  it('refuses what no login shell takes', () => {
    assert.throws(() => quote('a\nb'));
    assert.throws(() => quote('a\0b'));
  });
});
