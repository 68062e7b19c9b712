import { aliasOf, bareModule } from './aliases.ts';

/** What is written here for something of Ansible; of some words that depends on the value that was given. */
type Advice = string | ((written: unknown) => string | undefined);

const command = (example: string): string => `Write the command behind "run", such as "run: ${example}".`;
const install = (example: string): string => `${command(example).slice(0, -1)}, with "sudo: true".`;

/** Modules of Ansible that people write first, as far as they are no words of ours. */
const modules: Readonly<Record<string, Advice>> = {
  apt: install('apt-get install -y NAME'),
  yum: install('yum install -y NAME'),
  dnf: install('dnf install -y NAME'),
  zypper: install('zypper install -y NAME'),
  apk: install('apk add NAME'),
  package: install('apt-get install -y NAME'),
  pip: command('pip install NAME'),
  service: install('systemctl restart NAME'),
  systemd: install('systemctl restart NAME'),
  systemd_service: install('systemctl restart NAME'),
  // One word of it stands for the user of a step.
  user: (written) => (isMap(written) ? install('useradd --create-home NAME') : undefined),
  group: (written) => (isMap(written) ? install('groupadd NAME') : undefined),
  authorized_key: install('install -m 600 -o NAME FILE /home/NAME/.ssh/authorized_keys'),
  debug: command('echo {{ vars.NAME }}'),
  file: `${command('mkdir -p PATH').slice(0, -1)}, or chmod, chown, ln -s.`,
  stat: `${command('test -e PATH').slice(0, -1)}, with "register: NAME" and "ignoreErrors: true".`,
  lineinfile: 'Write the whole file with "template", or a command such as "run: sed -i … FILE".',
  blockinfile: 'Write the whole file with "template", or a command such as "run: sed -i … FILE".',
  replace: 'Write the whole file with "template", or a command such as "run: sed -i … FILE".',
  cron: 'Put a file into /etc/cron.d with "copy" or "template".',
  git: command('git -C FOLDER pull'),
  unarchive: 'Carry the archive with "copy", and unpack it with "run: tar -xf FILE -C FOLDER".',
  synchronize: 'Write "copy: { from: ./FOLDER, to: /FOLDER/ }".',
  get_url: command('curl -fsSL -o FILE URL'),
  assert: 'Write "fail: MESSAGE" with "when" and the opposite of what has to hold.',
  include_tasks: 'Write "task: ./FILE.task.yaml", a file with the same steps in the words of Muster.',
  import_tasks: 'Write "task: ./FILE.task.yaml", a file with the same steps in the words of Muster.',
  include_role: 'Write "task: ./FILE.task.yaml", a file with the steps of the role in the words of Muster.',
  import_role: 'Write "task: ./FILE.task.yaml", a file with the steps of the role in the words of Muster.',
  setup: 'Take it out: no step has to collect facts.',
  gather_facts: 'Take it out: no step has to collect facts.',
};

/** Options of a task of Ansible. */
const ofTasks: Readonly<Record<string, Advice>> = {
  args: (written) => (isMap(written) && has(written, 'chdir') ? 'Write "cwd: FOLDER".' : undefined),
  async: 'Write how long it may take: "timeout: 10m".',
  poll: 'Write how long it may take: "timeout: 10m".',
  delay: 'Write it in the retries: "retries: { count: 3, delay: 5s }".',
  become_method: 'Write "runAs: { user: root, method: sudo }".',
  check_mode: 'Take it out: "muster play --dry-run-on-nodes" tries a playbook.',
  diff: 'Take it out: "muster play --dry-run-on-nodes" tries a playbook.',
  vars: 'Write "set: { NAME: VALUE }" as a step before it.',
};

const sudo = 'Write "sudo: true" or "runAs: USER" at the steps.';
const whole = 'It is a word of Ansible. Take it out, or run the playbook as it is with "ansible: { playbook: ./FILE }".'; // prettier-ignore

