import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CompletionList, Diagnostic } from 'vscode-languageserver-types';
import { completion } from '../../server/service/completion/completion.ts';
import { findingsOf } from '../../server/service/diagnostics/findings.ts';
import type { FileKind } from '../../server/service/rules/rule.ts';
import { startSession } from './session.ts';
import { worldOf } from './world.ts';

/** A file of each kind that is right, and a key that is not in it yet. */
const kinds: Readonly<Record<FileKind, readonly [text: string, missing: string]>> = {
  playbook: ['name: a\ntargets: all\nsteps:\n  - id: one\n    run: uptime\n', 'strategy'],
  task: ['name: a\nparams:\n  p: { default: 1 }\nsteps:\n  - run: echo {{ params.p }}\n', 'outputs'],
  inventory: ['nodes:\n  web[1-3]:\n    tags: [web]\n  db:\ngroups:\n  g: { nodes: db }\n', 'defaults'],
  config: ['rules:\n  vars/unused: off\nvars:\n  a: { b: [1, 2] }\n', 'services'],
  policy: ['default: allow\nrules:\n  - decision: deny\n    actions: [command]\n', 'version'],
};

/** What becomes of a file while somebody works on it, or wants to hurt. */
const damages: readonly (readonly [what: string, damage: (text: string) => string])[] = [
  ['truncated', (text) => text.slice(0, text.length * 0.7)],
  ['half typed', (text) => text.replace(/\n(.*)\n/, '\n$1\n  hal\n')],
  ['with an open quote', (text) => text.replace(/: (?=\w)/, ': "')],
  ['tabbed', (text) => text.replaceAll('  ', '\t')],
  [
    'with conflict markers',
    (text) => `${'<'.repeat(7)} a\n${text}${'='.repeat(7)}\n${text}${'>'.repeat(7)} b\n`,
  ],
  ['of 5 MB', (text) => `${text}# ${`${'x'.repeat(98)}\n# `.repeat(50_000)}\n`],
  ['a thousand levels deep', (text) => `${text}x: ${'['.repeat(1000)}${']'.repeat(1000)}\n`],
  ['with an alias bomb', (text) => `${text}x:\n${bomb(12)}`],
];

describe('a file that is bad', function () {
  this.timeout(60_000);
  for (const [what, damage] of damages)
    for (const [kind, [text, missing]] of Object.entries(kinds) as [FileKind, readonly [string, string]][])
      it(`is looked at and completed: a ${kind} ${what}`, () => {
        const bad = `${damage(text).trimEnd()}\n`;
        const { document, workspace } = worldOf(kind, bad);
        assert.ok(Array.isArray(findingsOf(document, workspace)));
        const position = document.document.positionAt(bad.length);
        const labels = completion(document, position, workspace).items.map(({ label }) => label);
        assert.ok(labels.includes(missing), labels.join());
      });

  it('uses no file outside of the folders that are open, in Restricted Mode or out of it', async () => {
    const root = realpathSync(mkdtempSync(join(tmpdir(), 'muster-outside-')));
    try {
      const folder = join(root, 'open');
      mkdirSync(folder);
      writeFileSync(join(root, 'out.task.yaml'), 'params: { hidden: { required: true } }\nsteps: []\n');
      const text = 'steps:\n  - task: ../out.task.yaml\n    with: {  }\n  - rnu: x\n';
      for (const isTrusted of [false, true]) {
        await using session = await startSession({
          folder: pathToFileURL(folder).href,
          initializationOptions: { isTrusted },
        });
        const uri = pathToFileURL(join(folder, 'a.playbook.yaml')).href;
        await session.rpc.sendNotification('textDocument/didOpen', {
          textDocument: { uri, languageId: 'muster-playbook', version: 1, text },
        });
        const { diagnostics } = await session.published((each) => each.diagnostics.length > 0);
        // What is in the file is not known: neither that it wants something, nor that it is there.
        assert.deepEqual(diagnostics.map(codeOf), ['files/outside', 'schema/unknown-key']);
        const { items } = await session.rpc.sendRequest<CompletionList>('textDocument/completion', {
          textDocument: { uri },
          position: { line: 2, character: 12 },
        });
        assert.deepEqual(items, []);
      }
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});

function codeOf({ code }: Diagnostic): Diagnostic['code'] {
  return code;
}

function bomb(levels: number): string {
  return Array.from({ length: levels }, (_none, at) =>
    at === 0 ? '  a0: &a0 [x, x, x, x]\n' : `  a${at}: &a${at} [${`*a${at - 1}, `.repeat(9).slice(0, -2)}]\n`,
  ).join('');
}
