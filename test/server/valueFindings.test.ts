import assert from 'node:assert/strict';
import { diagnose } from './diagnose.ts';
import { worldOf } from './world.ts';

const inventory = 'nodes:\n  web[1-3]: { tags: web }\n  db1:\n';
const files = { 'a.conf': '', 'a.sh': '', 't.task.yaml': 'params: { n: { type: integer } }\nsteps:\n  - run: x {{ params.n }}\n' }; // prettier-ignore

function codes(text: string): readonly string[] {
  const { document, workspace } = worldOf('playbook', text, {
    '.muster/inventory.yaml': inventory,
    ...files,
  });
  return diagnose(document, workspace, { levels: new Map() }).map(
    ({ range: { start }, code }) => `${start.line + 1}:${start.character + 1} ${String(code)}`,
  );
}

const step = (written: string): string => `targets: web*\nsteps:\n  - ${written}\n`;

const rows: readonly (readonly [what: string, text: string, codes: readonly string[]])[] = [
  ['lengths of time', step('{ run: x, timeout: 3x }'), ['3:24 schema/value']],
  ['lengths of time of nothing', step('{ run: x, timeout: 0s }'), ['3:24 schema/value']],
  ['sizes', step('fetch: { from: /a, to: ./b, maxSize: 5XB }'), ['3:42 schema/value']],
  ['modes with their zero', step('copy: { from: ./a.conf, to: /b, mode: 0644 }'), []],
  ['modes that are none', step('copy: { from: ./a.conf, to: /b, mode: 0999 }'), ['3:43 schema/value']],
  ['modes with 0o', step('copy: { from: ./a.conf, to: /b, mode: 0o644 }'), ['3:43 schema/value']],
  ['ports', step('wait: { port: 70000 }'), ['3:19 schema/value']],
  ['ports of addresses', step('http: { url: "http://x:99999/" }'), ['3:18 playbook/address']],
  ['ports of addresses with templates', step('http: { url: "http://{{ node.host }}:80/" }'), []],
  ['states of answers', step('http: { url: "http://x/", expect: { status: 999 } }'), ['3:49 schema/value']],
  ['patterns of parameters', "params: { p: { pattern: '(' } }\nsteps:\n  - run: x {{ params.p | default(1) }}\n", ['1:25 values/regex']],
  ['patterns of answers', step("http: { url: 'http://x/', expect: { matches: '(' } }"), ['3:50 schema/value']],
  ['patterns of tests', step("{ run: x, when: \"node.name is matching('(')\" }"), []],
  ['patterns of targets', "targets: '~/(/'\nsteps:\n  - run: x\n", ['1:11 SELECTION_SYNTAX']],
  ['shares', `strategy: { maxFailures: 120% }\n${step('run: x')}`, ['1:26 schema/value']],
  ['numbers', step('{ run: x, throttle: 0 }'), ['3:25 schema/value']],
  ['owners', step("copy: { from: ./a.conf, to: /b, owner: 'a b' }"), ['3:44 schema/value']],
  ['names of variables', step("{ run: x, env: { 'A-B': c } }"), ['3:29 schema/value']],
  ['words of YAML 1.1 among data', `vars: { a: yes }\n${step('run: x {{ vars.a }}')}`, ['1:12 values/yes-no']],
  ['words of YAML 1.1 where true or false belongs', step('{ run: x, sudo: yes }'), ['3:21 schema/type']],
  ['words of YAML 1.1 as a condition', step('{ run: x, when: yes }'), ['3:21 playbook/unknown-name']],
  ['words of YAML 1.1 where text is wanted', step('{ run: x, env: { A: no } }'), []],
  ['numbers with a zero among data', `vars: { a: 0644 }\n${step('run: x {{ vars.a }}')}`, ['1:12 values/leading-zero']],
  ['numbers with a zero where text is wanted', step('{ run: x, env: { A: 0644 } }'), []],
  ['keys twice', step('{ run: x, run: y }'), ['3:15 yaml/repeated-key']],
  ['scripts that are not there', step('script: ./b.sh'), ['3:13 files/missing']],
  ['files to copy that are not there', step('copy: { from: [./a.conf, ./b.conf], to: /x/ }'), ['3:30 files/missing']],
  ['templates that are not there', step('template: { from: ./b.tpl, to: /x }'), ['3:23 files/missing']],
  ['tasks that are not there', step('task: ./b.task.yaml'), ['3:11 files/missing']],
  ['playbooks that are not there', step('playbook: ./b.playbook.yaml'), ['3:15 files/missing']],
  ['playbooks of Ansible that are not there', step('ansible: { playbook: ./b.yml }'), ['3:26 files/missing']],
  ['files whose name depends on the node', step('script: "./{{ node.name }}.sh"'), []],
  ['files outside', step('script: /etc/a.sh'), ['3:13 files/outside']],
  ['folders of Windows', step("{ run: x, cwd: 'C:\\a' }"), ['3:20 values/windows-path']],
  ['folders of Windows for PowerShell', step("{ run: x, cwd: 'C:\\a', shell: pwsh }"), []],
  ['places of Windows', step("copy: { from: ./a.conf, to: 'C:\\a' }"), ['3:33 values/windows-path']],
  ['loops over text', step('{ run: "echo {{ item }}", loop: a b }'), ['3:37 playbook/loop']],
  ['loops over a name without braces', `vars: { l: [a] }\n${step('{ run: "echo {{ item }} {{ vars.l }}", loop: vars.l }')}`, ['4:50 playbook/loop']],
  ['loops over a variable of one value', `vars: { l: a }\n${step('{ run: "echo {{ item }}", loop: "{{ vars.l }}" }')}`, ['4:37 playbook/loop']],
  ['loops over a variable that a step sets', `vars: { l: a }\nsteps:\n  - set: { l: [a] }\n  - { run: "echo {{ item }}", loop: "{{ vars.l }}" }\n`, ['3:12 vars/shadowed']],
  ['loops over a variable with a list', `vars: { l: [a] }\n${step('{ run: "echo {{ item }}", loop: "{{ vars.l }}" }')}`, []],
  ['loops over a variable made of others', `vars: { l: "{{ node.tags }}" }\n${step('{ run: "echo {{ item }}", loop: "{{ vars.l }}" }')}`, []],
  ['loops over a parameter that is text', `params: { l: {} }\n${step('{ run: "echo {{ item }}", loop: "{{ params.l }}" }')}`, ['4:37 playbook/loop']],
  ['loops over a parameter that is a list', `params: { l: { type: array } }\n${step('{ run: "echo {{ item }}", loop: "{{ params.l }}" }')}`, []],
  ['loops over a value', step('{ run: "echo {{ item }}", loop: "{{ node.tags }}" }'), []],
  ['sets of parameters', `params: { n: { type: integer } }\nbatch: [{ n: 1 }, { m: 1 }, { n: x }]\n${step('run: x {{ params.n }}')}`, ['2:21 playbook/param', '2:31 playbook/param']],
  ['what a task is given', step('{ task: ./t.task.yaml, with: { n: x } }'), ['3:36 playbook/param']],
]; // prettier-ignore

