import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CodeAction, TextDocumentEdit } from 'vscode-languageserver-types';
import { codeActions, fixAllKind } from '../../server/service/actions/codeActions.ts';
import { told } from '../../server/service/diagnostics/diagnose.ts';
import { findingsOf } from '../../server/service/diagnostics/findings.ts';
import type { FileKind } from '../../server/service/rules/rule.ts';
import { worldOf } from './world.ts';

const fleet = {
  '.muster/inventory.yaml': 'nodes:\n  web[1-2]:\n  db1:\ngroups:\n  front: { nodes: "web[1-2]" }\n',
};

type Wanted = { readonly only?: readonly string[] | undefined; readonly canStore?: boolean };

/** What is offered at the `§` of a text. */
function at(kind: FileKind, marked: string, { only, canStore = false }: Wanted = {}) {
  const offset = marked.indexOf('§');
  assert.notEqual(offset, -1, marked);
  const text = marked.replace('§', '');
  const { document, workspace } = worldOf(kind, text, kind === 'inventory' ? {} : fleet);
  const position = document.document.positionAt(offset);
  const all = told(document, findingsOf(document, workspace), new Map());
  const range = { start: position, end: position };
  const actions = codeActions({ document, workspace, told: all, range, canStore, ...(only && { only }) });
  return { document, actions };
}

function applied({ edit }: CodeAction, uri: string, text: string): string {
  const changes = (edit?.documentChanges ?? []).filter(
    (change): change is TextDocumentEdit => 'edits' in change && change.textDocument.uri === uri,
  );
  return changes.reduce(
    (before, { edits }) => TextDocument.applyEdits(TextDocument.create(uri, 'x', 1, before), edits as never),
    text,
  );
}

const steps = 'steps:\n  - run: x\n';

