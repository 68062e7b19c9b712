import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createWorkspace, type Workspace } from './commandLine.ts';

const playbook = `version: 1
params: { word: { required: true } }
targets: n1,n2
steps: [{ id: say, run: "echo {{ params.word }} {{ vars.place }}" }]
`;

const configWith = (baseUrl: string, env: string): string =>
  `vars: { place: north }\nservices: { api: { baseUrl: "${baseUrl}" } }\nsecrets: { key: { env: ${env} } }\n`;

const everything = `params: { word: { required: true }, who: {} }
steps:
- { run: "echo {{ params.word }} {{ params.who }}", env: { KEY: "{{ secret.key }}" } }
- { http: { service: api, url: /x } }
- { template: { from: app.tpl, to: app.conf } }
`;

describe('muster plan and muster apply', function () {
  this.timeout(120_000);
  let workspace: Workspace;

  beforeEach(async () => {
    workspace = await createWorkspace();
    await workspace.write('say.playbook.yaml', playbook);
    await workspace.write('.muster/config.yaml', 'vars: { place: north }\n');
    const args = ['plan', 'say.playbook.yaml', '--param', 'word=hello', '-o', 'x.plan.json'];
    const planned = await workspace.muster(args);
    assert.equal(planned.code, 0, planned.err);
    assert.match(planned.out, /^say:\n {2}echo hello north$/m);
    assert.match(planned.err, /The plan is in x\.plan\.json\. Run it with: muster apply x\.plan\.json/);
  });
  afterEach(() => workspace[Symbol.asyncDispose]());

  it('say what each step would do on which nodes, also to programs', async () => {
    const args = ['plan', 'say.playbook.yaml', '--param', 'word=hello'];
    const text = await workspace.muster(args);
    assert.doesNotMatch(text.out, /dry-run/);
    const { out } = await workspace.muster([...args, '--output', 'json']);
    const { steps, blast } = JSON.parse(out) as { steps: unknown; blast: { nodes: number } };
    const groups = [{ text: 'echo hello north', runs: 'yes', isKnown: true, nodes: ['n1', 'n2'] }];
    assert.deepEqual(steps, [{ step: 'say', title: 'say', isNamed: false, kind: 'run', depth: 0, groups }]);
    assert.deepEqual(blast, {
      nodes: 2,
      executions: 2,
      atOnce: 2,
      groups: [{ name: 'pair', nodes: 2, of: 2, atOnce: 2 }],
      protected: [],
    });
  });

  it('run exactly what was planned', async () => {
    const { code, out } = await workspace.muster(['apply', 'x.plan.json', '--output', 'json']);
    assert.equal(code, 0);
    const { executions } = JSON.parse(out) as { executions: { node: string; stdout: string }[] };
    assert.deepEqual(
      executions.map(({ node, stdout }) => [node, stdout]),
      [
        ['n1', 'hello north\n'],
        ['n2', 'hello north\n'],
      ],
    );
  });

  const inventory = (nodes: string): string =>
    `version: 1\nnodes: { ${nodes} }\n`.replaceAll('HERE', 'transport: local, cwd: ..');
  const changes: readonly [what: string, file: string, text: string, told: RegExp][] = [
    ['a file', 'say.playbook.yaml', `${playbook}# more\n`, /^Changed: .*say\.playbook\.yaml\.$/m],
    ['a variable of the configuration', '.muster/config.yaml', 'vars: { place: south }\n', /variable "place" is different/],
    ['how it runs', '.muster/config.yaml', 'vars: { place: north }\ndefaults: { timeout: 7s, concurrency: 1 }\n', /^timeoutMs: planned 300000, now 7000\.$/m],
    ['the variables of a node', '.muster/inventory.yaml', inventory('n1: { HERE, tags: [here] }, n2: { HERE, tags: [here], vars: { a: 1 } }'), /with other variables: n/],
  ]; // prettier-ignore
  for (const [what, file, text, told] of changes) {
    it(`refuse with 78, and say what is different, where ${what} has changed`, async () => {
      await workspace.write(file, text);
      if (file.endsWith('inventory.yaml')) await workspace.muster(['trust', '--yes']);
      const { code, err } = await workspace.muster(['apply', 'x.plan.json']);
      assert.equal(code, 78, err);
      assert.match(err, /not what was planned any more/);
      assert.match(err, told);
      assert.match(err, /Make the plan again\./);
    });
  }

  it('refuse with 78, and say what is different, where what it is made of has changed', async () => {
    await workspace.write('.muster/config.yaml', configWith('https://a', 'A'));
    await workspace.write('app.tpl', 'one\n');
    await workspace.write('params.yaml', 'word: hello\n');
    await workspace.write('sets.json', '[{ "who": "x" }]');
    await workspace.write('say.playbook.yaml', everything);
    const given = ['--param-file', 'params.yaml', '--batch-file', 'sets.json', '--on', 'n1,n2'];
    const planned = await workspace.muster(['plan', 'say.playbook.yaml', '-o', 'y.plan.json', ...given]);
    assert.equal(planned.code, 0, planned.err);
    const others: readonly [file: string, text: string, was: string, told: RegExp][] = [
      ['.muster/config.yaml', configWith('https://b', 'A'), configWith('https://a', 'A'), /^The service "api" is different\.$/m],
      ['.muster/config.yaml', configWith('https://a', 'B'), configWith('https://a', 'A'), /^Where to find the secret "key" is different\.$/m],
      ['app.tpl', 'two\n', 'one\n', /^Changed: .*app\.tpl\.$/m],
      ['params.yaml', 'word: bye\n', 'word: hello\n', /^Changed: .*params\.yaml\.$/m],
      ['sets.json', '[]', '[{ "who": "x" }]', /^Changed: .*sets\.json\.$/m],
    ]; // prettier-ignore
    for (const [file, text, was, told] of others) {
      await workspace.write(file, text);
      const { code, out, err } = await workspace.muster(['apply', 'y.plan.json']);
      assert.deepEqual([code, out], [78, ''], `${file}: ${err}`);
      assert.match(err, told);
      await workspace.write(file, was);
    }
    await workspace.write('.muster/inventory.yaml', inventory('n1: { HERE, tags: [here] }'));
    await workspace.muster(['trust', '--yes']);
    const { code, out, err } = await workspace.muster(['apply', 'y.plan.json']);
    assert.deepEqual([code, out], [78, ''], err);
    assert.match(err, /not what was planned any more:\n.*"?n2"?/);
    assert.match(err, /Make the plan again\./);
  });

  it('refuse with 65 what is sure to fail on some nodes, as muster play does before its first step', async () => {
    const text =
      'steps:\n- run: touch ran\n- { name: Say, run: "echo {{ node.name == \'n1\' or vars.nope }}" }\n';
    await workspace.write('wrong.playbook.yaml', text);
    for (const command of ['play', 'plan']) {
      const { code, out, err } = await workspace.muster([command, 'wrong.playbook.yaml', '--on', 'n[1-3]']);
      assert.deepEqual([code, out], [65, ''], err);
      const message =
        /^muster: wrong\.playbook\.yaml:3:3 Step 2 \(Say\) can not run on 2 of 3 nodes: n2 n3\. There is no "nope" in vars\./;
      assert.match(err, message);
    }
    await assert.rejects(readFile(join(workspace.folder, 'ran')), { code: 'ENOENT' });
  });

  const edits: readonly [what: string, from: RegExp, to: string][] = [
    ['a command', /"command": "echo/, '"command": "echo HACK'],
    ['a target', /"node": "n2"/, '"node": "n1"'],
    ['a key that no plan has', /"version": 1,\n {4}"request"/, '"version": 1, "more": 1,\n    "request"'],
    ['the digest', /"hash": "./, '"hash": "x'],
  ];
  for (const [what, from, to] of edits) {
    it(`refuse with 78 a plan in which ${what} was edited`, async () => {
      const text = await readFile(join(workspace.folder, 'x.plan.json'), 'utf8');
      const edited = text.replace(from, to);
      assert.notEqual(edited, text);
      await workspace.write('x.plan.json', edited);
      const { code, out, err } = await workspace.muster(['apply', 'x.plan.json']);
      assert.equal(code, 78, err);
      assert.match(err, /x\.plan\.json was changed after it was made: .*\. Make the plan again/);
      assert.equal(out, '');
    });
  }

  it('refuse with 77 what the rules deny by now, and with 65 what is no plan or can not be planned any more', async () => {
    const planText = await readFile(join(workspace.folder, 'x.plan.json'), 'utf8');
    assert.match(planText, /"version": 1/);
    await workspace.write('.muster/policy.yaml', 'rules:\n- { decision: deny, command: echo }\n');
    const denied = await workspace.muster(['apply', 'x.plan.json']);
    assert.equal(denied.code, 77);
    await workspace.write('no.json', '{}');
    const none = await workspace.muster(['apply', 'no.json']);
    assert.equal(none.code, 65);
    assert.match(none.err, /no\.json is no plan that "muster plan -o" wrote/);
    const playbookItself = await workspace.muster(['apply', 'say.playbook.yaml']);
    assert.equal(playbookItself.code, 65);
    assert.match(
      playbookItself.err,
      /say\.playbook\.yaml is no plan .* Make one with: muster plan FILE -o x\.plan\.json\n$/,
    );
    await mkdir(join(workspace.folder, 'elsewhere'));
    await workspace.write('say.playbook.yaml', 'steps: [{ rnu: x }]\n');
    const broken = await workspace.muster(['apply', 'x.plan.json']);
    assert.equal(broken.code, 65);
    assert.match(broken.err, /Unknown key "rnu"/);
  });
});

describe('muster vars', function () {
  it('shows each variable with where it is from and what it hides, and hides what is secret by its name', async () => {
    await using workspace = await createWorkspace();
    const inventory = [
      'version: 1',
      'nodes: { w: { vars: { port: 3, api_token: canary }, tags: [web] } }',
      'groups: { site: { nodes: w, vars: { port: 2 } } }',
    ];
    await workspace.write('site.yaml', inventory.join('\n'));
    await workspace.write('.muster/config.yaml', 'vars: { port: 1 }\n');
    const text =
      'params: { port: { type: integer, default: 4 } }\nvars: { url: "{{ node.name }}:{{ vars.port }}" }\nsteps: [{ run: x }]\n';
    await workspace.write('p.playbook.yaml', text);
    const args = ['vars', 'tag:web', '-i', 'site.yaml', '--playbook', 'p.playbook.yaml', '--var', 'port=5'];
    const { code, out, err } = await workspace.muster(args);
    assert.equal(code, 0, err);
    const lines = out
      .replaceAll(/\/\S*\//g, '')
      .split('\n')
      .filter((line) => !line.includes('node.'));
    assert.deepEqual(lines, [
      'w',
      '  api_token = ********  (node, site.yaml:2)',
      '  port = 5  (--var, command line)',
      '    not 4  (parameter, p.playbook.yaml)',
      '    not 3  (node, site.yaml:2)',
      '    not 2  (group:site, site.yaml:3)',
      '    not 1  (workspace, config.yaml)',
      '  url = w:5  (playbook, p.playbook.yaml)',
      '',
    ]);
    assert.match(out, /^ {2}node\.groups = \["site"\]$/m);
    const json = await workspace.muster(['vars', 'w', '-i', 'site.yaml', '--json', '--show-secrets']);
    const { nodes } = JSON.parse(json.out) as { nodes: { vars: { name: string; value: unknown }[] }[] };
    assert.deepEqual(
      nodes[0]?.vars.map(({ name, value }) => [name, value]),
      [
        ['api_token', 'canary'],
        ['port', 3],
      ],
    );
  });
});
