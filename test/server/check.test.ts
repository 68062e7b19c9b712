import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));

describe('muster check', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'muster-check-'));
    writeFileSync(join(folder, 'good.yaml'), 'nodes:\n  web[1-3]:\n');
    writeFileSync(join(folder, 'bad.yaml'), 'nodes:\n  a: { hsot: x }\n');
  });
  after(() => rmSync(folder, { recursive: true }));

  function check(...argv: readonly string[]) {
    const { status, stdout } = spawnSync(process.execPath, [main, 'check', ...argv], {
      cwd: folder,
      encoding: 'utf8',
    });
    return { status, stdout };
  }

  it('ends with 0 for clean files', () => {
    assert.deepEqual(check('good.yaml'), { status: 0, stdout: '0 problems in 1 file\n' });
  });

  it('ends with 65 and names file, line and column', () => {
    const line = 'error: bad.yaml:2:8 Unknown key "hsot". Did you mean "host"?';
    assert.deepEqual(check('good.yaml', 'bad.yaml'), {
      status: 65,
      stdout: `${line}\n1 problem in 2 files\n`,
    });
  });

  it('prints problems as JSON', () => {
    const { status, stdout } = check('bad.yaml', '--format', 'json');
    const report: unknown = JSON.parse(stdout);
    assert.equal(status, 65);
    assert.deepEqual(report, {
      version: 1,
      problems: [
        {
          code: 'schema/unknown-key',
          severity: 'error',
          message: 'Unknown key "hsot".',
          fix: 'Did you mean "host"?',
          file: 'bad.yaml',
          range: { start: 14, end: 18, line: 2, column: 8 },
        },
      ],
    });
  });

  it('ends with 65 for a file that is missing', () => {
    const { status, stdout } = check('missing.yaml');
    assert.equal(status, 65);
    assert.match(stdout, /^error: missing\.yaml There is no such file\./);
  });

  it('checks configurations, and says what a workspace may not set', () => {
    mkdirSync(join(folder, '.muster'));
    writeFileSync(join(folder, '.muster', 'config.yaml'), 'defaults: { rateLimit: 5/d }\nlimits:\n');
    writeFileSync(
      join(folder, 'config.yaml'),
      'limits: { queue: 5 }\nclasses: { slow: { match: apt-get } }\n',
    );
    assert.deepEqual(check('config.yaml'), { status: 0, stdout: '0 problems in 1 file\n' });
    const { status, stdout } = check('.muster/config.yaml');
    assert.equal(status, 65);
    assert.match(
      stdout,
      /^error: \.muster\/config\.yaml:1:24 "5\/d" is not a rate\. Write so many a second/m,
    );
    assert.match(stdout, /^error: \.muster\/config\.yaml:2:1 A workspace sets no limits/m);
  });

  it('checks inventories of other kinds, folders too', () => {
    const { status, stdout } = check('ansible:.');
    assert.equal(status, 0);
    assert.match(stdout, /^warning: bad\.yaml:2:3 "a" in group "nodes" is not read/m);
  });
});