/** What stands at the top of a play of Ansible. */
const ofPlays: Readonly<Record<string, Advice>> = {
  serial: (written) => `Write "strategy: { mode: rolling, waves: [${wavesOf(written)}] }".`,
  forks: (written) => `Write "strategy: { concurrency: ${scalar(written, '10')} }".`,
  max_fail_percentage: (written) => `Write "strategy: { maxFailures: ${scalar(written, '10')}% }".`,
  any_errors_fatal: 'Write "strategy: { stopOnFailure: true }".',
  become: sudo,
  become_user: sudo,
  become_method: sudo,
  remote_user: 'Write "user" at the nodes in the inventory.',
  connection: 'Write "transport" at the nodes in the inventory.',
  port: 'Write "port" at the nodes in the inventory.',
  vars_prompt: 'Write it under "params", with "required: true".',
  pre_tasks: 'Write its steps first under "steps".',
  post_tasks: 'Write its steps last under "steps", or under "finally" where they run whatever happens.',
  roles: 'Write the steps of a role into a task file, and "task: ./FILE.task.yaml" under "steps".',
  gather_facts: 'Take it out: nothing has to be collected first.',
  vars_files: whole,
  collections: whole,
  force_handlers: whole,
};

const askedFor = 'Take it out, and write "auth: [password]": passwords are asked for where a node wants one, and are in no inventory.'; // prettier-ignore
const atSteps =
  'Take it out, and write "sudo: true" at the steps, or --run-as on the command line: nodes have no such setting.';
const ways = 'Write "jump: HOST" for a way through another host, "proxyCommand" for a command.';

/** Variables of Ansible that are settings, and what people write beside them. */
const ofNodes: Readonly<Record<string, Advice>> = {
  password: askedFor,
  pass: askedFor,
  passphrase: 'Take it out: it is asked for where a key has one.',
  ansible_password: askedFor,
  ansible_ssh_pass: askedFor,
  ansible_ssh_password: askedFor,
  ansible_become: atSteps,
  ansible_become_user: atSteps,
  ansible_become_method: atSteps,
  ansible_become_password: atSteps,
  ansible_become_pass: atSteps,
  become: atSteps,
  sudo: atSteps,
  ansible_ssh_common_args: ways,
  ansible_ssh_extra_args: ways,
  ansible_python_interpreter: 'Take it out: nothing but a shell is needed on the node.',
  groups: 'Write it at the group: "groups: { NAME: { nodes: [NODE] } }".',
};

const ofAnsible =
  'So inventories of Ansible begin. Keep it in a file of its own, and name that under "sources": { type: ansible, path: ./FILE }.';

/** What nobody else has at the top of an inventory. */
const ofInventories: Readonly<Record<string, Advice>> = {
  all: ofAnsible,
  ungrouped: ofAnsible,
  _meta: ofAnsible,
  vars: 'Write it at a group with all nodes: "groups: { NAME: { nodes: …, vars: … } }".',
};

/** The tables, each with a key that is known where its words are meant. */
const tables: readonly (readonly [beside: string, words: Readonly<Record<string, Advice>>])[] = [
  ['changedWhen', { ...modules, ...ofTasks }],
  ['strategy', ofPlays],
  ['hostKeyAlias', ofNodes],
  ['sources', ofInventories],
];

/** What to do about a word of another tool, by the keys that are known where it stands and the value that it was given. */
export function foreignAdvice(word: string, known: readonly string[], written: unknown): string | undefined {
  const [beside, words] = tables.find(([key]) => known.includes(key)) ?? [];
  const own = beside === 'changedWhen' ? bareModule(word) : word;
  const advice = words && Object.hasOwn(words, own) ? words[own] : undefined;
  const said = typeof advice === 'function' ? advice(written) : advice;
  return said ?? (aliasOf(word, known) === undefined ? byForm(word, { beside, written }) : undefined);
}

function byForm(
  word: string,
  { beside, written }: { readonly beside: string | undefined; readonly written: unknown },
): string | undefined {
  if (beside === 'changedWhen' && /^\w+\.\w+\.\w+$/.test(word) && bareModule(word) === word)
    return 'It is a module of Ansible. Write the command behind "run", or run the whole playbook with "ansible: { playbook: ./FILE }".';
  if (beside === 'hostKeyAlias' && word.startsWith('ansible_'))
    return 'Take it out, or write it under "vars".';
  if (beside !== 'sources') return undefined;
  if (isMap(written) && (has(written, 'hosts') || has(written, 'children'))) return ofAnsible;
  const isNode = isMap(written) && Object.keys(written).some((key) => /^ansible_|^host$|^user$/.test(key));
  return isNode ? 'Write it below "nodes:".' : undefined;
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function has(value: object, key: string): boolean {
  return Object.hasOwn(value, key);
}

function wavesOf(written: unknown): string {
  return Array.isArray(written) ? written.join(', ') : scalar(written, '2');
}

function scalar(written: unknown, otherwise: string): string {
  return /^\d{1,6}%?$/.test(String(written)) ? String(written).slice(0, 7) : otherwise;
}
