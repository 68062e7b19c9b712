import assert from 'node:assert/strict';
import { editInventory } from '../../../../core/inventory/edit/editInventory.ts';
import { applyEdits } from '../../../../core/inventory/edit/textEdits.ts';
import type { EditQuery } from '../../../../core/inventory/edit/editQuery.ts';

type Type = EditQuery['change']['type'];

function edit(text: string, [type, name, ...nodes]: readonly [Type, string, ...string[]]): string {
  const result = editInventory({ path: 'inventory.yaml', text, change: { type, name, nodes } });
  return result.ok ? applyEdits(text, result.value.edits) : `refused: ${result.error.message}`;
}

const web = 'nodes:\n  web[01-20]: { tags: [web, prod], vars: { port: 1 } } # all\n  db1: { tags: db }\n';

/** What is done, to what, and what comes out. */
type Case = readonly [
  why: string,
  change: readonly [Type, string, ...string[]],
  before: string,
  after: string,
];

const tagCases: readonly Case[] = [
  [
    'adds to the own list of an entry',
    ['add-tag', 'x', 'db1'],
    web,
    web.replace('tags: db', 'tags: [db, x]'),
  ],
  [
    'adds nodes of a range under tags, made at the end',
    ['add-tag', 'canary', 'web03', 'web07'],
    web,
    `${web.trimEnd()}\ntags:\n  canary: web[03,07]\n`,
  ],
  [
    'makes tags behind groups, indented as the file is',
    ['add-tag', 'x', 'a'],
    'nodes:\n    a: # one\ngroups:\n    g: a # in\n\n# sources\nsources: []\n',
    'nodes:\n    a: # one\ngroups:\n    g: a # in\ntags:\n    x: a\n\n# sources\nsources: []\n',
  ],
  [
    'folds into what is there',
    ['add-tag', 'canary', 'web04', 'db1'],
    `${web}tags:\n  canary: 'web[03], web07' # few\n`,
    `${web}tags:\n  canary: 'web[03-04,07], db1' # few\n`,
  ],
  [
    'adds an entry to tags in braces',
    ['add-tag', 'z', 'web04'],
    `${web}tags: { x: web03 }\n`,
    `${web}tags: { x: web03, z: web04 }\n`,
  ],
  [
    'fills empty tags',
    ['add-tag', 'z', 'web04'],
    `${web}tags: # none yet\n`,
    `${web}tags: # none yet\n  z: web04\n`,
  ],
  [
    'fills tags: {}',
    ['add-tag', 'z', 'web04'],
    `${web}tags: {} # none\n`,
    `${web}tags: { z: web04 } # none\n`,
  ],
  [
    'adds a line to a list of lines',
    ['add-tag', 'x', 'a'],
    'nodes:\r\n  a:\r\n    tags:\r\n    - b # c\r\n    port: 1\r\n',
    'nodes:\r\n  a:\r\n    tags:\r\n    - b # c\r\n    - x\r\n    port: 1\r\n',
  ],
  [
    'keeps a comment with its item',
    ['add-tag', 'x', 'a'],
    'nodes:\n  a: { tags: [\n    b, # one\n    c # two\n    ] }\n',
    'nodes:\n  a: { tags: [\n    b, # one\n    c, # two\n    x\n    ] }\n',
  ],
  [
    'quotes what YAML would not read',
    ['add-tag', 'a:b', 'db1'],
    web,
    web.replace('tags: db', 'tags: [db, "a:b"]'),
  ],
  [
    'leaves an entry alone that an alias repeats',
    ['add-tag', 'x', 'a'],
    'nodes:\n  a: &s { tags: [b] }\n  c: *s\n',
    'nodes:\n  a: &s { tags: [b] }\n  c: *s\ntags:\n  x: a\n',
  ],
  ['does nothing where the tag is there', ['add-tag', 'prod', 'web01'], web, web],
  [
    'does nothing where the tag comes from a group',
    ['add-tag', 'x', 'a'],
    'nodes: { a: }\ngroups: { g: { nodes: a, tags: x } }\n',
    'nodes: { a: }\ngroups: { g: { nodes: a, tags: x } }\n',
  ],
  [
    'stays JSON in a file of JSON',
    ['add-tag', 'x', 'a'],
    '{\n  "nodes": {\n    "a": {}\n  }\n}\n',
    '{\n  "nodes": {\n    "a": {}\n  },\n  "tags": { "x": "a" }\n}\n',
  ],
  [
    'splits a range in its order, all with its settings, the comment with the first',
    ['remove-tag', 'prod', 'web03', 'web20'],
    web,
    'nodes:\n  web[01-02]: { tags: [web, prod], vars: { port: 1 } } # all\n' +
      '  web03: { tags: [web], vars: { port: 1 } }\n' +
      '  web[04-19]: { tags: [web, prod], vars: { port: 1 } }\n' +
      '  web20: { tags: [web], vars: { port: 1 } }\n  db1: { tags: db }\n',
  ],
  [
    'leaves no empty tags in a part of a range',
    ['remove-tag', 'x', 'r3'],
    'nodes:\n  r[1-5]: { tags: x, user: me } # five\n',
    'nodes:\n  r[1-2]: { tags: x, user: me } # five\n  r3: { user: me }\n  r[4-5]: { tags: x, user: me }\n',
  ],
  [
    'leaves no empty tags in a part of a range that has nothing else',
    ['remove-tag', 'x', 'r1'],
    'nodes: { "r[1-2]": { tags: [x] }, z: }\n',
    'nodes: { "r1": {}, "r2": { tags: [x] }, z: }\n',
  ],
  [
    'takes a tag from the nodes that have it',
    ['remove-tag', 'x', 'a', 'b'],
    'nodes: { a: { tags: [x, y] }, b: { tags: y } }\n',
    'nodes: { a: { tags: [y] }, b: { tags: y } }\n',
  ],
  [
    'splits a range over several lines',
    ['remove-tag', 'b', 'w1'],
    'nodes:\n  w[1-3]: # three\n    user: me # who\n    tags:\n      - a\n      - b\n  x:\n',
    'nodes:\n  w1: # three\n    user: me # who\n    tags:\n      - a\n' +
      '  w[2-3]:\n    user: me\n    tags:\n      - a\n      - b\n  x:\n',
  ],
  ['leaves an empty list', ['remove-tag', 'db', 'db1'], web, web.replace('tags: db', 'tags: []')],
  [
    'takes a node out of tags, and the line with the last one',
    ['remove-tag', 'x', 'a', 'b'],
    'nodes: { a: , b: , c: }\ntags:\n  x: [a, b]\n  y: c\n',
    'nodes: { a: , b: , c: }\ntags:\n  y: c\n',
  ],
  [
    'keeps a line with a comment',
    ['remove-tag', 'x', 'a'],
    'nodes: { a: , b: }\ntags:\n  x: a # why\n',
    'nodes: { a: , b: }\ntags:\n  x: [] # why\n',
  ],
  [
    'takes it from both places',
    ['remove-tag', 'x', 'a'],
    'nodes: { a: { tags: [x, y] }, b: }\ntags: { x: "a,b" }\n',
    'nodes: { a: { tags: [y] }, b: }\ntags: { x: "b" }\n',
  ],
];

