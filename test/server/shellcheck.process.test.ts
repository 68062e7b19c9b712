import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import type { CodeAction, Diagnostic, TextDocumentEdit } from 'vscode-languageserver-types';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Session, startSession } from './session.ts';

const uri = 'file:///w/a.playbook.yaml';
const capabilities = {
  workspace: { workspaceEdit: { documentChanges: true } },
  textDocument: { codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } } },
};

/** What is found is between « and »; what it becomes with the quick fix, where there is one, stands behind. */
const commands: readonly (readonly [command: string, mended?: string])[] = [
  ['run: echo «$1» {{ vars.x }}', 'run: echo "$1" {{ vars.x }}'],
  ['run: |\n      uptime | sort\n      echo "ä😀" «$1» {{ vars.x }}', 'echo "ä😀" "$1" {{'],
  ['run: |-\n      «cd /tmp»\n      ls', 'cd /tmp || exit\n'],
  ['run: |2\n        ls\n      echo «$1»', '      echo "$1"'],
  ['run: >\n      echo {{ vars.x }}\n      «$1»\n\n      ls'],
  ['run: >-\n      echo\n      {{ vars.x }} «$1»'],
  ['run: "echo \\"a\\" {{ vars.x }} «$1»"'],
  ["run: 'echo ''a'' «$1»'"],
  ['run:\n      echo a\n      «$1»', '      "$1"'],
  ['wait: { command: test -f «$1» }', 'test -f "$1" }'],
];

describe('ShellCheck itself', () => {
  let started: Session | undefined;
  before(async function () {
    if (spawnSync('shellcheck', ['--version']).error) {
      console.log('      no shellcheck on this machine: its package has that name in most systems');
      this.skip();
    }
    started = await startSession({ capabilities });
  });
  after(() => started?.[Symbol.asyncDispose]());

  for (const [at, [command, mended]] of commands.entries())
    it(`finds its place in ${JSON.stringify(command)}`, async () => {
      const session = started ?? assert.fail();
      const marked = `vars: { x: 1 }\nsteps:\n  - ${command}\n    id: a${at}\n`;
      const text = marked.replaceAll(/[«»]/g, '');
      const document = TextDocument.create(`${uri}${at}`, 'muster-playbook', 1, text);
      const found = await look(session, document);
      const { start, end } = found.range;
      const shown = `${text.slice(0, document.offsetAt(start))}«${document.getText(found.range)}»`;
      assert.equal(shown + text.slice(document.offsetAt(end)), marked);
      assert.match(found.codeDescription?.href ?? '', /^https:\/\/www\.shellcheck\.net\/wiki\/SC2\d+$/);
      const [fix] = await fixes(session, document, found);
      if (mended === undefined) assert.doesNotMatch(fix?.title ?? '', /quotes|Add/);
      else assert.ok(applied(document, fix).includes(mended), applied(document, fix));
    });
});

/** Saves a document, for which ShellCheck does not wait until typing rests, and gives what it says. */
async function look({ rpc, published }: Session, document: TextDocument): Promise<Diagnostic> {
  const opened = { uri: document.uri, languageId: 'muster-playbook', version: 1, text: document.getText() };
  await rpc.sendNotification('textDocument/didOpen', { textDocument: opened });
  await rpc.sendNotification('textDocument/didSave', { textDocument: { uri: document.uri } });
  const isFound = ({ code }: Diagnostic): boolean => String(code).startsWith('shellcheck/');
  const { diagnostics } = await published(
    (each) => each.uri === document.uri && each.diagnostics.some(isFound),
  );
  const found = diagnostics.filter(isFound);
  assert.equal(found.length, 1);
  return found[0] ?? assert.fail();
}

function fixes({ rpc }: Session, { uri: file }: TextDocument, found: Diagnostic): Promise<CodeAction[]> {
  return rpc.sendRequest('textDocument/codeAction', {
    textDocument: { uri: file },
    range: found.range,
    context: { diagnostics: [found], only: ['quickfix'] },
  });
}

function applied(document: TextDocument, action: CodeAction | undefined): string {
  const [change] = (action?.edit?.documentChanges ?? []) as readonly TextDocumentEdit[];
  return TextDocument.applyEdits(document, (change?.edits ?? []) as never);
}