/** A text with the place that is asked about, what is offered there, and the text after it was taken. */
const table: readonly (readonly [kind: FileKind, text: string, title: string, after: string])[] = [
  ['playbook', `ho§sts: all\n${steps}`, 'Change to "targets"', `targets: all\n${steps}`],
  ['playbook', `hsots: all\n§colour: red\n${steps}`, 'Remove "colour"', `hsots: all\n${steps}`],
  ['playbook', 'na§me: x\n', 'Write "steps"', 'name: x\nsteps:\n  - run: \n'],
  ['playbook', 'steps:\n  - §run: x\n    sudo: yes\n', 'Put', ''],
  [
    'playbook',
    'steps:\n  - run: x\n    sudo: y§es\n',
    'Change to true',
    'steps:\n  - run: x\n    sudo: true\n',
  ],
  [
    'playbook',
    'strategy: { mode: r§oling }\nsteps: []\n',
    'Change to "rolling"',
    'strategy: { mode: rolling }\nsteps: []\n',
  ],
  ['playbook', 'steps:\n§\t- run: x\n\t  id: a\n', 'Indent with spaces', 'steps:\n  - run: x\n    id: a\n'],
  ['playbook', 'steps:\n  - run: ec§ho a: b\n', 'Quote it', "steps:\n  - run: 'echo a: b'\n"],
  ['playbook', 'steps:\n  - run: ec§ho a: b\n', 'Write it below |', 'steps:\n  - run: |\n      echo a: b\n'],
  [
    'playbook',
    'steps:\n  - copy: §{ from: a, to: b # c\n  - run: y\n',
    'Close the bracket',
    'steps:\n  - copy: { from: a, to: b } # c\n  - run: y\n',
  ],
  ['playbook', 'steps:\n  - run: "§x\n  - run: y\n', 'Close the quote', 'steps:\n  - run: "x"\n  - run: y\n'],
  ['playbook', `targets: @§front\n${steps}`, 'Quote it', `targets: '@front'\n${steps}`],
  ['playbook', `na§m\n${steps}`, 'Write a colon', `nam:\n${steps}`],
  ['playbook', `name: a\nna§me: b\n${steps}`, 'Remove this line', `name: a\n${steps}`],
  [
    'playbook',
    `${'<'.repeat(7)} a§\nname: x\n${'='.repeat(7)}\nname: y\n${'>'.repeat(7)} b\n${steps}`,
    'Keep the lower side',
    `name: y\n${steps}`,
  ],
  [
    'playbook',
    'steps:\n  - wait: { seconds: 1 }\n    §shell: sh\n',
    'Remove "shell"',
    'steps:\n  - wait: { seconds: 1 }\n',
  ],
  ['playbook', 'steps:\n  - §name: x\n', 'Write "run"', 'steps:\n  - name: x\n    run:\n'],
  ['playbook', 'steps:\n  - { id: a, run: x }\n  - { needs: [§b], run: x }\n', 'Change to "a"', ''],
  [
    'playbook',
    'steps:\n  - run: echo {{ §params.v }}\n',
    'Write "v" under "params"',
    'steps:\n  - run: echo {{ params.v }}\nparams:\n  v: { type: string, required: true }\n',
  ],
  [
    'playbook',
    "steps:\n  - run: x\n    when: '§{{ node.name }}'\n",
    'Write it without braces',
    'steps:\n  - run: x\n    when: node.name\n',
  ],
  [
    'playbook',
    'steps:\n  - run: echo §{{ node.name\n',
    'Close it with }}',
    'steps:\n  - run: echo {{ node.name }}\n',
  ],
  ['playbook', `targets: '@§fornt'\n${steps}`, 'Change to "@front"', `targets: '@front'\n${steps}`],
  [
    'playbook',
    'targets: db1\nsteps:\n  - run: echo {{ §vars.port }}\n',
    'Write a default for nodes without it',
    'targets: db1\nsteps:\n  - run: echo {{ vars.port | default("") }}\n',
  ],
  [
    'playbook',
    'vars:\n  a: 1\ntargets: db1\nsteps:\n  - run: echo {{ §vars.port }} {{ vars.a }}\n',
    'Write "port" under "vars" of the playbook',
    "vars:\n  a: 1\n  port: ''\ntargets: db1\nsteps:\n  - run: echo {{ vars.port }} {{ vars.a }}\n",
  ],
  [
    'playbook',
    'vars:\n  a: 1\n  §b: 2\nsteps:\n  - run: echo {{ vars.a }}\n',
    'Remove "b"',
    'vars:\n  a: 1\nsteps:\n  - run: echo {{ vars.a }}\n',
  ],
  [
    'playbook',
    'vars: { mode: §0644 }\nsteps:\n  - run: chmod {{ vars.mode }} x\n',
    'Quote it',
    "vars: { mode: '0644' }\nsteps:\n  - run: chmod {{ vars.mode }} x\n",
  ],
  [
    'playbook',
    'vars: { db_password: §hunter22 }\nsteps:\n  - run: x {{ vars.db_password }}\n',
    'Ask for it: secret "db_password"',
    "vars: { db_password: '{{ secret.db_password }}' }\nsteps:\n  - run: x {{ vars.db_password }}\nsecrets:\n  db_password: { ask: db_password }\n",
  ],
  [
    'playbook',
    'steps:\n  - run: r§m -rf /\n',
    'Do not show safety/destructive here',
    'steps:\n  - run: rm -rf / # muster-ignore safety/destructive\n',
  ],
  [
    'playbook',
    'steps:\n  - run: |\n      r§m -rf /\n',
    'Do not show safety/destructive here',
    'steps:\n  - run: | # muster-ignore safety/destructive\n      rm -rf /\n',
  ],
  [
    'playbook',
    'steps:\n  - run: rm §-rf / # muster-ignore vars -- as of now\n',
    'Do not show safety/destructive here',
    'steps:\n  - run: rm -rf / # muster-ignore vars, safety/destructive -- as of now\n',
  ],
  ['inventory', 'nodes:\n  a: { h§sot: x }\n', 'Do not show', ''],
  [
    'inventory',
    'nodes:\n  a: # muster-ignore inventory be§cause of it\n',
    'Write " -- " before the reason',
    'nodes:\n  a: # muster-ignore inventory -- because of it\n',
  ],
  [
    'playbook',
    'steps:\n  - run: u§ptime && df\n',
    'Write the command below |',
    'steps:\n  - run: |\n      uptime && df\n',
  ],
  [
    'playbook',
    'steps:\n  - id: look\n    run: u§ptime\n    shell: bash\n',
    'Move the command into ./look.sh',
    'steps:\n  - id: look\n    script: ./look.sh\n',
  ],
  [
    'playbook',
    'steps:\n  - run: u§ptime\n',
    'Write a timeout for the step',
    'steps:\n  - run: uptime\n    timeout: 300s\n',
  ],
  [
    'playbook',
    'steps:\n  - sudo: true\n    # why\n    ru§n: uptime\n    id: a\n',
    'Put the keys of the step in order',
    'steps:\n  - id: a\n    # why\n    run: uptime\n    sudo: true\n',
  ],
  [
    'playbook',
    'steps:\n  - { run: a, cwd: /srv/ap§p }\n  - { run: b, cwd: /srv/app }\n',
    'Make a variable of all 2 "/srv/app"',
    "steps:\n  - { run: a, cwd: '{{ vars.cwd }}' }\n  - { run: b, cwd: '{{ vars.cwd }}' }\nvars:\n  cwd: /srv/app\n",
  ],
  [
    'playbook',
    'vars:\n  po§rt: 80\nsteps:\n  - run: curl x:{{ vars.port }}\n',
    'Write "80" where "port" is looked up',
    'steps:\n  - run: curl x:80\n',
  ],
  [
    'inventory',
    'nodes:\n  a:\ngroups:\n  g: §b\n',
    'Write "b" under "nodes"',
    'nodes:\n  a:\n  b:\ngroups:\n  g: b\n',
  ],
  ['inventory', 'nodes:\n  a: { h§sot: x, port: 1 }\n', 'Remove "hsot"', 'nodes:\n  a: { port: 1 }\n'],
  [
    'inventory',
    'nodes:\n  a:\n# muster-ignore §vrs/unused\n',
    'Change to "vars/unused"',
    'nodes:\n  a:\n# muster-ignore vars/unused\n',
  ],
];

