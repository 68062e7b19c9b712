import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { chmod, readdir, readFile, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { ansibleMissing } from '../../../engine/playbook/ansible/runAnsible.ts';
import { sshdProblem } from '../transports/sshd.ts';
import { withSshd } from './sshdWorld.ts';

/** The number of a user of this machine. */
function idOf(user: string): number | undefined {
  const [, id] = new RegExp(`^${user}:[^:]*:(\\d+):`, 'm').exec(readFileSync('/etc/passwd', 'utf8')) ?? [];
  return id === undefined ? undefined : Number(id);
}

describe('steps on a real sshd', function () {
  before(function () {
    if (sshdProblem === undefined) return;
    console.log(`      ${sshdProblem}`);
    this.skip();
  });

  it('of every kind with files do what they say, over both transports', () =>
    withSshd(async ({ folder, play }) => {
      const played = await play(`steps:
- { id: run, run: "mkdir -p DIR/{{ node.name }} && cd DIR/{{ node.name }} && pwd" }
- { id: script, script: { file: s.py, args: ["{{ vars.n }}", "a b"] }, env: { WHO: "{{ node.name }}" }, cwd: "DIR/{{ node.name }}" }
- { id: copy, copy: { from: dir, to: "DIR/{{ node.name }}/" } }
- { id: again, copy: { from: dir, to: "DIR/{{ node.name }}/" } }
- { id: template, template: { from: x.tpl, to: "DIR/{{ node.name }}/x", mode: 0640 } }
- { id: fetch, fetch: { from: "DIR/{{ node.name }}/x", to: got } }
- { id: wait, wait: { path: "DIR/{{ node.name }}/x" } }
- { id: port, wait: { port: 22 }, when: 1 > 2 }
- { id: set, set: { k: "{{ steps.script.stdout | trim }}" } }
- { id: loop, run: "echo {{ item }}", loop: [1, "{{ vars.k }}"] }
`);
      assert.deepEqual(played.state.executions.map(({ outcome }) => outcome?.status), ['ok', 'ok'], JSON.stringify(played.steps('s'))); // prettier-ignore
      for (const [node, n] of [
        ['s', 1],
        ['o', 2],
      ] as const) {
        // prettier-ignore
        assert.deepEqual(played.steps(node), [
          'changed run',
          'changed script',
          'changed copy',
          'ok again',
          'changed template',
          'ok fetch',
          'ok wait',
          'skipped port: its condition does not hold',
          'ok set',
          'changed loop (1)',
          `changed loop (${node} ['${n}', 'a b'])`,
        ]);
        assert.equal(await readFile(join(folder, 'got', node, 'x'), 'utf8'), `node ${node} ${n}\n`);
        assert.equal(await readFile(join(folder, 'there', node, 'dir', 'a.txt'), 'utf8'), 'a');
      }
    }));

  it('go side by side in lockstep, by another node, and again after a failure', () =>
    withSshd(async ({ folder, play }) => {
      const played = await play(`strategy: { lockstep: true, concurrency: 1 }
steps:
- { run: "mkdir -p DIR && echo 1 >>DIR/log" }
- { run: "echo 2 {{ node.name }} >>DIR/log", delegate: s }
- { run: "test -e DIR/once-{{ node.name }} || { touch DIR/once-{{ node.name }}; exit 1; }", retries: { count: 1, delay: 1ms }, idempotent: true }
- { run: "echo 3 >>DIR/log", once: true }
`);
      assert.deepEqual(played.state.executions.map(({ outcome }) => outcome?.status), ['ok', 'ok']); // prettier-ignore
      const log = (await readFile(join(folder, 'there', 'log'), 'utf8')).trim().split('\n');
      assert.deepEqual([...log.slice(0, 2), ...log.slice(2, 4).sort(), ...log.slice(4)], ['1', '1', '2 o', '2 s', '3']); // prettier-ignore
      assert.deepEqual(played.state.executions.map(({ steps }) => steps?.[2]?.attempts), [2, 2]); // prettier-ignore
    }));

  it('carry files as another user of the node, who owns them and sees what is theirs', function () {
    const nobody = userInfo().uid === 0 ? idOf('nobody') : undefined;
    if (nobody === undefined) return this.skip();
    return withSshd(async ({ folder, play }) => {
      await chmod(folder, 0o711);
      const as = 'runAs: { user: nobody, method: su }';
      const played = await play(`steps:
- { id: make, run: "umask 022 && mkdir -p DIR/{{ node.name }} && cd DIR/{{ node.name }} && mkdir -m 700 theirs ours && chown nobody theirs && echo ours >ours/x" }
- ${as}
  block:
    - { id: copy, copy: { from: dir, to: "DIR/{{ node.name }}/theirs/" } }
    - { id: again, copy: { from: dir, to: "DIR/{{ node.name }}/theirs/" } }
    - { id: template, template: { from: x.tpl, to: "DIR/{{ node.name }}/theirs/x", mode: 0640 } }
    - { id: script, script: { file: s.py, args: [a] }, env: { WHO: me }, cwd: "DIR/{{ node.name }}/theirs" }
    - { id: fetch, fetch: { from: "DIR/{{ node.name }}/theirs/x", to: got } }
    - { id: put, copy: { from: x.tpl, to: "DIR/{{ node.name }}/ours/x" }, ignoreErrors: true }
    - { id: get, fetch: { from: "DIR/{{ node.name }}/ours/x", to: other }, ignoreErrors: true }
`);
      for (const node of ['s', 'o']) {
        const there = join(folder, 'there', node);
        assert.deepEqual(played.steps(node).slice(1, 6), [
          'changed copy',
          'ok again',
          'changed template',
          'changed script',
          'ok fetch',
        ]);
        for (const step of ['put', 'get'])
          assert.match(
            played.steps(node).find((each) => each.includes(` ${step}`)) ?? '',
            /permission denied/,
          );
        const facts = await Promise.all(
          ['dir', 'dir/a.txt', 'x'].map((name) => stat(join(there, 'theirs', name))),
        );
        assert.deepEqual(facts.map(({ uid }) => uid), [nobody, nobody, nobody]); // prettier-ignore
        assert.equal((facts[2]?.mode ?? 0) & 0o777, 0o640);
        assert.deepEqual((await readdir(join(there, 'theirs'))).sort(), ['dir', 'x']);
        assert.equal(await readFile(join(there, 'ours', 'x'), 'utf8'), 'ours\n');
        assert.match(await readFile(join(folder, 'got', node, 'x'), 'utf8'), new RegExp(`^node ${node} `));
      }
    });
  });

  it('run Ansible on nodes as the plan reaches them', function () {
    if (ansibleMissing() !== undefined) return this.skip();
    return withSshd(async ({ play }) => {
      const played = await play(
        'strategy: { lockstep: true }\nsteps: [{ id: x, ansible: { playbook: site.yml, vars: { said: hello } } }]\n',
      );
      assert.deepEqual(played.state.executions.map(({ outcome }) => outcome), [{ status: 'ok' }, { status: 'ok' }]); // prettier-ignore
      assert.match(played.said['o'] ?? '', /hello/);
    });
  });
});
