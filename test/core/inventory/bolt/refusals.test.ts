import assert from 'node:assert/strict';
import { parseBolt } from '../../../../core/inventory/bolt/parseBolt.ts';
import { inputOf, problemsOf } from '../hosts/read.ts';

function problemsIn(text: string): string[] {
  return problemsOf(parseBolt(inputOf(text)));
}

describe('What Bolt refuses or warns of', () => {
  const plugin = (name: string) =>
    `This inventory needs Bolt's plugin "${name}": what it would list here is not known. Muster executes no plugins. List the targets here, or print them with a command source.`;
  const rename =
    'Rename "nodes" to "targets", and "name" in its entries to "uri"; `bolt project migrate` does that too.';
  const refusals: readonly (readonly [string, readonly string[]])[] = [
    [
      'version: 1\nnodes: [web1]',
      [
        `1:10 bolt/version Inventories of version 1 are not read. ${rename} Then write "version: 2".`,
        `2:1 bolt/version Group "all" has "nodes": this is an inventory of version 1, which is not read. ${rename}`,
      ],
    ],
    ['version: 3', ['1:10 bolt/version There is no version 3 of Bolt\'s inventories. Write "version: 2".']],
    [
      '- web1',
      ['1:1 bolt/type The inventory is a list; Bolt wants a map. Write "targets:" or "groups:" with a list.'],
    ],
    [
      'targets: web1',
      ['1:10 bolt/type "targets" is text; Bolt wants a list. Write "targets: [web1, web2]".'],
    ],
    ['targets: [12]', ['1:11 bolt/target A target is text or a map, not a number. Put it in quotes.']],
    [
      'targets: [{ vars: { a: 1 } }]',
      ['1:11 bolt/target The target has neither "name" nor "uri". Write "uri: web1.example.com".'],
    ],
    ['targets: [{ name: [a] }]', ['1:19 bolt/name The name of the target is a list. Put it in quotes.']],
    [
      'targets: [größe]',
      ['1:11 bolt/name The name "größe" has other characters than ASCII. Bolt takes ASCII only.'],
    ],
    ['targets: ["a b"]', ['1:11 bolt/uri The host "a b" contains " ". Write a host name or an IP address.']],
    [
      'targets: [{ name: "a,b" }]',
      ['1:19 bolt/name The name "a,b" has spaces or commas. Write a name without spaces and commas.'],
    ],
    [
      'targets: ["z://web1"]',
      [
        '1:11 bolt/transport There is no transport "z". Write one of docker, jail, local, lxd, pcp, podman, remote, ssh, winrm.',
      ],
    ],
    [
      'targets: ["web1:ssh"]',
      ['1:11 bolt/uri This is no uri that Bolt can read. Write ssh://user@host:22, or [2001:db8::1]:22.'],
    ],
    [
      'targets: ["-oProxyCommand=x"]',
      ['1:11 bolt/uri The host "-oProxyCommand=x" begins with "-". Write a host name or an IP address.'],
    ],
    [
      'targets: ["$(id)@web1"]',
      ['1:11 bolt/uri The user "$(id)" contains "$". Write the name of an account on the node.'],
    ],
    [
      'groups: [{ targets: [a] }]',
      ['1:10 bolt/group The group has no name. Write "- name: web" and its "targets".'],
    ],
    [
      'groups: [{ name: "a b" }]',
      ['1:18 bolt/name The name "a b" has spaces or commas. Write a name without spaces and commas.'],
    ],
    [
      'groups: [{ name: a }, { name: a }]',
      ['1:31 bolt/repeated-group Group "a" is there already, on line 1. A group stands in one place only.'],
    ],
    [
      'groups: [{ name: all }]',
      [
        '1:18 bolt/repeated-group Group "all" is there already: the top level. A group stands in one place only.',
      ],
    ],
    [
      'groups: [{ name: a, targets: [a] }]',
      ['1:31 bolt/taken-name "a" is a target and a group, on line 1. Rename one.'],
    ],
    [
      'targets: [{ name: a, uri: x, alias: b }, { name: c, uri: y, alias: b }]',
      ['1:68 bolt/taken-name The alias "b" is taken by an alias, on line 1. Choose another.'],
    ],
    [
      'targets: [{ uri: a, alias: a }]',
      ['1:28 bolt/taken-name The alias "a" is taken by a target, on line 1. Choose another.'],
    ],
    [
      'targets: [{ uri: a, alias: "b c" }]',
      ['1:28 bolt/name The name "b c" has spaces or commas. Write a name without spaces and commas.'],
    ],
    ['vars: [a]', ['1:7 bolt/type "vars" is a list; Bolt wants a map. Write a map, or leave "vars" out.']],
    [
      'features: shell',
      ['1:11 bolt/type "features" is text; Bolt wants a list. Write a list, or leave "features" out.'],
    ],
    [
      'config: { transport: z }',
      [
        '1:22 bolt/transport There is no transport "z". Write one of docker, jail, local, lxd, pcp, podman, remote, ssh, winrm.',
      ],
    ],
    ['config: { ssh: { port: "22" } }', ['1:24 bolt/type "port" is text; Bolt wants a whole number.']],
    [
      'config: { ssh: { port: 70000 } }',
      ['1:24 bolt/value 70000 is not a port. Write a number from 1 to 65535.'],
    ],
    [
      'config: { ssh: { host-key-check: "false" } }',
      ['1:34 bolt/type "host-key-check" is text; Bolt wants true or false.'],
    ],
    [
      'config: { ssh: { user: "a;b" } }',
      ['1:24 bolt/user The user "a;b" contains ";". Write the name of an account on the node.'],
    ],
    [
      'config: { ssh: { proxyjump: "-x" } }',
      ['1:29 bolt/proxyjump The host "-x" begins with "-". Write a host name or an IP address.'],
    ],
    [
      'config: { ssh: { private_key: x } }',
      [
        '1:18 bolt/unknown-key Bolt does not know "private_key", and it has no effect. Did you mean "private-key"?',
      ],
    ],
    [
      'target: [a]',
      ['1:1 bolt/unknown-key Bolt does not know "target", and it has no effect. Did you mean "targets"?'],
    ],
    ['targets: { _plugin: puppetdb, query: x }', [`1:10 bolt/plugin ${plugin('puppetdb')}`]],
    ['targets:\n  - _plugin: terraform\n  - web1', [`2:5 bolt/plugin ${plugin('terraform')}`]],
    [
      'groups: [{ name: a, targets: [{ uri: { _plugin: env_var } }] }]',
      [`1:38 bolt/plugin ${plugin('env_var')}`],
    ],
    ['_plugin: yaml\nfilepath: x', [`1:1 bolt/plugin ${plugin('yaml')}`]],
    ['targets: [web1', ['1:10 yaml/bad-indent The "[" is not closed. Write "]" at its end.']],
  ];
  for (const [text, expected] of refusals) {
    it(`says what is wrong with ${JSON.stringify(text)}`, () => assert.deepEqual(problemsIn(text), expected));
  }

  it('says on which line a target is that is there twice', () => {
    assert.deepEqual(problemsIn('targets:\n  - { uri: a, vars: { x: 1 } }\n  - { uri: a, vars: { x: 2 } }'), [
      '3:12 bolt/repeated-target Target "a" is in this group already, on line 2: this entry has no effect. Take one out.',
    ]);
  });
});
