import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { rulePage, rulesPage } from '../../server/service/rules/page.ts';
import { pageOf, ruleOf, rules } from '../../server/service/rules/rules.ts';
import { committedFiles, readText, root } from './repository.ts';

describe('the rules of diagnostics', () => {
  it('have pages that say what the table says; `npm run rules` writes them anew', async () => {
    const wanted = [
      ['README.md', rulesPage(rules)] as const,
      ...rules.map((rule) => [pageOf(rule), rulePage(rule)] as const),
    ];
    assert.deepEqual(
      readdirSync(join(root, 'docs/rules')).toSorted(),
      wanted.map(([name]) => name).toSorted(),
    );
    for (const [name, page] of wanted)
      assert.equal(readText(`docs/rules/${name}`), await format(page, { parser: 'markdown' }), name);
  });

  it('are there for every code that the sources have', function () {
    const files = committedFiles();
    if (!files) return this.skip(); // Not a git work tree.
    const families =
      'yaml|schema|playbook|template|inventory|config|policy|targets|vars|params|secrets|steps|values|files|safety|shell|muster';
    const code = new RegExp(`code(?:: |\\('|: \`)'?((?:${families})/[a-z-]+|SELECTION_[A-Z_]+)['\`]`, 'g');
    const unknown = files
      .filter((file) => /^(?:core|engine|server|cli)\/.*\.ts$/.test(file))
      .flatMap((file) => [...readText(file).matchAll(code)].map(([, found = '']) => found))
      .filter((found) => !found.endsWith('-') && !ruleOf(found));
    assert.deepEqual([...new Set(unknown)], []);
  });
});
