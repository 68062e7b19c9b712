import type { Example, Rule } from './rule.ts';

/** Which nodes are meant: checked against the inventory of the workspace. */
export const targetRules: readonly Rule[] = [
  advice('targets/empty', 'warning', {
    title: 'An expression that stands for no nodes',
    text: 'It is read without a mistake, and nothing would run.',
    example: playbook({ bad: "targets: '@front & @back'", good: "targets: '@front'" }),
  }),
  advice('targets/shadowed', 'warning', {
    title: 'An exclusion that takes a whole part away',
    text: 'What stands before it could be left out, which is hardly what was meant.',
    example: playbook({ bad: "targets: 'db1,@front !web*'", good: "targets: 'db1,@front !web1'" }),
  }),
  advice('targets/many', 'info', {
    title: 'More nodes than start without a question',
    text: 'A policy file of the workspace (`confirmAbove`, `typedAbove`) asks before so many nodes.',
    example: {
      ...playbook({ bad: "targets: '@front'", good: 'targets: web1' }),
      files: { ...fleetFiles(), '.muster/policy.yaml': 'confirmAbove: 1\n' },
    },
  }),
  advice('targets/no-inventory', 'hint', {
    title: 'No inventory to check names against',
    text: 'The workspace has no inventory, so that names of nodes cannot be checked. Nothing else is wrong.',
    example: { ...playbook({ bad: 'targets: web1', good: 'targets: all' }), files: {} },
  }),
];

/** Variables: by what can be known before anything runs. */
export const variableRules: readonly Rule[] = [
  advice('vars/undefined', 'warning', {
    title: 'A variable that nodes do not have',
    text: 'Checked for every node that `targets` stands for: the message says on how many of them it is not there, and on which. Without `targets` it is told where no node of the inventory has it. Where not everything is known (sources that are commands, nodes of other tools) it is a hint. Files that steps fill in are looked at too. Give the nodes or a group the variable, write `default(…)`, or make a parameter of what `--var` gives.',
    example: playbook({
      bad: "targets: '@front'\nsteps:\n  - run: curl localhost:{{ vars.http_port }}",
      good: "targets: '@front'\nsteps:\n  - run: curl localhost:{{ vars.http_port | default(80) }}",
    }),
  }),
  advice('vars/too-early', 'warning', {
    title: 'A variable before the step that makes it',
    text: 'A later step sets or registers it, or the step itself does. Move the step up, or name it under `needs`.',
    example: playbook({
      bad: 'steps:\n  - run: echo {{ vars.out.stdout }}\n  - { run: uptime, register: out }',
      good: 'steps:\n  - { run: uptime, register: out }\n  - run: echo {{ vars.out.stdout }}',
    }),
  }),
  advice('vars/step-too-early', 'warning', {
    title: 'The result of a step that has not run yet',
    text: '`steps.ID` is only there in steps behind it. Name it under `needs`, or move it up.',
    example: playbook({
      bad: 'steps:\n  - run: echo {{ steps.ask.stdout }}\n  - { id: ask, run: uptime }',
      good: 'steps:\n  - { id: ask, run: uptime }\n  - run: echo {{ steps.ask.stdout }}',
    }),
  }),
  advice('vars/shadowed', 'hint', {
    title: 'A step takes the place of a variable',
    text: 'From this step on the variable of the playbook is another value; or a parameter of the same name hides it. Another name keeps both.',
    example: playbook({
      bad: 'vars: { out: 1 }\nsteps:\n  - { run: uptime, register: out }\n  - run: echo {{ vars.out }}',
      good: 'vars: { out: 1 }\nsteps:\n  - { run: uptime, register: up }\n  - run: echo {{ vars.out }} {{ vars.up.stdout }}',
    }),
  }),
  advice('vars/unused', 'hint', {
    title: 'A variable that nothing uses',
    text: 'No template of the file, of the files that it uses or of those that its steps fill in looks it up. So it is with a result that a step keeps with `register`.',
    example: playbook({
      bad: 'vars: { port: 80 }\nsteps:\n  - run: uptime',
      good: 'vars: { port: 80 }\nsteps:\n  - run: curl localhost:{{ vars.port }}',
    }),
  }),
  advice('params/unused', 'hint', {
    title: 'A parameter that nothing uses',
    text: 'Whoever runs the file is asked for something that makes no difference.',
    example: playbook({
      bad: 'params: { port: { default: 80, type: integer } }\nsteps:\n  - run: uptime',
      good: 'params: { port: { default: 80, type: integer } }\nsteps:\n  - run: curl localhost:{{ params.port }}',
    }),
  }),
  advice('secrets/unused', 'hint', {
    title: 'A secret that nothing uses',
    text: 'It is read or asked for although nothing needs it.',
    example: playbook({
      bad: 'secrets: { token: { env: TOKEN } }\nsteps:\n  - run: uptime',
      good: 'secrets: { token: { env: TOKEN } }\nsteps:\n  - run: login {{ secret.token }}',
    }),
  }),
];

