import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../../../../core/inventory/sshConfig/readConfig.ts';
import { hasErrors } from '../../../../core/util/problem.ts';
import { diskFiles, inputFor } from '../diskFiles.ts';
import { printed } from './printed.ts';

const corpus = fileURLToPath(new URL('../../../../../shared/corpus/ssh_config/', import.meta.url));

describe('ssh configurations of other people', () => {
  if (!existsSync(corpus)) {
    it('(skipped: the corpus of configurations is not here)', function () {
      this.skip();
    });
    return;
  }
  const [head = '', ...lines] = readFileSync(`${corpus}ssh-G-oracle.tsv`, 'utf8').split('\n');
  const columns = head.split('\t');
  const rows = lines
    .map((line) => Object.fromEntries(line.split('\t').map((cell, at) => [columns[at] ?? '', cell])))
    .filter(({ split }) => split === 'dev');
  const seen = { equal: 0, refused: 0, unsupported: 0 };

  for (const row of rows) {
    const { n, config = '', host = '', rc } = row;
    it(`${n}: ${config} for ${host}`, () => {
      const read = readConfig(inputFor(corpus + config, diskFiles));
      if (rc !== '0') {
        assert.ok(hasErrors(read.problems), `ssh refuses it: ${row['stderr']}`);
        seen.refused++;
        return;
      }
      assert.deepEqual(
        read.problems.filter(({ severity }) => severity === 'error'),
        [],
      );
      const result = printed(read, host);
      if (result.unsure !== undefined) {
        seen.unsupported++;
        return;
      }
      const expected = Object.fromEntries(Object.keys(result.fields).map((name) => [name, row[name] ?? '']));
      assert.deepEqual(result.fields, expected);
      seen.equal++;
    });
  }

  after(() => {
    console.log(
      `      ssh -G: ${seen.equal} equal, ${seen.refused} refused as by ssh, ${seen.unsupported} unsupported`,
    );
  });
});
