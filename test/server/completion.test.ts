import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { completion } from '../../server/service/completion/completion.ts';
import { atCursor, expanded } from './cursor.ts';

const settings = [
  'host',
  'transport',
  'user',
  'port',
  'connectTimeout',
  'knownHosts',
  'identityFile',
  'identitiesOnly',
  'hostKeyAlias',
  'auth',
  'jump',
  'proxyCommand',
  'sshConfig',
  'cwd',
  'tags',
  'vars',
  'facts',
];
const fleet = 'nodes:\n  web[1-2]: { tags: [web, prod] }\n  db01:\n';

/** A text with a cursor and the labels that are offered there. */
const table: readonly (readonly [text: string, labels: readonly string[]])[] = [
  ['|', ['inventory: nodes and a group', 'version', 'defaults', 'nodes', 'groups', 'tags', 'sources']],
  ['version: 1\n|', ['defaults', 'nodes', 'groups', 'tags', 'sources']],
  ['version: 1\nno|\ngroups: {}\n', ['defaults', 'nodes', 'tags', 'sources']],
  ['nodes:\n  a:\n    |', settings],
  ['nodes:\n  a:\n    |\n  b:\n', settings],
  [
    'nodes:\n  a:\n    port: 22\n    ho|\n    tags: [x]\n',
    settings.filter((key) => !['port', 'tags'].includes(key)),
  ],
  ['nodes:\n  a: { | }\n', settings],
  ['nodes:\n  a: { port: 22, us| }\n', settings.filter((key) => key !== 'port')],
  ['nodes:\n  a: { us|er: me }\n', settings],
  ['groups:\n  |', ['group: of nodes', 'group: of groups']],
  ['nodes:\n  a:\n    transport: |', ['ssh', 'openssh', 'local']],
  ['nodes:\n  a: { transport: lo| }\n', ['local']],
  ['nodes:\n  a: { auth: [agent, |] }\n', ['key', 'password']],
  ['groups:\n  g:\n    |', ['nodes', 'groups', 'tags', 'vars']],
  [`${fleet}groups:\n  g:\n    nodes: |`, ['web[1-2]', 'web1', 'web2', 'db01']],
  [`${fleet}groups:\n  g:\n    nodes: [web1, d|]\n`, ['db01']],
  [`${fleet}groups:\n  g:\n    nodes:\n      - web|\n`, ['web[1-2]', 'web1', 'web2']],
  [`${fleet}groups:\n  g: "web1,d|"\n`, ['db01']],
  [`${fleet}groups:\n  g: { nodes: web1 }\n  h: { groups: | }\n`, ['g']],
  [`${fleet}groups:\n  g: { groups: [h] }\n  h: { nodes: web1, groups: [|] }\n  i: { nodes: db01 }\n`, ['i']],
  [`${fleet}  c: { tags: [p|] }\n`, ['prod', 'p']],
  [`${fleet}  c: { jump: | }\n`, ['web1', 'web2', 'db01']],
  [`nodes:\n  a:\n  w[1-2]: { jump: | }\n`, ['a']],
  ['nodes:\n  a: { user: | }\n', []],
  ['nodes:\n  a: { vars: { | } }\n', []],
];

describe('completion', () => {
  for (const [text, labels] of table) {
    it(`knows what fits at the cursor of ${JSON.stringify(text)}`, () => {
      const { inventory, position, workspace } = atCursor(text);
      const { items } = completion(inventory, position, workspace);
      assert.deepEqual(
        items.map((item) => item.label),
        labels,
      );
    });
  }

  it('replaces the word at the cursor and adds a colon where there is none', () => {
    const edits: readonly (readonly [before: string, label: string, after: string])[] = [
      ['nod|\n', 'nodes', 'nodes:\n  \n'],
      ['nod|: {}\n', 'nodes', 'nodes: {}\n'],
      ['nodes:\n  a: { us|r: me }\n', 'user', 'nodes:\n  a: { user: me }\n'],
      ['nodes:\n  a:\n    transport: l|x\n', 'local', 'nodes:\n  a:\n    transport: local\n'],
    ];
    for (const [before, label, after] of edits) {
      const { inventory, position, workspace } = atCursor(before);
      const edit = completion(inventory, position, workspace).items.find(
        (item) => item.label === label,
      )?.textEdit;
      assert.ok(edit && 'range' in edit, before);
      assert.equal(TextDocument.applyEdits(inventory.document, [expanded(edit)]), after);
    }
  });

  it('says when there are more names than it lists', () => {
    const { inventory, position, workspace } = atCursor('nodes:\n  n[1-500]:\ngroups:\n  g: { nodes: n| }\n');
    const { isIncomplete, items } = completion(inventory, position, workspace);
    assert.deepEqual([isIncomplete, items.length], [true, 200]);
  });
});
