import assert from 'node:assert/strict';
import type { Finding, Repair } from '../../server/service/diagnostics/finding.ts';
import { findingsOf } from '../../server/service/diagnostics/findings.ts';
import type { FileKind } from '../../server/service/rules/rule.ts';
import { worldOf } from './world.ts';

const inventory = 'nodes:\n  web01.example.com:\n  db01:\ngroups:\n  front: { nodes: web01.example.com }\n';

function findings(text: string, kind: FileKind = 'playbook'): readonly Finding[] {
  const { document, workspace } = worldOf(kind, text, { '.muster/inventory.yaml': inventory });
  return findingsOf(document, workspace);
}

function repairs(text: string, code: string, kind?: FileKind): readonly Repair[] {
  return findings(text, kind).flatMap((each) => (each.code === code ? (each.repairs ?? []) : []));
}

const titles = (found: readonly Repair[]): readonly string[] => found.map(({ title }) => title);

describe('what mends a mistake', () => {
  it('changes no machine for another by itself, and none for one that is called quite otherwise', () => {
    const found = repairs('targets: web01\nsteps:\n  - run: x\n', 'SELECTION_UNKNOWN');
    assert.deepEqual(titles(found), [
      'Change to "web01.example.com"',
      'Write node "web01" into the inventory',
    ]);
    assert.equal(found[0]?.isSure, false);
    const delegated = repairs('steps:\n  - { run: x, delegate: bd01 }\n', 'playbook/delegate');
    assert.deepEqual(titles(delegated)[0], 'Change to "db01"');
    assert.notEqual(delegated[0]?.isSure, true);
    const group = repairs('targets: "@fornt"\nsteps:\n  - run: x\n', 'SELECTION_UNKNOWN');
    assert.deepEqual([group[0]?.title, group[0]?.isSure], ['Change to "@front"', true]);
  });

  it('leaves no command that destroys', () => {
    const text = 'targets: db01\nsteps:\n  - run: rm -rf {{ vars.old }}/*\n';
    assert.deepEqual(titles(repairs(text, 'vars/undefined')), []);
    const [found] = findings(text).filter(({ code }) => code === 'vars/undefined');
    assert.match(
      found?.message ?? '',
      /Give it to them: empty, this deletes everything below a folder of the system\.$/,
    );
    const other = 'targets: db01\nsteps:\n  - run: rm -rf /srv/app/{{ vars.old }}\n';
    assert.equal(titles(repairs(other, 'vars/undefined'))[0], 'Write a default for nodes without it');
  });

  it('is not needed to see that an empty default destroys', () => {
    const text = 'targets: db01\nsteps:\n  - run: rm -rf {{ vars.old | default("") }}/*\n';
    const [found] = findings(text).filter(({ code }) => code === 'safety/destructive');
    assert.equal(
      found?.message,
      'This deletes everything below a folder of the system, without a value, on db01. Make sure that it is meant.',
    );
    assert.deepEqual(found?.range.start, { line: 2, character: 16 });
    const safe = 'targets: db01\nsteps:\n  - run: rm -rf {{ vars.old | default("/tmp/x") }}/*\n';
    assert.deepEqual(
      findings(safe).filter(({ code }) => code.startsWith('safety/')),
      [],
    );
  });

  it('writes no secrets into a task, which has none of its own', () => {
    const text = 'steps:\n  - run: echo {{ secret.token }}\n';
    assert.deepEqual(titles(repairs(text, 'playbook/unknown-secret', 'task')), []);
    assert.deepEqual(titles(repairs(text, 'playbook/unknown-secret')), ['Write "token" under "secrets"']);
  });

  it('makes no key twice', () => {
    const [found] = findings('steps:\n  - { run: x, timout: 3s, timeout: 4s }\n');
    assert.deepEqual(
      [found?.code, found?.fix],
      ['schema/unknown-key', '"timeout" is there already: leave one of them out.'],
    );
    assert.deepEqual(titles(found?.repairs ?? []), ['Remove "timout"']);
  });
});

describe('a word of Ansible', () => {
  const rows: readonly (readonly [text: string, kind: FileKind, fix: RegExp])[] = [
    ['serial: 2\nsteps:\n  - run: x\n', 'playbook', /^Write "strategy: \{ mode: rolling, waves: \[2\] \}"\.$/],
    ['become: true\nsteps:\n  - run: x\n', 'playbook', /^Write "sudo: true" or "runAs: USER" at the steps\.$/],
    ['serial: 30%\nsteps:\n  - run: x\n', 'playbook', /waves: \[30%\]/],
    ['max_fail_percentage: 20\nsteps:\n  - run: x\n', 'playbook', /^Write "strategy: \{ maxFailures: 20% \}"\.$/],
    ['gather_facts: false\nsteps:\n  - run: x\n', 'playbook', /^Take it out/],
    ['steps:\n  - lineinfile: { path: /etc/hosts }\n', 'playbook', /^Write the whole file with "template"/],
    ['steps:\n  - apt: { name: nginx }\n', 'playbook', /^Write the command behind "run", such as "run: apt-get install -y NAME", with "sudo: true"\.$/],
    ['steps:\n  - ansible.builtin.service: { name: nginx }\n', 'task', /"run: systemctl restart NAME"/],
    ['steps:\n  - community.mysql.mysql_db: { name: a }\n', 'playbook', /^It is a module of Ansible\. Write the command behind "run"/],
    ['steps:\n  - ansible.builtin.shell: uptime\n', 'playbook', /^Did you mean "run"\?$/],
    ['steps:\n  - user: { name: a }\n', 'playbook', /useradd/],
    ['steps:\n  - { run: x, user: root }\n', 'playbook', /^Did you mean "runAs"\?$/],
    ['steps:\n  - { run: x, args: { chdir: /srv } }\n', 'playbook', /^Write "cwd: FOLDER"\.$/],
    ['steps:\n  - set_fact: { a: 1 }\n', 'playbook', /^Did you mean "set"\?$/],
    ['nodes:\n  a: { ansible_ssh_host: 10.0.0.1 }\n', 'inventory', /^Did you mean "host"\?$/],
    ['nodes:\n  a: { ansible_connection: local }\n', 'inventory', /^Did you mean "transport"\?$/],
    ['nodes:\n  a: { ansible_python_interpreter: /x }\n', 'inventory', /^Take it out: nothing but a shell/],
    ['nodes:\n  a: { ansible_winrm_scheme: http }\n', 'inventory', /^Take it out, or write it under "vars"\.$/],
    ['web:\n  hosts: { a: }\n', 'inventory', /^So inventories of Ansible begin/],
    ['web1:\n  ansible_host: 10.0.0.1\n', 'inventory', /^Write it below "nodes:"\.$/],
    ['nodes:\n  a: { ansible_ssh_private_key_file: ~/.ssh/id }\n', 'inventory', /^Did you mean "identityFile"\?$/],
    ['nodes:\n  a: { password: x }\n', 'inventory', /^Take it out, and write "auth: \[password\]": passwords are asked for/],
    ['all:\n  hosts:\n    a:\n', 'inventory', /^So inventories of Ansible begin\. .*\{ type: ansible, path: \.\/FILE \}\.$/],
  ]; // prettier-ignore
  for (const [text, kind, fix] of rows)
    it(`is told with what is written here: ${text.split('\n', 2).join(' ')}`, () => {
      const [found] = findings(text, kind).filter(({ code }) => code === 'schema/unknown-key');
      assert.match(found?.fix ?? '', fix);
    });
});
