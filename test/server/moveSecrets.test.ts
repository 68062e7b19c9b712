import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { moveSecret, SecretMove } from '../../core/protocol/languageServer.ts';
import { codeActions } from '../../server/service/actions/codeActions.ts';
import { diagnosticsOf, told } from '../../server/service/diagnostics/diagnose.ts';
import { findingsOf } from '../../server/service/diagnostics/findings.ts';
import type { FileKind } from '../../server/service/rules/rule.ts';
import { worldOf } from './world.ts';

/** What is told of a file, and the first way to move a secret out of it. */
function moveIn(kind: FileKind, text: string, canStore: boolean) {
  const { document, workspace } = worldOf(kind, text);
  const all = told(document, findingsOf(document, workspace), new Map());
  const range = { start: { line: 0, character: 0 }, end: document.document.positionAt(text.length) };
  const actions = codeActions({ document, workspace, told: all, range, canStore });
  const commands = actions.flatMap(({ command }) => command ?? []);
  const diagnostics = diagnosticsOf(all, {});
  return { document: document.document, actions, commands, diagnostics };
}

/** A file with a secret, its name and itself, and the file without it. */
const table: readonly (readonly [text: string, secret: readonly [string, string], after: string])[] = [
  [
    'vars: { db_password: "hunter\\x322" }\nsteps:\n  - run: x {{ vars.db_password }}\n',
    ['db_password', 'hunter22'],
    "vars: { db_password: '{{ secret.db_password }}' }\nsteps:\n  - run: x {{ vars.db_password }}\nsecrets:\n  db_password: { stored: db_password }\n",
  ],
  [
    'secrets:\n  token: { env: TOKEN }\nsteps:\n  - run: x {{ secret.token }}\n    env: { token: s3cr3t-2 }\n',
    ['token_2', 's3cr3t-2'],
    "secrets:\n  token: { env: TOKEN }\n  token_2: { stored: token_2 }\nsteps:\n  - run: x {{ secret.token }}\n    env: { token: '{{ secret.token_2 }}' }\n",
  ],
  [
    'steps:\n  - run: |\n      mysql --password=hunter22 x\n',
    ['password', 'hunter22'],
    'steps:\n  - run: |\n      mysql --password={{ secret.password }} x\nsecrets:\n  password: { stored: password }\n',
  ],
];

describe('a secret that stands in a playbook', () => {
  for (const [text, [name, value], after] of table)
    it(`is moved to where the client keeps secrets: ${JSON.stringify(text)}`, () => {
      const { document, commands } = moveIn('playbook', text, true);
      assert.deepEqual(
        commands.map(({ title, command }) => [title, command]),
        [[`Move to the secret store: secret "${name}"`, moveSecret]],
      );
      const move = SecretMove.parse(commands[0]?.arguments?.[0]);
      assert.deepEqual([move.uri, move.version, move.name, move.value], [document.uri, 1, name, value]);
      assert.equal(TextDocument.applyEdits(document, move.edits), after);
    });

  it('is moved nowhere by a client that keeps none, and is in no diagnostic', () => {
    for (const [text, [, value]] of table) {
      const { commands, actions, diagnostics } = moveIn('playbook', text, false);
      assert.deepEqual(commands, []);
      assert.ok(actions.some(({ title }) => title.startsWith('Ask for it: ')));
      assert.ok(!JSON.stringify(diagnostics).includes(value));
    }
  });

  it('stays in an inventory, which says how it is done', () => {
    const text = 'nodes:\n  a: { vars: { db_password: hunter22 } }\n';
    const { commands, diagnostics } = moveIn('inventory', text, true);
    assert.deepEqual(commands, []);
    assert.match(JSON.stringify(diagnostics), /named under .{1,4}secrets.{1,4} of the playbook that uses it/);
  });
});