/** Steps that cannot do what they are there for. */
export const flowRules: readonly Rule[] = [
  advice('steps/empty', 'warning', {
    title: 'A list of steps with nothing in it',
    text: 'A playbook without steps, or a block without any, runs and does nothing.',
    example: playbook({ bad: 'steps:\n  - block: []', good: 'steps:\n  - block:\n      - run: uptime' }),
  }),
  advice('steps/never-runs', 'warning', {
    title: 'A condition that never holds',
    text: 'The step is skipped on every node. As an information: none of the nodes that `targets` stands for has the name, tag or group that the condition asks for; others may be chosen when it is run.',
    example: playbook({
      bad: 'steps:\n  - { run: uptime, when: "false" }',
      good: 'steps:\n  - { run: uptime, when: node.name == "web1" }',
    }),
  }),
  advice('steps/never-meet', 'warning', {
    title: 'A step needs one that is skipped wherever it runs',
    text: 'The conditions of the two steps exclude each other (`a` and `not a`, `x == 1` and `x == 2`), or no node that is meant fits both.',
    example: playbook({
      bad: 'params: { a: { type: boolean } }\nsteps:\n  - { id: x, run: uptime, when: params.a }\n  - { needs: x, run: uptime, when: not params.a }',
      good: 'params: { a: { type: boolean } }\nsteps:\n  - { id: x, run: uptime, when: params.a }\n  - { needs: x, run: uptime, when: params.a }',
    }),
  }),
  advice('steps/unreachable', 'warning', {
    title: 'A step behind the end',
    text: 'A step before it always fails, or a block whose failure nothing rescues, so that it is never come to.',
    example: playbook({
      bad: 'steps:\n  - fail: Not yet.\n  - run: uptime',
      good: 'steps:\n  - fail: Not yet.\n    when: node.name == "db1"\n  - run: uptime',
    }),
  }),
  advice('steps/unused-handler', 'hint', {
    title: 'A handler that no step notifies',
    text: 'It never runs: no step notifies it, none can because it has no id, or only handlers do that never run themselves. Name it under `notify`, or take it out.',
    example: playbook({
      bad: 'steps:\n  - run: uptime\nhandlers:\n  - { id: restart, run: restart }',
      good: 'steps:\n  - { run: uptime, notify: restart }\nhandlers:\n  - { id: restart, run: restart }',
    }),
  }),
];

/** Values that mean something else than they look like. */
export const valueRules: readonly Rule[] = [
  advice('values/leading-zero', 'warning', {
    title: 'A number with a zero at its front',
    text: 'YAML reads `0644` as 644 and drops the zero. Quote it where the digits count: modes of files, codes, numbers of phones.',
    example: playbook({
      bad: 'vars: { mode: 0644 }\nsteps:\n  - run: chmod {{ vars.mode }} f',
      good: "vars: { mode: '0644' }\nsteps:\n  - run: chmod {{ vars.mode }} f",
    }),
  }),
  advice('values/yes-no', 'hint', {
    title: 'A word that was once true or false',
    text: '`yes`, `no`, `on` and `off` are text in YAML 1.2, and text that is not empty counts as true. Write `true` or `false`, or quote the word.',
    example: playbook({
      bad: 'vars: { tls: no }\nsteps:\n  - { run: uptime, when: vars.tls }',
      good: 'vars: { tls: false }\nsteps:\n  - { run: uptime, when: vars.tls }',
    }),
  }),
  {
    ...advice('values/regex', 'error', {
      title: 'A pattern that cannot be used',
      text: 'Patterns have no look-around and no back-references, so that they take linear time.',
      example: playbook({
        bad: "params: { v: { pattern: '(a', default: x } }\nsteps:\n  - run: echo {{ params.v }}",
        good: "params: { v: { pattern: '(x)', default: x } }\nsteps:\n  - run: echo {{ params.v }}",
      }),
    }),
    by: 'engine',
  },
  advice('values/windows-path', 'warning', {
    title: 'A path of Windows for a POSIX shell',
    text: 'Nodes are asked by a POSIX shell unless `shell: pwsh` is said, and there a backslash takes the next character as it is. So it is with places on nodes in `copy`, `template`, `fetch` and `wait`.',
    example: playbook({
      bad: "steps:\n  - { run: uptime, cwd: 'C:\\srv' }",
      good: 'steps:\n  - { run: uptime, cwd: /srv }',
    }),
  }),
  {
    ...advice('files/missing', 'error', {
      title: 'A file that is not there',
      text: 'Paths begin at the folder of the file that names them.',
      example: playbook({ bad: 'steps:\n  - task: ./gone.task.yaml', good: 'steps:\n  - run: uptime' }),
    }),
    by: 'engine',
  },
  advice('files/outside', 'info', {
    title: 'A file outside of the workspace',
    text: 'Whoever opens the workspace elsewhere does not have it, and it is not read in Restricted Mode.',
    example: playbook({
      bad: 'steps:\n  - task: /etc/muster/x.task.yaml',
      good: 'steps:\n  - task: ./x.task.yaml',
      files: { 'x.task.yaml': 'steps:\n  - run: uptime\n' },
    }),
  }),
];

