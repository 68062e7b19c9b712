import assert from 'node:assert/strict';
import { placesOf } from './context.ts';

/** A broken file and what is said about it, with line and column. */
const table: readonly (readonly [text: string, ...problems: readonly string[]])[] = [
  ['nodes:\n  a: { hsot: x }\n', '2:8 Unknown key "hsot". Did you mean "host"?'],
  ['sauces: []\n', '1:1 Unknown key "sauces". Did you mean "sources"?'],
  ['sources: [{ type: command }]\n', '1:11 A command source needs "run".'],
  ['tags: { canary: web1 }\n', '1:17 There is no node "web1". Write it under "nodes" first.'],
  ['node:\n  a:\n', '1:1 Unknown key "node". Did you mean "nodes"?'],
  [
    'defaults: { host: x }\n',
    '1:13 Unknown key "host". Known here: transport, user, port, connectTimeout, knownHosts, identityFile, identitiesOnly, hostKeyAlias, auth, jump, proxyCommand, sshConfig, cwd.',
  ],
  [
    'nodes:\n  - a\n',
    '2:3 Expected a map of keys, found a list. Write each as a key: "a:" instead of "- a".',
  ],
  ['web01\n', '1:1 Expected a map of keys, found "web01".'],
  ['version: 2\n', '1:10 Expected 1, found 2.'],
  ['version: "1"\n', '1:10 Expected 1, found "1".'],
  ['nodes:\n  a: { port: "22" }\n', '2:14 Expected a number, found "22".'],
  ['nodes:\n  a: { port: 70000 }\n', '2:14 Expected a port number from 1 to 65535.'],
  ['nodes:\n  a: { port: 22.5 }\n', '2:14 Expected a whole number, found 22.5.'],
  [
    'nodes:\n  a: { transport: shs }\n',
    '2:19 Expected "ssh" or "openssh" or "local", found "shs". Did you mean "ssh"?',
  ],
  [
    'nodes:\n  a: { auth: [agent, keys] }\n',
    '2:22 Expected "agent" or "key" or "password", found "keys". Did you mean "key"?',
  ],
  [
    'nodes:\n  a: { connectTimeout: soon }\n',
    '2:24 "soon" is not a length of time. Write 30s, 10m or 1h30m.',
  ],
  ['nodes:\n  a: { vars: [1] }\n', '2:14 Expected a map of keys, found a list.'],
  ['nodes:\n  b: u@h:0\n', '2:6 0 is not a port. Write a number from 1 to 65535.'],
  [
    'nodes:\n  a: 5:5:5:x\n',
    '2:6 "5:5:5:x" is no address: with colons it would be IPv6, and it is not. Write an IP address or a host name.',
  ],
  [
    'nodes:\n  a: { user: x, host: 300.1.1.1 }\n  b: { transport: local, host: 300.1.1.1 }\n',
    '2:23 "300.1.1.1" is no address: its numbers go up to 255. Write an IP address or a host name.',
  ],
  [
    'nodes:\n  10.0.0.256:\n  v1..2:\n',
    '2:3 "10.0.0.256" is no address: its numbers go up to 255. Write an IP address or a host name.',
  ],
  [
    'nodes:\n  a: { jump: ops@10.0.0.1.1:22 }\n',
    '2:14 "10.0.0.1.1" is no address: it has more than four numbers. Write an IP address or a host name.',
  ],
  [
    'nodes:\n  a: { host: -oProxyCommand=x }\n',
    '2:14 The host "-oProxyCommand=x" begins with "-". Write a host name or an IP address.',
  ],
  [
    'nodes:\n  a: { host: $(id) }\n',
    '2:14 The host "$(id)" contains "$". Write a host name or an IP address.',
  ],
  [
    'nodes:\n  a: { user: "a;b" }\n',
    '2:14 The user "a;b" contains ";". Write the name of an account on the node.',
  ],
  [
    'nodes:\n  a: { user: "a\\nb" }\n',
    '2:14 The user "a␊b" contains "␊". Write the name of an account on the node.',
  ],
  ['nodes:\n  a: { jump: "x y" }\n', '2:14 The host "x y" contains " ". Write a host name or an IP address.'],
  ['nodes:\n  a/b:\n', '2:3 The host "a/b" contains "/". Give the node a "host".'],
  ['nodes:\n  a: { cwd: x }\n', '2:8 "cwd" is for nodes with "transport: local". Take it out.'],
  ['nodes:\n  all:\n', '2:3 "all" has a meaning of its own in selections. Choose another name.'],
  ['nodes:\n  -a:\n', '2:3 The name "-a" begins with "-". Use letters, digits and . _ - : @ % / +'],
  ['nodes:\n  a:\n  a:\n', '3:3 "a" is there already, on line 2. Keep one of them.'],
  ['nodes:\n  w[1-3]:\n  w2:\n', '3:3 Node "w2" is there already, on line 2. Keep one of them.'],
  ['nodes:\n  w[1-5]:\n  w[2-9]:\n', '3:3 Nodes w[2-5] are there already, "w2" on line 2. Keep one of them.'],
  ['nodes:\n  w[20-01]:\n', '2:4 The range 20-01 is backwards. Write 01-20.'],
  ['nodes:\n  "w[01-100]":\n', '2:5 The widths of 01 and 100 differ. Write 001-100.'],
  [
    'nodes:\n  w[1-2]: { host: x }\n',
    '2:13 2 nodes cannot have one host. Leave "host" out, or give each node a key of its own.',
  ],
  [
    'nodes:\n  w[1-999999999]:\n',
    '2:3 “w[1-999999999]” stands for 999,999,999 names, the limit is 100,000. Write a smaller range.',
  ],
  [
    'nodes:\n  web1:\ngroups:\n  g: { nodes: [web1, wbe1] }\n',
    '4:22 There is no node "wbe1". Did you mean "web1"?',
  ],
  ['nodes:\n  web1:\ngroups:\n  g: "web1,wbe1"\n', '4:12 There is no node "wbe1". Did you mean "web1"?'],
  ['nodes:\n  w[1-3]:\ngroups:\n  g: { nodes: "w[1-9]" }\n', '4:15 There are no nodes w[4-9].'],
  [
    'nodes:\n  w1:\ngroups:\n  g:\n    nodes: w1\n    groups:\n      - h\n',
    '7:9 There is no group "h". Write it under "groups" first.',
  ],
  [
    'groups:\n  a: { groups: [c, b] }\n  b: { groups: a }\n  c:\n',
    '2:20 Group "a" contains itself: a → b → a. Take one of them out.',
  ],
  ['groups:\n  a: { groups: a }\n', '2:16 Group "a" contains itself: a → a. Take one of them out.'],
  [
    'nodes:\n  a: { jump: b }\n  b: { jump: [c] }\n  c: { jump: a }\n',
    '2:14 Node "a" is reached through itself: a → b → c → a. Take one of the jumps out.',
  ],
  [
    'nodes:\n  a:\ngroups:\n  a:\n',
    '4:3 "a" is a node and a group. Rename one; until then selections must say node:a or group:a.',
  ],
  [
    'nodes:\n  a: { tags: [!prod] }\n',
    '2:15 YAML gives !prod a meaning of its own. Quote it: write "!prod".',
  ],
  ['nodes:\n  a: { user: &root }\n', '2:14 YAML gives &root a meaning of its own. Quote it: write "&root".'],
  ['nodes:\n  a: { user: ~ }\n', '2:14 YAML gives ~ a meaning of its own. Quote it: write "~".'],
  ['groups:\n  g: { nodes: *web }\n', '2:15 YAML gives *web a meaning of its own. Quote it: write "*web".'],
  [
    'groups:\n  g:\n    nodes: !!str "web1"\n',
    '3:12 YAML gives !!str "web1" a meaning of its own. Write "web1".',
  ],
  [
    'nodes:\n  *.example.com:\n  b:\n',
    '2:3 YAML gives *.example.com a meaning of its own. Quote it: write "*.example.com".',
  ],
  [
    'nodes:\n  a: { user: @me }\n',
    '2:14 Plain value cannot start with reserved character @. Quote it: write "@me".',
  ],
  [
    'nodes: { a: {}, web[01,03]: {} }\n',
    '1:20 Something is missing between the entries here. Quote it: write "web[01,03]".',
  ],
  [
    'nodes:\n  a: { vars: { x: !vault y } }\n',
    '2:19 Unknown YAML tag !vault. Quote the text if it is not meant as a tag.',
  ],
  [
    'nodes:\n  a: { vars: { x: .nan } }\n',
    '2:19 Only text, finite numbers, true, false, null, lists and maps are kept.',
  ],
  [
    'nodes:\n  a: { vars: { <<: { x: 1 } } }\n',
    '2:16 Merge keys are not read. Use "defaults" or the vars of a group.',
  ],
  [
    'nodes:\n  a: { vars: {{ b }} }\n',
    `2:14 YAML gives {{ at the beginning of a value a meaning of its own. Quote it: '{{ b }}'.`,
  ],
  ['nodes:\n  a: { vars: { x: *y } }\n', '2:19 Nothing above is marked &y.'],
  ['nodes:\n  a: { vars: &v { x: *v } }\n', '2:22 *v leads back into itself.'],
  ['nodes:\n  a: { user: "me }\n  b:\n', '2:14 The quote is not closed.'],
  ['nodes:\n\ta:\n', '2:1 Tabs are not allowed as indentation. Indent with spaces.'],
  ['nodes:\n  a:\n---\nnodes:\n', '3:1 The file has a second YAML document. Put it into a file of its own.'],
];

describe('problems of an inventory', () => {
  for (const [text, ...problems] of table) {
    it(`are at their place in ${JSON.stringify(text)}`, () => {
      assert.deepEqual(placesOf(text), problems);
    });
  }
});
