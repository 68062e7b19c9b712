import type { Example, Rule } from './rule.ts';

const fleet = 'nodes:\n  web[1-2]:\n  twice:\ngroups:\n  front: web[1-2]\n  twice: web1\n';

const warnings: ReadonlySet<string> = new Set([
  'READDED',
  'NO_FACTS',
  'SOURCE_MISSING',
  'PICK',
  'GROUP_GONE',
]);

/** What the engine refuses or warns about in inventories. */
export const inventoryRules: readonly Rule[] = [
  rule('name', 'A name that no node can have', [
    'Names are made of letters, digits and `_ . -`; ranges stand in brackets.',
    {
      bad: 'nodes:\n  "-x": 10.0.0.5\n',
      good: 'nodes:\n  x: 10.0.0.5\n',
    },
  ]),
  rule('host', 'A name that is no host name', [
    'Without `host` the name is what is connected to.',
    {
      bad: 'nodes:\n  web@1:\n',
      good: 'nodes:\n  web@1: { host: 10.0.0.5 }\n',
    },
  ]),
  rule('address', 'A host that looks like an address and is none', [
    'Nothing can ever answer there: a number above 255, more than four numbers, colons that make no IPv6 address, or nothing between two dots.',
    {
      bad: 'nodes:\n  a: { host: 300.1.1.1 }\n',
      good: 'nodes:\n  a: { host: 30.1.1.1 }\n',
    },
  ]),
  rule('repeated-node', 'A node twice', [
    'Only one of the entries could count. Keep one.',
    {
      bad: 'nodes:\n  web[1-3]:\n  web2: { port: 2222 }\n',
      good: 'nodes:\n  web[1,3]:\n  web2: { port: 2222 }\n',
    },
  ]),
  rule('shared-host', 'One host for several nodes', [
    'A range with `host` would be one machine under many names.',
    {
      bad: 'nodes:\n  web[1-3]: { host: 10.0.0.5 }\n',
      good: 'nodes:\n  web1: { host: 10.0.0.5 }\n',
    },
  ]),
  rule('unknown-node', 'A member that there is not', [
    'A group or tag that is smaller than was meant would run on fewer nodes, or leave fewer out.',
    {
      bad: 'nodes:\n  web1:\ngroups:\n  front: wbe1\n',
      good: 'nodes:\n  web1:\ngroups:\n  front: web1\n',
    },
  ]),
  rule('unknown-group', 'A group that there is not', [
    'Write it under `groups`, or mend the name.',
    {
      bad: 'nodes:\n  web1:\ngroups:\n  front: web1\n  site: { groups: fornt }\n',
      good: 'nodes:\n  web1:\ngroups:\n  front: web1\n  site: { groups: front }\n',
    },
  ]),
  rule('group-cycle', 'A group that contains itself', [
    'Take one of the groups of the circle out.',
    {
      bad: 'nodes:\n  a:\ngroups:\n  x: { groups: y, nodes: a }\n  y: { groups: x }\n',
      good: 'nodes:\n  a:\ngroups:\n  x: { groups: y, nodes: a }\n  y: a\n',
    },
  ]),
  rule('jump-cycle', 'A node that is reached through itself', [
    'Take one of the jumps out.',
    {
      bad: 'nodes:\n  a: { jump: b }\n  b: { jump: a }\n',
      good: 'nodes:\n  a: { jump: b }\n  b:\n',
    },
  ]),
  rule('cwd', 'A folder for a node that is not local', [
    '`cwd` is where local nodes work; a step has a `cwd` of its own.',
    {
      bad: 'nodes:\n  a: { cwd: /srv }\n',
      good: 'nodes:\n  a: { transport: local, cwd: /srv }\n',
    },
  ]),
  {
    ...rule('ambiguous-name', 'A node and a group of one name', [
      'A selection has to say `node:` or `group:` then. Rename one of them.',
      {
        bad: 'nodes:\n  web:\ngroups:\n  web: web\n',
        good: 'nodes:\n  web:\ngroups:\n  front: web\n',
      },
    ]),
    level: 'warning',
  },
  {
    ...rule('host-keys', 'Host keys that are not checked', [
      'A source asks for connections without looking at host keys. They are checked all the same.',
    ]),
    level: 'warning',
  },
  rule('unreadable', 'An inventory that cannot be read', ['The message says why.']),
  rule('binary', 'An inventory that is no text', ['It has a NUL byte. Look whether it is the right file.']),
  rule('encoding', 'An inventory that is not UTF-8', ['Save it as UTF-8.']),
  rule('unsafe', 'A setting that could act', [
    'A name, a port or a path has characters that it cannot have.',
  ]),
  rule('blocked', 'A node that nothing may run on', ['Its source has errors; the message says which.']),
  rule('too-heavy', 'A file that took too long to read', ['Split it.']),
];

/** What the engine refuses of expressions that choose nodes. */
export const selectionRules: readonly Rule[] = [
  selection('SYNTAX', 'An expression that cannot be read', [
    'The grammar is in [selections](../selection.md).',
    ['web1 &', 'web1'],
  ]),
  selection('UNKNOWN', 'Nodes, groups or tags that there are not', [
    'Nothing runs while a name is unknown: a typing mistake after `!` would run on more nodes than meant.',
    ['@fornt', '@front'],
  ]),
  selection('AMBIGUOUS', 'A name that is a node and a group', [
    'Write `node:` or `group:` before it.',
    ['twice', 'node:twice'],
  ]),
  selection('READDED', 'Nodes that were excluded and are added again', [
    'An expression is read from left to right. Put the exclusion last.',
    ['all !web1,web1', 'all,web1 !web2'],
  ]),
  selection('TOO_MANY', 'A range of too many names', [
    'Write a smaller range.',
    ['web[1-9999999]', 'web[1-2]'],
  ]),
  selection('FILE', 'A file of selections that cannot be read', [
    'Paths begin at the folder of the playbook.',
  ]),
  selection('NO_FACTS', 'A question about a fact that is not known', [
    'Nodes without the fact are neither in nor out.',
  ]),
  selection('INCOMPLETE', 'An exclusion that may be smaller than meant', [
    'While a source is not used, only names of nodes can be excluded.',
  ]),
  selection('SOURCE_MISSING', 'A source that is not used', ['What is selected may be less than meant.']),
  selection('PICK', 'A part of a selection that there is not', ['Said when something runs.']),
  selection('EMPTY', 'An expression that stands for no nodes', ['Said when something runs.']),
  selection('GROUP_GONE', 'A saved selection has a group that is gone', ['Said when something runs.']),
];

function rule(
  name: string,
  title: string,
  [text, example]: readonly [text: string, example?: Omit<Example, 'kind'>],
): Rule {
  return {
    code: `inventory/${name}`,
    title,
    level: 'error',
    by: 'engine',
    text,
    ...(example && { example: { kind: 'inventory', ...example } }),
  };
}

function selection(
  name: string,
  title: string,
  [text, targets]: readonly [text: string, targets?: readonly [bad: string, good: string]],
): Rule {
  const playbook = (written: string): string => `targets: ${written}\nsteps:\n  - run: uptime\n`;
  const quoted = (written: string): string => playbook(`'${written}'`);
  return {
    code: `SELECTION_${name}`,
    title,
    level: warnings.has(name) ? 'warning' : 'error',
    by: 'engine',
    text,
    ...(targets && {
      example: {
        kind: 'playbook',
        bad: quoted(targets[0]),
        good: quoted(targets[1]),
        files: { '.muster/inventory.yaml': fleet },
      },
    }),
  };
}