describe('code actions', () => {
  for (const [kind, text, title, after] of table) {
    const isOffered = after !== '';
    it(`${isOffered ? 'offer' : 'do not offer'} “${title}” at ${JSON.stringify(text)}`, () => {
      const { document, actions } = at(kind, text);
      const found = actions.find((action) => action.title.startsWith(title));
      if (!isOffered) return assert.equal(found, undefined);
      assert.ok(found, actions.map((action) => action.title).join('\n'));
      assert.equal(applied(found, document.document.uri, document.document.getText()), after);
    });
  }

  it('make files, and write into the inventory', () => {
    const script = at('playbook', 'steps:\n  - run: u§ptime\n').actions.find(({ title }) =>
      title.startsWith('Move'),
    );
    assert.match(
      JSON.stringify(script?.edit),
      /"kind":"create","uri":"file:\/\/\/w\/step\.sh".*#!\/usr\/bin\/env sh\\nuptime\\n/,
    );
    const task = at('playbook', 'steps:\n  - task: ./§x.task.yaml\n').actions.find(
      ({ title }) => title === 'Make x.task.yaml',
    );
    assert.match(JSON.stringify(task?.edit), /"kind":"create","uri":"file:\/\/\/w\/x\.task\.yaml"/);
    const asked = at('playbook', 'steps:\n  - script: ./§n.sh\n').actions.find(
      ({ title }) => title === 'Make n.sh',
    );
    assert.match(
      JSON.stringify(asked?.edit),
      /"kind":"create","uri":"file:\/\/\/w\/n\.sh".*#!\/usr\/bin\/env sh/,
    );
    const copied = at(
      'playbook',
      'steps:\n  - { copy: { from: ./§a.conf, to: /etc/a.conf } }\n',
    ).actions.find(({ title }) => title === 'Make a.conf');
    assert.match(JSON.stringify(copied?.edit), /"kind":"create","uri":"file:\/\/\/w\/a\.conf"/);
    const node = at('playbook', `targets: §app9\n${steps}`).actions.find(({ title }) =>
      title.startsWith('Write node'),
    );
    assert.match(JSON.stringify(node?.edit), /\.muster\/inventory\.yaml".*app9:/);
    const group = at('playbook', 'targets: web1\nsteps:\n  - run: echo {{ §vars.port }}\n').actions.find(
      ({ title }) => title === 'Give "port" to group front',
    );
    assert.match(JSON.stringify(group?.edit), /\.muster\/inventory\.yaml".*vars: \{ port/);
  });

  it('mend everything that has one way to be mended, and nothing else', () => {
    const { document, actions } = at(
      'playbook',
      '§hosts: all\nsteps:\n  - run: rm -rf /\n    sudo: yes\n    wehn: x\n',
      { only: [fixAllKind] },
    );
    const [all] = actions;
    assert.ok(all && actions.length === 1);
    assert.equal(
      applied(all, document.document.uri, document.document.getText()),
      'targets: all\nsteps:\n  - run: rm -rf /\n    sudo: true\n    when: x\n',
    );
  });

  it('are of the kinds that are asked for', () => {
    const kinds = (only?: readonly string[]) =>
      new Set(at('playbook', 'steps:\n  - run: r§m -rf /\n', { only }).actions.map(({ kind }) => kind));
    assert.deepEqual(kinds(), new Set(['quickfix', 'refactor.rewrite', 'refactor.extract']));
    assert.deepEqual(kinds(['refactor.extract']), new Set(['refactor.extract']));
    assert.deepEqual(kinds(['source.organizeImports']), new Set());
  });
});
