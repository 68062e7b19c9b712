import type { Rule } from './rule.ts';

/** Keys and values that a kind of file does not have. */
export const schemaRules: readonly Rule[] = [
  {
    code: 'schema/unknown-key',
    title: 'A key that there is not',
    level: 'error',
    by: 'engine',
    text: 'A misspelt key would be a setting that silently does not count. The message has the nearest key, also for keys that other tools use.',
    example: {
      kind: 'playbook',
      bad: 'hosts: all\nsteps:\n  - run: uptime\n',
      good: 'targets: all\nsteps:\n  - run: uptime\n',
      files: { '.muster/inventory.yaml': 'nodes:\n  a:\n' },
    },
  },
  {
    code: 'schema/missing-key',
    title: 'A key that has to be there',
    level: 'error',
    by: 'engine',
    text: 'The quick fix writes it.',
    example: { kind: 'playbook', bad: 'name: Deploy\n', good: 'name: Deploy\nsteps:\n  - run: uptime\n' },
  },
  {
    code: 'schema/type',
    title: 'A value of another kind',
    level: 'error',
    by: 'engine',
    text: 'Text, a number, a list or a map is expected here. `yes`, `on` and quoted words are text in YAML 1.2, not true.',
    example: {
      kind: 'playbook',
      bad: 'steps:\n  - run: uptime\n    sudo: yes\n',
      good: 'steps:\n  - run: uptime\n    sudo: true\n',
    },
  },
  {
    code: 'schema/value',
    title: 'A value that does not fit',
    level: 'error',
    by: 'engine',
    text: 'The value is of the right kind, but not one that is understood: a word that there is not, a length of time without a unit that is known, a port above 65535.',
    example: {
      kind: 'playbook',
      bad: 'strategy: { mode: roling }\nsteps:\n  - run: uptime\n',
      good: 'strategy: { mode: rolling }\nsteps:\n  - run: uptime\n',
    },
  },
  {
    code: 'schema/too-many',
    title: 'More mistakes than are listed',
    level: 'error',
    by: 'engine',
    text: 'The file is probably of another kind.',
  },
];
