import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseAnsible } from '../../../../core/inventory/ansible/parseAnsible.ts';
import { mergeSources } from '../../../../core/inventory/merge/merge.ts';
import { ansibleList } from '../../../../core/inventory/write/ansible.ts';
import { formatProblem, hasErrors } from '../../../../core/util/problem.ts';
import { diskFiles, inputFor } from '../diskFiles.ts';
import { ansibleSource } from '../merge/sources.ts';

const corpus = fileURLToPath(new URL('../../../../../shared/corpus/', import.meta.url));

/** TOML needs an optional plugin of Ansible's; these are refused, with what to do. */
const unsupported = /\.toml$/;

describe('Ansible inventories of other people', () => {
  if (!existsSync(corpus)) {
    it('(skipped: the corpus of inventories is not here)', function () {
      this.skip();
    });
    return;
  }
  const rows = readFileSync(`${corpus}ansible-oracle.tsv`, 'utf8')
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))
    .filter(([split]) => split === 'dev');
  for (const [, inventory = '', code] of rows) {
    const path = corpus + inventory;
    const what = code === '0' && !unsupported.test(path) ? 'lists as Ansible does' : 'refuses';
    it(`${what}: ${inventory}`, () => {
      const part = parseAnsible(inputFor(path, diskFiles));
      const problems = part.problems.filter(({ severity }) => severity === 'error').map(formatProblem);
      if (what === 'refuses') return assert.ok(hasErrors(part.problems), 'it is not refused');
      assert.deepEqual(problems, []);
      const listed: unknown = ansibleList(mergeSources([ansibleSource(path, part)]).inventory);
      const expected: unknown = JSON.parse(readFileSync(`${path}.oracle.json`, 'utf8'));
      assert.deepEqual(JSON.parse(JSON.stringify(listed)), expected);
    });
  }
});
