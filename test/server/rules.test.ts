import assert from 'node:assert/strict';
import { findingsOf } from '../../server/service/diagnostics/findings.ts';
import type { Example } from '../../server/service/rules/rule.ts';
import { ruleOf, rules } from '../../server/service/rules/rules.ts';
import { worldOf } from './world.ts';

function codesIn({ kind, files }: Example, text: string): readonly string[] {
  const { document, workspace } = worldOf(kind, text, files);
  return findingsOf(document, workspace).map(({ code }) => code);
}

/** Codes that no short file shows; each is shown by the test that is named. */
const elsewhere: ReadonlyMap<string, string> = new Map([]);

describe('a rule', () => {
  for (const { code, example } of rules) {
    if (!example) continue;
    it(`${code} is broken by its bad example, and kept by its good one`, () => {
      const bad = codesIn(example, example.bad);
      assert.ok(bad.includes(code), `${example.bad}\n${bad.join()}`);
      assert.deepEqual(codesIn(example, example.good), [], example.good);
    });
  }

  it('is there for every code that a file can get, and each has its page', () => {
    assert.equal(new Set(rules.map(({ code }) => code)).size, rules.length);
    assert.equal(ruleOf('ansible/range')?.code, 'ansible');
    assert.equal(ruleOf('none/such'), undefined);
    assert.equal(elsewhere.size, 0);
  });
});