describe('values of a playbook', () => {
  for (const [what, text, expected] of rows)
    it(`are looked at: ${what}`, () => {
      assert.deepEqual(codes(text), expected, text);
    });
});

const destroys: readonly string[] = [
  'rm -rf /', 'rm -fr /*', 'sudo rm -rf --no-preserve-root /', 'rm -r -f /etc', 'rm --recursive --force /', 'cd / && rm -rf *',
  'find / -name x -delete', 'bash -c "rm -rf /"', 'timeout 5 rm -rf /', 'env A=b rm -rf ~', 'xargs rm -rf /',
  'mkfs.ext4 /dev/sda', 'mkfs -t ext4 /dev/sda', 'dd if=/dev/zero of=/dev/sda', 'echo a > /dev/sda', 'wipefs -a /dev/sda',
  'blkdiscard /dev/sda', 'parted /dev/sda mklabel gpt', ':(){ :|:& };:', 'shutdown -h now', '/sbin/shutdown -h now',
  'a && poweroff', 'systemctl halt', 'init 0', 'chmod -R 777 /', 'Stop-Computer', 'Format-Volume -DriveLetter D', 'Remove-Item -Recurse -Force C:\\',
]; // prettier-ignore
const harmless: readonly string[] = [
  'rm -rf /srv/app/cache', 'rm -rf ./x', 'rm -f /etc/x', 'find /var/log -mtime +30 -delete', 'echo mkfs', 'grep shutdown /var/log/x',
  'shutdown -c', 'dd if=a of=/dev/null', 'echo a > /dev/null', 'echo "# rm -rf /"', 'reboot', 'Remove-Item -Recurse C:\\temp\\x', 'cd /srv && rm -rf *',
]; // prettier-ignore

