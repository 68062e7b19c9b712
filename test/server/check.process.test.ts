import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
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

  function write(path: string, text: string): void {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }

  function check(...argv: readonly string[]) {
    const { status, stdout } = run(...argv);
    return { status, stdout };
  }

  /** With no ShellCheck but one that a test has made, wherever this runs. */
  function run(...argv: readonly string[]) {
    return spawnSync(process.execPath, [main, 'check', ...argv], {
      cwd: folder,
      env: { ...process.env, PATH: join(folder, 'bin'), XDG_CONFIG_HOME: join(folder, 'config') },
      encoding: 'utf8',
    });
  }

  it('ends with 0 for clean files', () => {
    assert.deepEqual(check('good.yaml'), { status: 0, stdout: '0 problems in 1 file\n' });
  });

  it('ends with 65 and names file, line and column', () => {
    const line = 'error: bad.yaml:2:8 Unknown key "hsot". Did you mean "host"? [schema/unknown-key]';
    assert.deepEqual(check('good.yaml', 'bad.yaml'), {
      status: 65,
      stdout: `${line}\n1 problem in 2 files\n`,
    });
  });

  it('reads the files that steps fill in', () => {
    write('filled/.muster/inventory.yaml', 'nodes:\n  web[1-3]:\n');
    write('filled/a.playbook.yaml', 'targets: web*\nsteps:\n  - template: { from: ./a.tpl, to: /x }\n');
    write('filled/a.tpl', 'listen {{ vars.port }}\nname {{ node.name | uper }}\n');
    assert.deepEqual(check('filled/a.playbook.yaml'), {
      status: 65,
      stdout:
        'error: filled/a.playbook.yaml:3:23 ./a.tpl:2:21 There is no filter "uper". Did you mean "upper"? [template/unknown-filter]\n' +
        'warning: filled/a.playbook.yaml:3:23 ./a.tpl:1:11 "port" is undefined on all 3 nodes that are meant. Give it to them, or write default(…). [vars/undefined]\n' +
        '2 problems in 1 file\n',
    });
    rmSync(join(folder, 'filled'), { recursive: true });
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
          range: { start: 14, end: 18, line: 2, column: 8, endLine: 2, endColumn: 12 },
        },
      ],
    });
  });

  it('looks at playbooks with the inventory of their folder, and at all files of ours in a folder', () => {
    write('fleet/.muster/inventory.yaml', 'nodes:\n  web[1-3]: { vars: { port: 80 } }\n  web4:\n');
    write('fleet/site.playbook.yaml', 'targets: web*\nsteps:\n  - run: curl localhost:{{ vars.port }}\n');
    const line =
      'warning: fleet/site.playbook.yaml:3:28 "port" is undefined on 1 of 4 nodes that are meant: web4. Give it to them, or write default(…). [vars/undefined]';
    assert.deepEqual(check('fleet'), { status: 1, stdout: `${line}\n1 problem in 2 files\n` });
  });

  it('tells what ShellCheck says of commands, where it is installed and wanted', function () {
    if (process.platform === 'win32') this.skip();
    const comment =
      '{"line":1,"endLine":1,"column":1,"endColumn":3,"level":"warning","code":2164,"message":"Use it.","fix":null}';
    write('bin/shellcheck', `#!/bin/sh\nprintf '{"comments":[%s]}' '${comment}'\n`);
    chmodSync(join(folder, 'bin', 'shellcheck'), 0o700);
    write('cd.playbook.yaml', 'steps:\n  - run: cd /tmp\n');
    const line = 'warning: cd.playbook.yaml:2:10 Use it. [shellcheck/SC2164]';
    assert.deepEqual(check('cd.playbook.yaml'), { status: 1, stdout: `${line}\n1 problem in 1 file\n` });
    const clean = { status: 0, stdout: '0 problems in 1 file\n' };
    assert.deepEqual(check('--no-shellcheck', 'cd.playbook.yaml'), clean);
    rmSync(join(folder, 'bin'), { recursive: true });
    assert.deepEqual(check('cd.playbook.yaml'), clean);
  });

  it('reads a file of another name as what its keys say, or what is named before it', () => {
    const clean = { status: 0, stdout: '0 problems in 1 file\n' };
    write('some.yaml', 'targets: all\nsteps:\n  - run: uptime\n');
    write('part.yaml', 'implementations: [{ steps: [{ run: uptime }] }]\n');
    write('who.yaml', 'version: 1\ndefault: deny\n');
    for (const name of ['some.yaml', 'playbook:some.yaml', 'part.yaml', 'policy:who.yaml'])
      assert.deepEqual(check(name), clean, name);
    assert.match(check('task:some.yaml').stdout, /some\.yaml:1:1 Unknown key "targets"/);
    assert.match(check('playbook:gone.yaml').stdout, /gone\.yaml There is no such file\./);
  });

  it('reads files as what the configuration of their project says', () => {
    write(
      'said/.muster/config.yaml',
      "index: { files: { 'deploy/*': playbook, '*.old.task.yaml': none } }\n",
    );
    write('said/.muster/inventory.yaml', 'nodes: { a: , b: }\n');
    write('said/deploy/x.yaml', 'targets: c\n');
    write('said/broken.old.task.yaml', 'stepps: 1\n');
    const found = check('said').stdout;
    assert.match(found, /^error: said\/deploy\/x\.yaml:1:10 .*SELECTION_UNKNOWN/m);
    assert.doesNotMatch(found, /broken/);
    assert.equal(check('said/deploy/x.yaml').stdout.includes('SELECTION_UNKNOWN'), true);
  });

  it('says of a folder without any file of ours that nothing was checked', () => {
    mkdirSync(join(folder, 'nothing'));
    const { status, stdout, stderr } = run('nothing');
    assert.deepEqual([status, stdout], [0, '0 problems in 0 files\n']);
    assert.match(stderr, /^muster: There is nothing to check in nothing: /);
  });

  it('has nothing to say about the examples', () => {
    const examples = fileURLToPath(new URL('../../examples', import.meta.url));
    assert.match(check(examples).stdout, /^0 problems in \d+ files\n$/);
  });

  it('does what rules of a configuration and comments say', () => {
    const path = 'quiet/site.playbook.yaml';
    const told = (...rules: readonly string[]) => {
      write('quiet/.muster/config.yaml', `rules: { ${rules.join(', ')} }\n`);
      return check(path).stdout.split('\n', 1)[0];
    };
    write(path, 'vars: { x: 1 }\nsteps:\n  - run: uptime\n');
    assert.match(told() ?? '', /^hint: .* \[vars\/unused\]$/);
    assert.match(told('vars: error') ?? '', /^error: /);
    assert.equal(told('vars: error', 'vars/unused: off'), '0 problems in 1 file');
    write(path, 'vars: { x: 1 } # muster-ignore vars/unused\nsteps:\n  - run: uptime\n');
    assert.equal(told('vars: error'), '0 problems in 1 file');
    write(path, '# muster-ignore-file vars\nvars: { x: 1 }\nsteps:\n  - run: uptime\n');
    assert.equal(told(), '0 problems in 1 file');
  });

  it('knows the services of the workspace and of the user', () => {
    const path = 'shop/site.playbook.yaml';
    write('shop/.muster/config.yaml', "services: { shop: { baseUrl: 'http://a' } }\n");
    write('config/muster/config.yaml', "services: { stock: { baseUrl: 'http://b' } }\n");
    const ask = (service: string) => write(path, `steps:\n  - http: { service: ${service}, url: /up }\n`);
    for (const there of ['shop', 'stock']) {
      ask(there);
      assert.equal(check(path).stdout, '0 problems in 1 file\n');
    }
    ask('stok');
    const line = `error: ${path}:2:22 There is no service "stok" in config.yaml. Did you mean "stock"? [playbook/unknown-service]`;
    assert.deepEqual(check(path), { status: 65, stdout: `${line}\n1 problem in 1 file\n` });
  });

  it('prints SARIF 2.1.0, its places as web addresses', () => {
    write('with space/ä.playbook.yaml', 'steps:\n  - { id: a, run: x }\n  - { id: a, run: y }\n');
    const { status, stdout } = check('with space/ä.playbook.yaml', '--format', 'sarif');
    assert.equal(status, 65);
    const sarif: unknown = JSON.parse(stdout);
    assertSarif(sarif);
    assert.match(stdout, /"uri": "with%20space\/%C3%A4\.playbook\.yaml"/);
    assert.match(stdout, /"relatedLocations"/);
  });

  it('prints workflow commands, in which nothing of a file can act', () => {
    write('g.playbook.yaml', 'steps:\n  - { run: x, "a%0A::b,": 1 }\n');
    const { status, stdout } = check('g.playbook.yaml', '--format', 'github');
    assert.equal(status, 65);
    const place = 'file=g.playbook.yaml,line=2,endLine=2,col=15,endColumn=25,title=schema/unknown-key';
    assert.ok(stdout.startsWith(`::error ${place}::Unknown key "a%250A::b,".`), stdout);
    assert.equal(stdout.split('\n').length, 2);
  });

  it('ends with 65 for a file that is missing', () => {
    const { status, stdout } = check('missing.yaml');
    assert.equal(status, 65);
    assert.match(stdout, /^error: missing\.yaml There is no such file or folder\. /);
  });

  it('says of a kind that there is not which was meant, and that stdin is no file', () => {
    const { status, stdout } = check('plabook:x', '-');
    assert.equal(status, 65);
    assert.deepEqual(stdout.split('\n').slice(0, 2), [
      'error: plabook:x There is no such file, and no kind "plabook". Did you mean "playbook"? [files/missing]',
      'error: - What comes on stdin is not checked. Name a file or a folder. [files/missing]',
    ]);
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
    assert.equal(status, 1);
    assert.match(stdout, /^warning: bad\.yaml:2:3 "a" in group "nodes" is not read/m);
  });
});