/** What does harm when it is run, or read by others. */
export const safetyRules: readonly Rule[] = [
  advice('safety/destructive', 'warning', {
    title: 'A command that destroys',
    text: 'Deleting from the root or below a folder of the system, making file systems, writing to disks and switching machines off cannot be undone, in a POSIX shell or in PowerShell. The message says on how many nodes.',
    example: playbook({ bad: 'steps:\n  - run: rm -rf /', good: 'steps:\n  - run: rm -rf /srv/app/cache' }),
  }),
  advice('safety/ignored-failure', 'warning', {
    title: 'A command that destroys, whose failure is ignored',
    text: 'Half of it may be done, and the next step comes all the same.',
    example: playbook({
      bad: 'steps:\n  - { run: mkfs.ext4 /dev/sdb, ignoreErrors: true }',
      good: 'steps:\n  - { run: cat /proc/mounts, ignoreErrors: true }',
    }),
  }),
  advice('safety/secret', 'warning', {
    title: 'A secret in the file',
    text: 'A private key, a value whose name says that it is a secret, or one that a command or an address is given (`--password=…`, `TOKEN=…`, `Authorization: Bearer …`). Whoever reads the repository has it. Write under `secrets` where it is, and `{{ secret.NAME }}` here; the quick fix does both.',
    example: playbook({
      bad: 'vars: { db_password: hunter22 }\nsteps:\n  - run: login {{ vars.db_password }}',
      good: 'secrets: { db_password: { ask: Password of the database } }\nsteps:\n  - run: login {{ secret.db_password }}',
    }),
  }),
];

/** Commands that a shell would not read as meant. */
export const shellRules: readonly Rule[] = [
  advice('shell/unclosed', 'error', {
    title: 'A quote, bracket or here-document that is not closed',
    text: 'The shell of the node would wait for more, or end with an error. Looked for without any other program.',
    example: playbook({ bad: "steps:\n  - run: echo 'it", good: "steps:\n  - run: echo 'it'" }),
  }),
  {
    ...advice('shellcheck', 'warning', {
      title: 'What ShellCheck says of a command',
      text: 'With [ShellCheck](https://www.shellcheck.net) on the machine every command of a POSIX shell is looked at by it. The codes are its own: `shellcheck/SC2086`. Its severity counts, and so does its `# shellcheck disable=SC2086` in the command.',
    }),
  },
];

