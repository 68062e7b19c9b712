import assert from 'node:assert/strict';
import { diagnose } from './diagnose.ts';
import { worldOf } from './world.ts';

type Files = Readonly<Record<string, string>>;

/** What is told of an inventory, as `line:column code [mended text]`. */
function told(text: string, files: Files = {}): readonly string[] {
  return findings('inventory', text, files);
}

function findings(kind: 'inventory' | 'policy', text: string, files: Files): readonly string[] {
  const { document, workspace } = worldOf(kind, text, files);
  return diagnose(document, workspace, { levels: new Map() }).map(({ range: { start }, code, data }) => {
    const { repairs = [] } = (data ?? {}) as { repairs?: readonly { edits: { newText: string }[] }[] };
    const [first] = repairs.flatMap(({ edits }) => edits.map(({ newText }) => newText));
    return `${start.line + 1}:${start.character + 1} ${String(code)}${first === undefined ? '' : ` [${first}]`}`;
  });
}

const prod = 'nodes:\n  a[1-4]: { tags: [prod] }\n';

/** Each with what is told of it, by what it is about. */
const table: Readonly<Record<string, readonly (readonly [string, readonly string[], Files?])[]>> = {
  'a node that is written twice': [
    ['nodes:\n  a[1-3]:\n  a2: { port: 22 }\n', ['3:3 inventory/repeated-node']],
    ['nodes:\n  a:\n', ['2:3 inventory/elsewhere'], { 'b.inventory.yaml': 'nodes:\n  a: { port: 22 }\n' }],
  ],
  'two nodes with one address': [
    [
      'nodes:\n  a: { host: H, user: u }\n  b: { host: h, user: u, port: 22 }\n',
      ['3:3 inventory/same-address'],
    ],
    ['nodes:\n  a: { host: h, user: u }\n  b: { host: h, user: v }\n', []],
  ],
  'what is no host name, address or port': [
    ['nodes:\n  a: { host: 300.1.1.1 }\n', ['2:14 inventory/address']],
    ['nodes:\n  a: { jump: ops@300.1.1.1:22 }\n', ['2:14 schema/value']],
    ['nodes:\n  a: { host: fe80::1%eth0 }\n', []],
    ['nodes:\n  a: { host: x y }\n', ['2:14 schema/value']],
    ['nodes:\n  a: { port: 65536 }\n', ['2:14 schema/value']],
  ],
  'a group that there is not': [
    [
      'nodes: { a: }\ngroups:\n  front: a\n  site: { groups: fornt }\n',
      ['4:19 inventory/unknown-group [front]'],
    ],
  ],
  'groups in a circle': [
    [
      'nodes: { a: }\ngroups:\n  x: { groups: y }\n  y: { groups: x, nodes: a }\n',
      ['3:16 inventory/group-cycle'],
    ],
  ],
  'a group without nodes': [
    ['nodes: { a: }\ngroups:\n  x:\n  y: a\n', ['3:3 inventory/empty-group []']],
    ['nodes: { a: }\ngroups:\n  x:\n', [], { 'b.inventory.yaml': 'nodes: { c: }\ngroups:\n  x: c\n' }],
  ],
  'a tag that is nearly one of many nodes': [
    [`${prod}  b: { tags: prdo }\n`, ['3:14 inventory/tag-typo [prod]']],
    ['nodes:\n  b: { tags: prdo }\n', ['2:14 inventory/tag-typo [prod]'], { 'b.inventory.yaml': prod }],
    [`${prod}  b: { tags: prod2 }\n  c: { tags: rack1 }\n`, ['3:14 inventory/tag-typo [prod]']],
    ['nodes:\n  a[1-4]: { tags: [rack1] }\n  b: { tags: rack2 }\n', []],
    [`${prod}  b: { tags: prdo }\n  c: { tags: prdo }\n`, []],
  ],
  'a node in no group': [
    ['nodes: { a: , b: }\ngroups:\n  x: a\n', ['1:15 inventory/ungrouped']],
    ['nodes: { a: , b: { tags: t } }\ngroups:\n  x: a\n', []],
  ],
  'ranges that can not be spelled out, or not as meant': [
    ['nodes:\n  web[20-01]:\n', ['2:6 SELECTION_SYNTAX']],
    ['nodes:\n  web[01-100]:\n', ['2:6 SELECTION_SYNTAX']],
    ['nodes:\n  web[1-010]:\n', ['2:6 SELECTION_SYNTAX']],
    ['nodes:\n  web[01-05,6-10]:\n', ['2:13 inventory/width [06-10]']],
    ['nodes:\n  "r1-web[001,2]":\n', ['2:15 inventory/width [002]']],
    ['nodes:\n  web[01-09,10-99,100]:\n  db[8-12]:\n  x[00-20/5]:\n', []],
  ],
  'key files': [
    ['nodes:\n  a: { identityFile: ./id }\n', ['2:22 inventory/key-file']],
    ['nodes:\n  a: { identityFile: ./id }\n', [], { 'id.pub': '' }],
    ['nodes:\n  a: { identityFile: [~/.ssh/id, ~/.ssh/id_gone] }\n', ['2:34 inventory/key-file']],
    ['defaults: { identityFile: ~/.ssh/id_open }\n', ['1:27 inventory/key-file']],
    ['nodes:\n  a: { identityFile: id_open }\n', ['2:22 inventory/key-file'], { id_open: '' }],
    ['nodes:\n  a: { identityFile: /etc/keys/id_open }\n', ['2:22 inventory/key-file']],
    ['nodes:\n  a: { identityFile: /etc/keys/id }\n  b: { identityFile: ~bob/id }\n', []],
  ],
  'jump hosts': [
    ['nodes:\n  gate:\n  a: { jump: gaet }\n', ['3:14 inventory/unknown-jump [gate]']],
    ['nodes:\n  a: { jump: b }\n  b: { jump: a }\n', ['2:14 inventory/jump-cycle']],
    ['nodes:\n  a: { jump: gate.example.com }\n', []],
  ],
};

for (const [what, cases] of Object.entries(table))
  describe(what, () => {
    for (const [text, expected, files = {}] of cases)
      it(`is told of ${JSON.stringify(text)}`, () => assert.deepEqual(told(text, files), expected));
  });

describe('tags of a policy', () => {
  const files = { '.muster/inventory.yaml': prod };
  const policy = (text: string) => findings('policy', `version: 1\n${text}`, files);

  it('are told where no node has them, with the one that was meant', () => {
    assert.deepEqual(policy('protectedTags: [prdo]\n'), ['2:17 SELECTION_UNKNOWN [prod]']);
    assert.deepEqual(policy('rules:\n  - { decision: deny, tags: [prod, nowhere] }\n'), [
      '3:36 SELECTION_UNKNOWN',
    ]);
    assert.deepEqual(policy('protectedTags: [protected, prod]\n'), []);
  });

  it('are nothing to speak of while a source is not known', () => {
    const open = { '.muster/inventory.yaml': `${prod}sources:\n  - { type: command, run: ./n.sh }\n` };
    assert.deepEqual(findings('policy', 'version: 1\nprotectedTags: [prdo]\n', open), []);
  });
});