const groupCases: readonly Case[] = [
  [
    'folds in place',
    ['add-to-group', 'g', 'web04', 'db1'],
    `${web}groups:\n  g: { nodes: "web[01-03]", vars: { a: 1 } } # c\n`,
    `${web}groups:\n  g: { nodes: "web[01-04],db1", vars: { a: 1 } } # c\n`,
  ],
  [
    'writes into the short form',
    ['add-to-group', 'g', 'db1'],
    `${web}groups:\n  g: web01\n`,
    `${web}groups:\n  g: web01,db1\n`,
  ],
  [
    'adds a line to a list',
    ['add-to-group', 'g', 'db1', 'web04'],
    `${web}groups:\n  g:\n    nodes:\n      - web[01-03] # few\n`,
    `${web}groups:\n  g:\n    nodes:\n      - web[01-04] # few\n      - db1\n`,
  ],
  [
    'fills an empty group',
    ['add-to-group', 'g', 'db1'],
    `${web}groups:\n  g: # new\n`,
    `${web}groups:\n  g: db1 # new\n`,
  ],
  [
    'adds the key nodes',
    ['add-to-group', 'g', 'db1'],
    `${web}groups:\n  g:\n    vars: { a: 1 }\n`,
    `${web}groups:\n  g:\n    nodes: db1\n    vars: { a: 1 }\n`,
  ],
  [
    'makes a group',
    ['add-to-group', 'new', 'web01', 'web02'],
    `${web}groups:\n  g: db1\n`,
    `${web}groups:\n  g: db1\n  new: { nodes: "web[01-02]" }\n`,
  ],
  [
    'makes the groups',
    ['add-to-group', 'new', 'db1'],
    'nodes:\n  db1:\ntags:\n  x: db1',
    'nodes:\n  db1:\ngroups:\n  new: { nodes: db1 }\ntags:\n  x: db1',
  ],
  [
    'takes nodes of other sources where the file names some',
    ['add-to-group', 'g', 'far1'],
    'groups: { g: }\nsources: [{ type: ssh-config }]\n',
    'groups: { g: far1 }\nsources: [{ type: ssh-config }]\n',
  ],
  [
    'takes a node out of a range',
    ['remove-from-group', 'g', 'web03'],
    `${web}groups:\n  g: { nodes: "web[01-10], db1" }\n`,
    `${web}groups:\n  g: { nodes: "web[01-02,04-10], db1" }\n`,
  ],
  [
    'takes a line out of a list, and keeps its comment',
    ['remove-from-group', 'g', 'db1'],
    `${web}groups:\n  g:\n    - web01\n    - db1 # why\n`,
    `${web}groups:\n  g:\n    - web01\n    # why\n`,
  ],
  [
    'leaves an empty group',
    ['remove-from-group', 'g', 'db1'],
    `${web}groups:\n  g: db1\n`,
    `${web}groups:\n  g: []\n`,
  ],
];