/** Nodes and groups that are probably not what was meant. */
export const nodeRules: readonly Rule[] = [
  advice('inventory/elsewhere', 'info', {
    title: 'A node that another file has too',
    text: 'What both say is merged where both are read. If they are two machines, give one another name.',
    example: inventory({
      bad: 'nodes:\n  web1:\n',
      good: 'nodes:\n  web2:\n',
      files: { 'b.inventory.yaml': 'nodes:\n  web1: { port: 2222 }\n' },
    }),
  }),
  advice('inventory/same-address', 'info', {
    title: 'Two nodes with one address',
    text: 'Host, port and user are the same: a command on both would run twice on one machine.',
    example: inventory({
      bad: 'nodes:\n  a: { host: 10.0.0.5 }\n  b: { host: 10.0.0.5 }\n',
      good: 'nodes:\n  a: { host: 10.0.0.5 }\n  b: { host: 10.0.0.6 }\n',
    }),
  }),
  advice('inventory/empty-group', 'hint', {
    title: 'A group without nodes',
    text: 'Whatever is said of it counts for nothing.',
    example: inventory({
      bad: 'nodes:\n  a:\ngroups:\n  front:\n',
      good: 'nodes:\n  a:\ngroups:\n  front: a\n',
    }),
  }),
  advice('inventory/ungrouped', 'hint', {
    title: 'A node in no group and without a tag',
    text: 'The other nodes of the file have one. It is only reached by its name, or by `all`.',
    example: inventory({
      bad: 'nodes:\n  a:\n  b:\ngroups:\n  front: a\n',
      good: 'nodes:\n  a:\n  b:\ngroups:\n  front: a,b\n',
    }),
  }),
  advice('inventory/width', 'warning', {
    title: 'Numbers of different widths in one range',
    text: 'Some numbers between the brackets are filled up with zeros, and others are shorter: `web[01-05,6]` has `web6`, not `web06`. Fill them all up, or write two entries.',
    example: inventory({
      bad: 'nodes:\n  web[01-05,6-10]:\n',
      good: 'nodes:\n  web[01-05,06-10]:\n',
    }),
  }),
  advice('inventory/tag-typo', 'hint', {
    title: 'A tag that is probably misspelt',
    text: 'It is written once, and more than three times as many nodes have nearly the same tag.',
    example: inventory({
      bad: 'nodes:\n  a[1-4]: { tags: prod }\n  b: { tags: prdo }\n',
      good: 'nodes:\n  a[1-4]: { tags: prod }\n  b: { tags: prod }\n',
    }),
  }),
  advice('inventory/unknown-jump', 'warning', {
    title: 'A jump host that is probably misspelt',
    text: 'It is taken for a host name, because no node is called that; one is called nearly that.',
    example: inventory({
      bad: 'nodes:\n  bastion:\n  a: { jump: bastoin }\n',
      good: 'nodes:\n  bastion:\n  a: { jump: bastion }\n',
    }),
  }),
  advice('inventory/key-file', 'warning', {
    title: 'A key file that is not there, or that others may read',
    text: 'Logging in with it will fail: OpenSSH refuses a private key that other users of the machine may read (`chmod 600` mends that). The key is not read. Files outside of the workspace are looked for in the editor alone, in a trusted workspace, where their folder is on this machine; `muster check` looks for those of the workspace, and at no modes.',
    example: inventory({
      bad: 'nodes:\n  a: { identityFile: ./id_ed25519 }\n',
      good: 'nodes:\n  a: { identityFile: ~/.ssh/id_ed25519 }\n',
    }),
  }),
];

/** The rules themselves. */
export const ruleRules: readonly Rule[] = [
  advice('muster/unknown-rule', 'warning', {
    title: 'A rule that there is not',
    text: 'A comment `muster-ignore`, or `rules:` of a configuration, names a code that no diagnostic has.',
    example: {
      kind: 'inventory',
      bad: 'nodes:\n  a: # muster-ignore inventory/unkown-node\n',
      good: 'nodes:\n  a: # muster-ignore inventory/unknown-node\n',
    },
  }),
];

type Said = { readonly title: string; readonly text: string; readonly example?: Example };

function advice(code: string, level: Rule['level'], said: Said): Rule {
  return { code, level, by: 'editor', ...said };
}

type Sample = Omit<Example, 'kind'>;

/** Playbooks beside a small inventory; where no steps are written, one is. */
function playbook({ bad, good, files = {} }: Sample): Example {
  return {
    kind: 'playbook',
    bad: withSteps(bad),
    good: withSteps(good),
    files: { ...fleetFiles(), ...files },
  };
}

function withSteps(text: string): string {
  return text.includes('steps:') ? `${text}\n` : `${text}\nsteps:\n  - run: uptime\n`;
}

function fleetFiles(): Readonly<Record<string, string>> {
  return {
    '.muster/inventory.yaml':
      'nodes:\n  web[1-3]:\n  db1:\ngroups:\n  front: { nodes: "web[1-3]" }\n  back: { nodes: db1, vars: { http_port: 8080 } }\n',
  };
}

function inventory(sample: Sample): Example {
  return { kind: 'inventory', ...sample };
}
