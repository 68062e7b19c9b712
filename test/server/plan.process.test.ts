import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { PlanAnswer } from '../../server/service/plan/planPlaybook.ts';
import { planAnswer, planPlaybook } from '../../server/service/plan/planPlaybook.ts';
import { snapshotOf } from '../../server/service/snapshot.ts';
import { indexed, workspaceOf } from '../../server/service/workspace.ts';
import { languageOf } from '../../server/service/languages.ts';
import type { Refusal } from '../../core/util/errors.ts';
import type { PlanQuery } from '../../core/protocol/languageServer.ts';
import { documentOf } from './cursor.ts';
import { startSession } from './session.ts';

const muster = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));

const fleet = {
  '.muster/inventory.yaml':
    'defaults: { user: deploy, knownHosts: ~/.ssh/known_hosts }\nnodes:\n  web[1-3]: { tags: [web], vars: { port: 80 } }\n  db: { jump: web1, identityFile: keys/id }\ngroups:\n  front: { nodes: "web[1-2]", vars: { role: front } }\n',
  '.muster/config.yaml': 'defaults: { timeout: 20s, concurrency: 3 }\nvars: { port: 8080 }\n',
  'deploy.playbook.yaml':
    "version: 1\nname: Deploy\nparams:\n  v: { type: string, default: '1' }\ntargets: '@front,db'\nstrategy: { mode: rolling, waves: [1, 50%] }\nvars: { url: 'x:{{ vars.port }}' }\nsteps:\n  - id: a\n    run: echo {{ params.v }} {{ vars.url }}\n  - { needs: a, run: uptime, notify: h }\n  - { task: ./tasks/t.task.yaml, with: { n: 2 } }\nhandlers:\n  - { id: h, run: systemctl restart x }\n",
  'tasks/t.task.yaml': 'params: { n: { type: integer } }\nsteps:\n  - run: seq {{ params.n }}\n',
};

/** A folder with these files, for as long as the test takes. */
function folderOf(files: Readonly<Record<string, string>>): Disposable & { readonly path: string } {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'plan-')));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true }) };
}

type Answer = PlanAnswer | { readonly version: 1; readonly error: Refusal };

/** What a client of the server is told. */
async function asked(folder: string, query: Partial<PlanQuery> = {}): Promise<Answer> {
  const uri = pathToFileURL(folder).href;
  await using session = await startSession({ folder: uri });
  const given = { uri: `${uri}/deploy.playbook.yaml`, ...query };
  return await session.rpc.sendRequest<Answer>('workspace/executeCommand', {
    command: 'playbook.plan',
    arguments: [given],
  });
}

/** What the command line says of the same. */
function planned(folder: string, ...more: readonly string[]): PlanAnswer {
  const data = join(folder, 'data');
  const argv = [muster, 'plan', 'deploy.playbook.yaml', '--output', 'json', '--data', data, ...more];
  const env = { ...process.env, XDG_CONFIG_HOME: join(folder, 'config') };
  return JSON.parse(
    execFileSync(process.execPath, argv, { cwd: folder, env, encoding: 'utf8' }),
  ) as PlanAnswer;
}

describe('the plan that the language server makes', () => {
  const table: readonly (readonly [what: string, query: Partial<PlanQuery>, args: readonly string[]])[] = [
    ['of a playbook', {}, []],
    [
      'of one step on other nodes, with a parameter and a variable',
      { targets: 'web3', params: { v: '2' }, only: 'a', vars: { port: '1' } },
      ['--on', 'web3', '--param', 'v=2', '--only', 'a', '--var', 'port=1'],
    ],
  ];
  for (const [what, query, args] of table)
    it(`is that of muster plan: ${what}`, async () => {
      using folder = folderOf(fleet);
      const answer = await asked(folder.path, query);
      assert.ok('plan' in answer, JSON.stringify(answer));
      const { plan, steps } = planned(folder.path, ...args);
      assert.deepEqual(answer.steps, steps);
      assert.deepEqual(answer.plan, plan);
    });

  it('has the files that its steps send, as they are', async () => {
    using folder = folderOf({
      ...fleet,
      'deploy.playbook.yaml':
        'targets: web1\nsteps:\n  - script: ./bin/audit.sh\n  - copy: { from: conf, to: /etc/app/ }\n  - template: { from: a.tpl, to: /etc/a }\n',
      'bin/audit.sh': '#!/bin/sh\necho ok\n',
      'conf/a.conf': 'a\n',
      'conf/more/b.conf': 'b\n',
      'a.tpl': 'port {{ vars.port }}\n',
    });
    const answer = await asked(folder.path);
    assert.ok('plan' in answer, JSON.stringify(answer));
    const { plan, steps } = planned(folder.path);
    assert.equal(answer.plan.files?.length, 4);
    assert.deepEqual(answer.plan, plan);
    assert.deepEqual(answer.steps, steps);
  });

  it('never reads a file outside of the folders that are open, nor by a link', async () => {
    using outside = folderOf({ 'secret.sh': 'echo hunter22\n' });
    using folder = folderOf({
      ...fleet,
      'deploy.playbook.yaml': 'targets: web1\nsteps:\n  - script: ./link.sh\n',
    });
    symlinkSync(join(outside.path, 'secret.sh'), join(folder.path, 'link.sh'));
    const answer = await asked(folder.path);
    assert.ok('plan' in answer, JSON.stringify(answer));
    assert.doesNotMatch(JSON.stringify(answer), /hunter22/);
    assert.deepEqual(answer.notes, [
      `${folder.path}/link.sh is in no folder that is open: what its steps send is read when it starts.`,
    ]);
  });

  it('is refused where a file is not there, and where what is asked is nothing', async () => {
    using folder = folderOf({
      ...fleet,
      'deploy.playbook.yaml': 'targets: web1\nsteps:\n  - script: ./none.sh\n',
    });
    const answer = await asked(folder.path);
    assert.ok('error' in answer);
    assert.equal(answer.error.code, 'INPUT_MISSING');
    await assert.rejects(asked(folder.path, { uri: 1 } as never), /Ask with the command "playbook\.plan"/);
  });

  it('is refused in the words of the engine', async () => {
    using folder = folderOf({ ...fleet, 'deploy.playbook.yaml': 'targets: wbe1\nsteps:\n  - run: x\n' });
    const answer = await asked(folder.path);
    assert.ok('error' in answer);
    assert.equal(answer.error.code, 'SELECTION_UNKNOWN');
    assert.match(answer.error.message, /did you mean web1\?/);
  });
});

