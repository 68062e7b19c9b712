import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { previewSteps } from '../../../core/run/steps/preview.ts';
import { ansibleMissing } from '../../../engine/playbook/ansible/runAnsible.ts';
import { ansibleInventory, unsafeYaml } from '../../../engine/playbook/ansible/inventory.ts';
import { run, whenThere, withPlaybooks } from './play.ts';

const play = `- hosts: all
  gather_facts: false
  tasks:
    - { name: say, command: "echo {{ said }} {{ n }} {{ inventory_hostname }}" }
    - { name: skip, command: "false", when: false }
    - { name: bad, command: "sh -c 'exit 3'", ignore_errors: true }
    - { name: stop, fail: { msg: "no {{ inventory_hostname }}" }, when: inventory_hostname == 'b' }
    - { name: pid, shell: "echo $$ >pid; exec sleep 60", when: sleeps | default(false) }
`;

describe('a step that runs Ansible', function () {
  before(function () {
    const missing = ansibleMissing();
    if (missing === undefined) return;
    console.log(`      ${missing} Not tried.`);
    this.skip();
  });

  const text = `steps:
- id: x
  ansible: { playbook: site.yml, vars: { said: "{{ vars.said }}" } }
- run: echo {{ steps.x.changed }}
`;

  it('gives each node the steps, the output and the outcome that Ansible has for it', () =>
    withPlaybooks(async ({ play: playText, write }) => {
      await write('site.yml', play);
      const played = await playText(text, { selection: 'a,b', vars: { said: 'its {{ 1 + 1 }}' } });
      assert.deepEqual(
        played.state.executions.map(({ outcome }) => outcome),
        [{ status: 'ok' }, { status: 'failed', step: 'x', message: 'stop: no b' }],
      );
      assert.deepEqual(played.steps('a').map((step) => step.replace(/: non-zero.*/, '')), [
        'changed x',
        'changed say',
        'skipped skip',
        'failed bad',
        'skipped stop',
        'skipped pid',
        'changed echo true',
      ]); // prettier-ignore
      assert.match(played.said['a'] ?? '', /^its \{\{ 1 \+ 1 \}\} 1 a\n/);
    }));

  it('runs one process for all nodes in lockstep, and one for each without', () =>
    withPlaybooks(async ({ folder, play: playText, write }) => {
      const marked = `- hosts: all
  gather_facts: false
  tasks: [{ shell: "echo {{ play_hosts | length }} >>../count", args: { chdir: "${folder}/a" } }]
`;
      await write('site.yml', marked);
      const step = 'steps: [{ ansible: { playbook: site.yml } }]\n';
      await playText(`strategy: { lockstep: true, concurrency: 2 }\n${step}`);
      assert.equal(await readFile(join(folder, 'count'), 'utf8'), '3\n3\n3\n');
      await writeFile(join(folder, 'count'), '');
      await playText(step, { selection: 'a,b' });
      assert.equal(await readFile(join(folder, 'count'), 'utf8'), '1\n1\n');
    }));

  it('ends all that it has started here when it is cancelled, and says that it may still run', () =>
    withPlaybooks(async ({ folder, client, request, write }) => {
      await write('site.yml', play);
      const waits = `vars: { said: x }\nsteps: [{ id: x, ansible: { playbook: site.yml, vars: { said: x, sleeps: true } } }]\n`;
      await write('test.playbook.yaml', waits);
      const listening = client.onEvents(({ batch, events }) => {
        if (!events.some((event) => event.type === 'stepStarted' && event.title === 'pid')) return;
        void whenThere(join(folder, 'pid')).then(() => client.cancel({ batch, which: 'all' }));
      });
      const { state } = await run(client, request({ selection: 'a' }));
      listening.dispose();
      assert.deepEqual(state.executions[0]?.outcome, { status: 'cancelled', remote: 'may-still-run' });
      assert.equal(state.status, 'cancelled');
      const pid = (await readFile(join(folder, 'pid'), 'utf8')).trim();
      // Nobody may have asked for its exit yet.
      assert.match(spawnSync('ps', ['-o', 'stat=', '-p', pid], { encoding: 'utf8' }).stdout, /^(Z.*)?\s*$/);
    }));

  it('says what Ansible does not understand', () =>
    withPlaybooks(async ({ play: playText, write }) => {
      await write('site.yml', '- hosts: all\n  tusks: []\n');
      const { state } = await playText('steps: [{ ansible: { playbook: site.yml } }]\n', { selection: 'a' });
      const { outcome } = state.executions[0] ?? {};
      assert.match(
        outcome && 'message' in outcome ? outcome.message : '',
        /'tusks' is not a valid attribute/,
      );
    }));

  it('is said before anything runs, and refused where its playbook is not there', () =>
    withPlaybooks(async ({ client, request, write }) => {
      await write('test.playbook.yaml', text);
      const gone = await client.plan(request({ vars: { said: 'x' } }));
      assert.match(gone.ok ? '' : gone.error.message, /site\.yml/);
      await write('site.yml', play);
      const plan = await client.plan(request({ vars: { said: 'x' } }));
      assert.ok(plan.ok);
      assert.equal(previewSteps(plan.value.plan)[0]?.groups[0]?.text, 'ansible-playbook site.yml, with said');
      assert.equal(plan.value.plan.files?.length, 1);
    }));
});

describe('what Ansible is given', () => {
  it('is told apart from what it would expand', () => {
    assert.equal(
      unsafeYaml({ a: '{{ x }}', b: [1, null, 'it\'s "y"'], c: { d: true } }),
      '{"a": !unsafe "{{ x }}", "b": [1, null, !unsafe "it\'s \\"y\\""], "c": {"d": true}}',
    );
  });

  const target = {
    node: 'web01',
    transport: 'ssh',
    options: { host: '10.0.0.1', port: 2222, user: 'deploy', identityFiles: [], auth: ['key'], via: [] },
    connectTimeoutMs: 1000,
    tags: ['a-b'],
    vars: { n: 1, ansible_ssh_common_args: '-o ProxyCommand=evil' },
  };

  it('reaches nodes as the plan says, whatever their variables say', () => {
    const found = ansibleInventory([target], { folder: '/f', home: '/home/me' });
    assert.ok('files' in found);
    const hosts = found.files.get('/f/hosts.yaml') ?? '';
    assert.match(hosts, /"web01": \{"n": 1, "ansible_connection": !unsafe "ssh"/);
    assert.match(hosts, /-F \/f\/ssh_config_0/);
    assert.match(hosts, /"a_b": \{"hosts": \{"web01": null\}\}/);
    assert.doesNotMatch(hosts, /evil/);
    assert.match(found.files.get('/f/ssh_config_0') ?? '', /Port 2222\n {2}User deploy/);
  });

  it('is refused where a name or a way means something else to it', () => {
    const where = { folder: '/f', home: '/h' };
    assert.ok('message' in ansibleInventory([{ ...target, node: 'a:b' }], where));
    assert.ok('message' in ansibleInventory([{ ...target, transport: 'winrm' }], where));
  });

  it('is nothing where it is not installed', () => {
    assert.match(ansibleMissing('/nonexistent') ?? '', /Install ansible-core/);
  });
});
