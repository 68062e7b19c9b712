/** Modules of Ansible that people write first, as far as they are no words of ours. */
const modules = `
  apt yum dnf package pip service systemd debug lineinfile blockinfile
  file stat cron git unarchive get_url raw assert reboot set_fact
  synchronize authorized_key include_role import_role docker_container mount sysctl replace meta
`
  .trim()
  .split(/\s+/);

/** Words of Ansible that no key of ours stands for: what they are, and what is written here instead. */
const foreign: readonly {
  readonly words: readonly string[];
  /** A key that is known where this is said. */
  readonly beside: string;
  readonly advice: string;
}[] = [
  {
    words: modules,
    beside: 'changedWhen',
    advice:
      'It is a module of Ansible. Write the command behind "run", or run the whole playbook with "ansible: { playbook: ./FILE }".',
  },
  {
    words: ['serial'],
    beside: 'strategy',
    advice: 'Write "strategy: { mode: rolling, waves: [2] }".',
  },
  {
    words: ['become', 'become_user', 'become_method', 'remote_user'],
    beside: 'strategy',
    advice: 'Write "sudo: true" or "runAs: USER" at the steps.',
  },
  {
    words: ['gather_facts', 'vars_files', 'roles', 'pre_tasks', 'post_tasks'],
    beside: 'strategy',
    advice:
      'It is a word of Ansible. Take it out, or run the playbook as it is with "ansible: { playbook: ./FILE }".',
  },
  {
    words: ['password', 'ansible_password', 'ansible_ssh_pass', 'passphrase'],
    beside: 'hostKeyAlias',
    advice: 'Take it out: passwords are asked for where a node wants one, and are in no inventory.',
  },
  {
    words: ['ansible_become', 'ansible_become_user', 'become', 'sudo'],
    beside: 'hostKeyAlias',
    advice: 'Take it out, and write "sudo: true" at the steps, or --run-as on the command line.',
  },
  {
    words: ['all', 'ungrouped', '_meta'],
    beside: 'sources',
    advice:
      'So inventories of Ansible begin. Keep it in a file of its own, and name that under "sources": { type: ansible, path: ./FILE }.',
  },
];

/** What to do about a word of another tool, by the keys that are known where it stands. */
export function foreignAdvice(word: string, known: readonly string[]): string | undefined {
  return foreign.find(({ words, beside }) => words.includes(word) && known.includes(beside))?.advice;
}