describe('a command that destroys', () => {
  const told = (command: string): readonly string[] => codes(`targets: web*\nsteps:\n  - run: |\n      ${command}\n`);
  for (const command of destroys)
    it(`is told: ${command}`, () => {
      const [found = '', ...others] = told(command);
      assert.match(found, / safety\/destructive$/);
      assert.deepEqual(others.filter((each) => !each.endsWith('shell/unclosed')), []);
    });
  for (const command of harmless)
    it(`is no other: ${command}`, () => {
      assert.deepEqual(told(command), []);
    });

  it('is told again where its failure is ignored, by the step or around it', () => {
    assert.deepEqual(codes(step('{ run: rm -rf /, ignoreErrors: true }')), ['3:12 safety/destructive', '3:22 safety/ignored-failure']);
    assert.deepEqual(codes(step('{ block: [{ run: rm -rf / }], ignoreErrors: true }')), ['3:22 safety/destructive', '3:35 safety/ignored-failure']);
    assert.deepEqual(codes(step('{ block: [{ run: rm -rf /, ignoreErrors: true }] }')), ['3:22 safety/destructive', '3:32 safety/ignored-failure']);
  }); // prettier-ignore
}); // prettier-ignore

describe('a secret that stands in the file', () => {
  for (const [written, expected] of [
    ['vars: { password: hunter2 }\nsteps:\n  - run: x {{ vars.password }}\n', '1:19'],
    ['steps:\n  - run: mysql --password=hunter2\n', '2:27'],
    ['steps:\n  - run: DB_PASSWORD=hunter2 ./x\n', '2:22'],
    ['steps:\n  - run: "curl -u admin:hunter2 http://x/"\n', '2:25'],
    ['steps:\n  - run: "curl -H \'Authorization: Bearer abcdef123456\' http://x/"\n', '2:42'],
    ['steps:\n  - http: { url: "http://user:hunter2@x/" }\n', '2:31'],
    ['steps:\n  - { run: x, env: { PGPASSWORD: hunter2 } }\n', '2:34'],
    [
      'params: { password: {} }\nbatch: [{ password: hunter2 }]\nsteps:\n  - run: x {{ params.password }}\n',
      '2:21',
    ],
  ] as const)
    it(`is told: ${written}`, () => {
      assert.deepEqual(codes(written), [`${expected} safety/secret`]);
    });
  for (const written of ['mysql --password=$PASS', 'mysql --password="$(cat x)"', 'DB_PASSWORD={{ secret.p }} ./x', 'x --token-ttl 3600', 'curl http://user@x/', 'git clone ssh://git@x:2222/y'])
    it(`is no other: ${written}`, () => {
      const text = `secrets: { p: { ask: x } }\nsteps:\n  - run: ${JSON.stringify(written)}\n  - run: x {{ secret.p }}\n`;
      assert.deepEqual(codes(text), []);
    }); // prettier-ignore
});
