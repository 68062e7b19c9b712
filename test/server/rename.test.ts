import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { WorkspaceEdit } from 'vscode-languageserver-types';
import { isScalar, parseDocument, visit } from 'yaml';
import { factsOf } from '../../server/service/facts.ts';
import { prepareRename, rename } from '../../server/service/navigation/rename.ts';
import { indexed, workspaceOf } from '../../server/service/workspace.ts';
import { documentOf } from './cursor.ts';
import { at, type At, type Files } from './fleet.ts';

const inventory =
  '# ours\nnodes:\n  web1: { tags: [web] } # first\n  db: { jump: web1 }\ngroups:\n  front: web1\n';

function withPlay(text: string): Files {
  return { 'a.inventory.yaml': inventory, 'p.playbook.yaml': text };
}

/** The files after the edits, as far as those change them. */
function after(edit: WorkspaceEdit, { workspace }: At): Readonly<Record<string, string>> {
  return Object.fromEntries(
    (edit.documentChanges ?? []).map((change) => {
      assert.ok('edits' in change);
      const { uri } = change.textDocument;
      const text = workspace.text(uri)?.text ?? '';
      const file = workspace.document(uri) ?? { document: TextDocument.create(uri, 'plaintext', 1, text) };
      const edits = change.edits.flatMap((each) => ('newText' in each ? [each] : []));
      return [
        change.textDocument.uri.replace('file:///fleet/', ''),
        TextDocument.applyEdits(file.document, edits),
      ];
    }),
  );
}

