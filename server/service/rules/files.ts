import type { Rule } from './rule.ts';

/** What the engine refuses of configurations and policies beyond their schema. */
export const configRules: readonly Rule[] = [
  ofUser('limits', 'limits for all batches of a machine', 'limits: { queue: 5 }\n'),
  ofUser('journal', 'what is kept in the journal', 'journal: { keep: 30d }\n'),
  ofUser('history', 'what is kept of the history', 'history: { keep: 30d }\n'),
  {
    code: 'config/file',
    title: 'A configuration that cannot be read',
    level: 'error',
    by: 'engine',
    text: 'The message says why.',
  },
  {
    code: 'policy/file',
    title: 'A policy file that cannot be used',
    level: 'error',
    by: 'engine',
    text: 'Others could write it, or it cannot be read. Everything is denied until it is right.',
  },
];

/** The example is a file of a workspace: `.muster/config.yaml`. */
function ofUser(name: string, what: string, bad: string): Rule {
  return {
    code: `config/${name}`,
    title: `A workspace says ${what}`,
    level: 'error',
    by: 'engine',
    text: 'A workspace comes from somebody else, so it says nothing about this machine. Move it to `~/.config/muster/config.yaml`.',
    example: { kind: 'config', bad, good: 'defaults: { concurrency: 5 }\n' },
  };
}

/** Inventories of other tools: their problems have codes of their own, and one page for each format. */
export const foreignRules: readonly Rule[] = [
  foreign('ansible', 'Ansible', 'what only Ansible itself can fill in or that Muster reads another way'),
  foreign('bolt', 'Bolt', 'plugins and keys that Muster does not use'),
  foreign('clustershell', 'ClusterShell', 'group sources that need a command or a map'),
  foreign('csv', 'table', 'columns and rows that cannot be read'),
  foreign('folders', 'folder', 'folders that there are not'),
  foreign('hosts', 'list of hosts', 'lines that name no host'),
  foreign('ssh-config', 'OpenSSH', 'keywords and values that Muster does not use'),
  foreign('command', 'command', 'commands that gave no inventory'),
];

function foreign(code: string, format: string, what: string): Rule {
  return {
    code,
    title: `Something in a source of the kind ${format}`,
    level: 'warning',
    by: 'engine',
    text: `\`muster check\` tells of ${what}. The codes begin with \`${code}/\`; the message says what to do.`,
  };
}