describe('a plan of what is open', () => {
  const plan = (files: Readonly<Record<string, string>>, query: Partial<PlanQuery> = {}, more = {}) => {
    const opened = Object.entries(files).map(([name, text]) => {
      const uri = `file:///w/${name}`;
      return indexed(documentOf(text, languageOf(uri) ?? '', uri));
    });
    const begun = planPlaybook(
      { uri: 'file:///w/deploy.playbook.yaml', ...query },
      { workspace: workspaceOf({ files: opened, ...more }), hash: () => 'hash', seed: 1, home: '/home/me' },
    );
    return begun.ok ? planAnswer(begun.value, { notes: [] }, () => 'hash') : begun;
  };
  const textOf = (result: ReturnType<typeof plan>): unknown =>
    result.ok ? result.value.steps.map(({ groups }) => groups.map(({ text }) => text)) : result.error.message;

  it('has what is not saved yet', () => {
    const files = {
      ...fleet,
      'tasks/t.task.yaml': 'params: { n: { type: integer } }\nsteps:\n  - run: echo open\n',
    };
    assert.deepEqual(textOf(plan(files)), [
      ['echo 1 x:80', 'echo 1 x:8080'],
      ['uptime'],
      ['task with n=2'],
      ['echo open'],
      ['systemctl restart x'],
    ]);
  });

  it('has the nodes that the host knows of other sources', () => {
    const origin = { source: '/etc/hosts.ini' };
    const node = {
      name: 'old',
      tags: [],
      vars: {},
      facts: {},
      connection: { transport: 'ssh', host: '10.0.0.9', port: 22 },
      origin,
      sources: [origin.source],
    } as never;
    const snapshot = snapshotOf({ nodes: [node], groups: [], sources: [] });
    const made = plan(fleet, { targets: 'old' }, { snapshot });
    assert.ok(made.ok, JSON.stringify(made));
    assert.deepEqual(
      made.value.plan.targets.map(({ node: name, options }) => [name, options['host']]),
      [['old', '10.0.0.9']],
    );
  });

  it('has no value of a secret', () => {
    const files = {
      ...fleet,
      'deploy.playbook.yaml':
        'params: { token: { type: string, sensitive: true, required: true } }\ntargets: db\nsteps:\n  - run: x {{ params.token }}\n',
    };
    const made = plan(files, { params: { token: 'hunter22' } });
    assert.ok(made.ok, JSON.stringify(made));
    assert.doesNotMatch(JSON.stringify(made), /hunter22/);
    assert.match(JSON.stringify(made.value.plan.action), /"withheld":\["token"\]/);
  });

  it('says what is in the way', () => {
    assert.match(String(textOf(plan({}))), /is not open, and in no folder that is open/);
    const cut = {
      'deploy.playbook.yaml': fleet['deploy.playbook.yaml'],
      '.muster/inventory.yaml': fleet['.muster/inventory.yaml'],
    };
    assert.match(String(textOf(plan(cut))), /t\.task\.yaml is in no folder that is open, or can not be read/);
    const bad = { ...fleet, '.muster/config.yaml': 'defaults: { timeout: soon }\n' };
    assert.match(String(textOf(plan(bad))), /config\.yaml:1:\d+/);
    const broken = { ...fleet, '.muster/inventory.yaml': 'nodes:\n  web1: { hsot: x }\n' };
    assert.match(String(textOf(plan(broken, { targets: 'web1' }))), /hsot/);
  });
});