/** What SARIF 2.1.0 (OASIS) requires of what is written, by its section. */
function assertSarif(sarif: unknown): void {
  const at = (value: unknown, ...path: readonly (string | number)[]): unknown =>
    path.reduce((found: unknown, key) => (found as Record<string | number, unknown>)[key], value);
  assert.equal(at(sarif, 'version'), '2.1.0'); // 3.13.2
  const driver = at(sarif, 'runs', 0, 'tool', 'driver'); // 3.14.6
  assert.equal(at(driver, 'name'), 'muster'); // 3.19.8
  const rules = at(driver, 'rules') as { id: string; shortDescription: { text: string } }[]; // 3.19.23
  const results = at(sarif, 'runs', 0, 'results') as unknown[]; // 3.14.23
  assert.ok(results.length > 0);
  for (const result of results) {
    assert.equal(rules[at(result, 'ruleIndex') as number]?.id, at(result, 'ruleId')); // 3.27.6
    assert.ok(['error', 'warning', 'note'].includes(String(at(result, 'level')))); // 3.27.10
    assert.equal(typeof at(result, 'message', 'text'), 'string'); // 3.11
    const place = at(result, 'locations', 0, 'physicalLocation'); // 3.28.3
    assert.doesNotThrow(() => new URL(String(at(place, 'artifactLocation', 'uri')), 'file:///x/')); // 3.4.3
    const region = at(place, 'region') as Record<string, number>; // 3.30
    for (const key of ['startLine', 'startColumn', 'endLine', 'endColumn'])
      assert.ok((region[key] ?? 0) >= 1, key);
  }
  for (const { id, shortDescription } of rules) assert.ok(id !== '' && shortDescription.text !== ''); // 3.49
}