const refusals: readonly Case[] = [
  [
    'a tag of a group',
    ['remove-tag', 'x', 'a'],
    'nodes: { a: }\ngroups: { g: { nodes: a, tags: x } }\n',
    'a has the tag "x" from the group "g". Take it out of the group, or the tag off the group.',
  ],
  [
    'a tag that is not in this file',
    ['remove-tag', 'x', 'db1'],
    web,
    'inventory.yaml does not give db1 the tag "x". If it has the tag, that comes from another source: change it there.',
  ],
  [
    'a node that is not in this file',
    ['add-tag', 'x', 'far1'],
    web,
    'far1 is not in inventory.yaml. If another source has it, change it there.',
  ],
  [
    'a group in which a node is by another',
    ['remove-from-group', 'site', 'a'],
    'nodes: { a: }\ngroups: { inner: a, mid: { groups: inner }, site: { groups: mid } }\n',
    'a is in "site" by site → mid → inner → a. Take it out of "inner".',
  ],
  [
    'a group of another source',
    ['remove-from-group', 'g', 'db1'],
    web,
    'There is no group "g" in inventory.yaml. If another source has it, change it there.',
  ],
  [
    'a text with errors',
    ['add-tag', 'x', 'a'],
    'nodes:\n  a: { hsot: b }\n',
    'inventory.yaml:2:8 Unknown key "hsot". Did you mean "host"? Mend the file first.',
  ],
  [
    'a name that no selection can say',
    ['add-tag', 'a b', 'db1'],
    web,
    'The name "a b" contains " ". Use letters, digits and . _ - : @ % / +',
  ],
  [
    'tags that come from an alias',
    ['remove-tag', 'x', 'b'],
    'nodes:\n  a: &s { tags: [x] }\n  b: *s\n',
    'inventory.yaml is written in a way that can not be changed from here. Change it in the file.',
  ],
];

describe('A change of tags', () => {
  for (const [why, change, before, after] of tagCases)
    it(why, () => assert.equal(edit(before, change), after));
});

describe('A change of groups', () => {
  for (const [why, change, before, after] of groupCases)
    it(why, () => assert.equal(edit(before, change), after));
});

describe('A change of tags or groups is refused for', () => {
  for (const [why, change, before, message] of refusals) {
    it(why, () => assert.equal(edit(before, change), `refused: ${message}`));
  }
});

describe('The edits of a change', () => {
  it('touch only what changes', () => {
    const change = { type: 'remove-from-group', name: 'g', nodes: ['web03'] } as const;
    const text = `${web}groups:\n  g: { nodes: "web[01-10]" }\n`;
    const result = editInventory({ path: 'inventory.yaml', text, change });
    const at = text.indexOf('10]');
    assert.deepEqual(result, {
      ok: true,
      value: { edits: [{ start: at, end: at, text: '02,04-' }], nodes: ['web03'] },
    });
  });
});