describe('rename', () => {
  const table: readonly (readonly [title: string, files: Files, name: string, changed: Files])[] = [
    [
      'changes a node in inventories and selections',
      withPlay('targets: "we|b1,node:web1 !db"\nsteps: []\n'),
      'www',
      {
        'a.inventory.yaml':
          '# ours\nnodes:\n  www: { tags: [web] } # first\n  db: { jump: www }\ngroups:\n  front: www\n',
        'p.playbook.yaml': 'targets: "www,node:www !db"\nsteps: []\n',
      },
    ],
    [
      'changes a tag, and no node of the same name',
      withPlay('targets: tag:we|b & web1\nsteps: []\n'),
      'edge',
      {
        'a.inventory.yaml': inventory.replace('[web]', '[edge]'),
        'p.playbook.yaml': 'targets: tag:edge & web1\nsteps: []\n',
      },
    ],
    [
      'changes a variable inside of templates, block scalars and brackets',
      withPlay(
        'vars: { po|rt: 1 }\nsteps:\n  - run: |\n      echo {{ vars.port }}\n      echo {{ vars["port"] + vars.port }} # port\n  - { run: x, when: vars.port > 1 }\n',
      ),
      'http_port',
      {
        'p.playbook.yaml':
          'vars: { http_port: 1 }\nsteps:\n  - run: |\n      echo {{ vars.http_port }}\n      echo {{ vars["http_port"] + vars.http_port }} # port\n  - { run: x, when: vars.http_port > 1 }\n',
      },
    ],
    [
      'changes the id of a step where it is needed and looked up',
      withPlay('steps:\n  - { id: "a", run: x }\n  - { needs: [|a], run: "{{ steps.a.stdout }}" }\n'),
      'b',
      {
        'p.playbook.yaml':
          'steps:\n  - { id: "b", run: x }\n  - { needs: [b], run: "{{ steps.b.stdout }}" }\n',
      },
    ],
  ];
  for (const [title, files, newName, changed] of table)
    it(title, () => {
      const here = at(files);
      const edit = rename(here.document, { position: here.position, newName }, here.workspace);
      assert.ok(edit && !('refusal' in edit), JSON.stringify(edit));
      assert.deepEqual(after(edit, here), changed);
    });

  it('asks before files are changed that are not open, and gives the versions of those that are', () => {
    const here = at({
      'closed.inventory.yaml': inventory,
      'p.playbook.yaml': 'targets: "@fr|ont"\nsteps: []\n',
    });
    const edit = rename(here.document, { position: here.position, newName: 'edge' }, here.workspace);
    assert.deepEqual(edit, {
      documentChanges: [
        {
          textDocument: { uri: 'file:///fleet/closed.inventory.yaml', version: null },
          edits: [
            {
              range: { start: { line: 5, character: 2 }, end: { line: 5, character: 7 } },
              newText: 'edge',
              annotationId: 'unseen',
            },
          ],
        },
        {
          textDocument: { uri: 'file:///fleet/p.playbook.yaml', version: 1 },
          edits: [
            {
              range: { start: { line: 0, character: 11 }, end: { line: 0, character: 16 } },
              newText: 'edge',
            },
          ],
        },
      ],
      changeAnnotations: {
        unseen: {
          label: 'Files that are not open',
          description: 'Look at these places before they are changed.',
          needsConfirmation: true,
        },
      },
    });
  });

  const refusals: readonly (readonly [files: Files, newName: string, refusal: RegExp])[] = [
    [withPlay('targets: web[1|-2]\nsteps: []\n'), 'x', /stands for several names/],
    [
      { ...withPlay('targets: we|b2\nsteps: []\n'), 'b.inventory.yaml': 'nodes:\n  web[2-3]:\n' },
      'x',
      /“web2” is part of “web\[2-3\]” \(b\.inventory\.yaml, line 2\)/,
    ],
    [withPlay('targets: non|e1\nsteps: []\n'), 'x', /Nothing here declares the node “none1”/],
    [withPlay('targets: d|b\nsteps: []\n'), 'front', /There is a group “front” already/],
    [withPlay('targets: d|b\nsteps: []\n'), 'a b', /needs quotes/],
    [withPlay('targets: d|b\nsteps: []\n'), 'null', /needs quotes/],
    [withPlay('vars: { |x: 1 }\nsteps: []\n'), 'x-y', /can not stand in an expression/],
    [withPlay('vars: { |x: 1, y: 2 }\nsteps: []\n'), 'y', /There is a variable “y” already/],
    [
      withPlay('vars: { |u: 1 }\nsteps:\n  - { run: x, register: out }\n'),
      'out',
      /There is a variable “out” already/,
    ],
    [
      withPlay('vars: { u: 1 }\nsteps:\n  - { run: x, register: o|ut }\n'),
      'u',
      /There is a variable “u” already/,
    ],
    [withPlay('steps:\n  - task: ./|x.task.yaml\n'), 'y', /This is a path/],
    [
      withPlay('vars: { |x: 1 }\nsteps:\n  - run: "{{ vars.x }}"\n  - run: "{{ vars.y }}"\n'),
      'y',
      /“y” is looked up already \(p\.playbook\.yaml, line 4\), and would be this variable then/,
    ],
    [withPlay('params: { y: {} }\nvars: { |x: 1 }\nsteps: []\n'), 'y', /There is a parameter “y” already/],
    [withPlay('params: { |y: {} }\nvars: { x: 1 }\nsteps: []\n'), 'x', /There is a variable “x” already/],
    [
      {
        'a.inventory.yaml': 'nodes:\n  a: { vars: { |x: 1 } }\n',
        'p.playbook.yaml': 'params: { y: {} }\nsteps:\n  - run: "{{ vars.x }} {{ params.y }}"\n',
      },
      'y',
      /There is a parameter “y” already/,
    ],
    [
      {
        'p.playbook.yaml': 'vars: { |x: 1 }\nsteps:\n  - task: t.task.yaml\n',
        't.task.yaml': 'steps:\n  - set: { y: 1 }\n',
      },
      'y',
      /There is a variable “y” already/,
    ],
    [
      {
        'a.inventory.yaml': 'nodes:\n  a: { vars: { y: 1 } }\n',
        'p.playbook.yaml': 'vars: { |x: 1 }\nsteps: []\n',
      },
      'y',
      /There is a variable “y” already/,
    ],
    [
      withPlay('steps:\n  - { id: |a, run: x, notify: h }\nhandlers:\n  - { id: h, run: y }\n'),
      'h',
      /There is a handler “h” already/,
    ],
    [
      { ...withPlay('targets: d|b\nsteps: []\n'), 'b.inventory.yaml': 'nodes:\n  app[1-3]:\n' },
      'app2',
      /There is a node “app2” already/,
    ],
    [
      withPlay('targets: tag:we|b\nsteps:\n  - { run: x, when: "\'edge\' in node.tags" }\n'),
      'edge',
      /“edge” is looked up already/,
    ],
  ];
  for (const [files, newName, refusal] of refusals)
    it(`is refused with ${String(refusal)}`, () => {
      const { document, position, workspace } = at(files);
      const edit = rename(document, { position, newName }, workspace);
      assert.ok(edit && 'refusal' in edit);
      assert.match(edit.refusal, refusal);
    });

  it('asks before it changes files that steps fill in', () => {
    const { document, position, workspace } = at({
      'p.playbook.yaml': 'vars: { po|rt: 1 }\nsteps:\n  - template: { from: a.tpl, to: /etc/a }\n',
      'a.tpl': '{{ vars.port }}\n',
    });
    const edit = rename(document, { position, newName: 'x' }, workspace);
    assert.ok(edit && !('refusal' in edit));
    assert.match(JSON.stringify(edit.documentChanges?.at(-1)), /a\.tpl".*"annotationId":"unseen"/);
  });

  it('is not offered inside of a range, in plain words', () => {
    for (const text of ['targets: web[1|-2]\nsteps: []\n', 'targets: "we|b*"\nsteps: []\n']) {
      const { document, position, workspace } = at(withPlay(text));
      assert.match(
        JSON.stringify(prepareRename(document, position, workspace)),
        /stands for several names\. Write the one out that you want to rename\./,
      );
    }
  });

  it('is offered with the name alone, and nowhere else', () => {
    const { document, position, workspace } = at(withPlay('targets: "tag:w|eb"\nsteps: []\n'));
    assert.deepEqual(prepareRename(document, position, workspace), {
      range: { start: { line: 0, character: 14 }, end: { line: 0, character: 17 } },
      placeholder: 'web',
    });
    const plain = at(withPlay('steps:\n  - run: ec|ho\n'));
    assert.equal(prepareRename(plain.document, plain.position, plain.workspace), undefined);
  });
});

describe('a rename of any name', () => {
  const scalar = fc.constantFrom(
    'plain',
    '"quoted"',
    "'single'",
    '|\n      block {{ vars.v0 }}\n      more',
    '>-\n      a\n\n      b',
  );
  const name = fc.constantFrom('n0', 'n1', 'n2');
  const targets = fc
    .array(fc.tuple(fc.constantFrom('', '@', 'tag:', 'node:'), name), { minLength: 1, maxLength: 4 })
    .map((terms) =>
      terms
        .map(([prefix, text]) => (prefix === '@' ? '@g0' : prefix === 'tag:' ? 'tag:t0' : prefix + text))
        .join(','),
    );
  const step = fc.tuple(
    fc.boolean(),
    scalar,
    fc.constantFrom('{{ vars.v0 }}', '{{vars["v0"]|upper}}', '{{ steps.s0.stdout }} # no comment'),
  );
  const files = fc
    .tuple(targets, fc.array(step, { minLength: 1, maxLength: 4 }))
    .map(([selection, steps]) => {
      const lines = steps.map(
        ([isCommented, text, template], index) =>
          `  - id: s${index} ${isCommented ? '# s0 v0 n0' : ''}\n    run: ${text}\n    name: 'of ${template}'\n    needs: ${index === 0 ? '[]' : '[s0] # s0'}\n`,
      );
      return {
        'a.inventory.yaml':
          '# n0 g0\nnodes:\n  n0: { tags: [t0] } # t0\n  "n1": { jump: n0 }\n  n2:\ngroups:\n  g0: [ n0 , n2 ]\n',
        'p.playbook.yaml': `vars: { v0: 1 }\ntargets: "${selection}" # ${selection}\nsteps:\n${lines.join('')}`,
      };
    });

  it('leaves everything as it was but the name: structure, other texts, comments', () => {
    fc.assert(
      fc.property(files, fc.nat(), (texts, pick) => {
        const documents = Object.entries(texts).map(([file, text]) =>
          documentOf(
            text,
            file.startsWith('a') ? 'muster-inventory' : 'muster-playbook',
            `file:///fleet/${file}`,
          ),
        );
        const workspace = workspaceOf({ files: documents.map(indexed) });
        const names = documents.flatMap((document) =>
          factsOf(document)
            .occurrences.filter(({ kinds }) => !kinds.includes('title'))
            .map((each) => ({ document, each })),
        );
        const chosen = names[pick % names.length];
        assert.ok(chosen);
        const { document, each } = chosen;
        const edit = rename(document, { position: each.range.start, newName: 'zz9' }, workspace);
        assert.ok(edit && !('refusal' in edit), JSON.stringify(edit));
        const renamed = after(edit, { document, position: each.range.start, workspace });
        for (const [file, text] of Object.entries(renamed)) {
          const before = parsed((texts as Files)[file] ?? '');
          const now = parsed(text);
          assert.deepEqual(now.comments, before.comments);
          assert.equal(now.data.replaceAll('zz9', each.name), before.data.replaceAll('zz9', each.name));
        }
        const back = Object.entries(renamed).map(([file, text]) => [file, text.replaceAll('zz9', each.name)]);
        for (const [file, text] of back) assert.equal(text, (texts as Files)[file ?? '']);
      }),
      { numRuns: 200 },
    );
  });
});

/** What a text is for YAML, and its comments. */
function parsed(text: string): { readonly data: string; readonly comments: readonly string[] } {
  const document = parseDocument(text);
  assert.deepEqual(document.errors, []);
  const comments: string[] = [];
  visit(document, (_key, node) => {
    if (isScalar(node) && node.comment) comments.push(node.comment);
  });
  return { data: JSON.stringify(document.toJS()), comments };
}
