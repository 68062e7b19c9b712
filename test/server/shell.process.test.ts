import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { commentFindings, commentsIn } from '../../server/service/shell/comments.ts';
import { scriptsIn } from '../../server/service/shell/scripts.ts';
import { startSession } from './session.ts';
import { worldOf } from './world.ts';

function scripts(text: string) {
  const { document } = worldOf('playbook', text);
  return { document, found: scriptsIn(document) };
}

describe('commands for ShellCheck', () => {
  it('are as long as they were written, with a quoted word in the place of each template', () => {
    const { found } = scripts(
      'steps:\n  - run: cp {{ node.name }} "a {{ node.host }}" \'{{ node.port }}\' $(( {{ index }} ))\n',
    );
    const [script] = found;
    assert.equal(script?.masked.length, script?.written.length);
    assert.equal(
      script?.masked,
      'cp "$XXXXXXXXXXXX" "a ${XXXXXXXXXXXX}" \'xxxxxxxxxxxxxxx\' $(( 11111111111 ))',
    );
  });

  it('are those of shells that it knows, and that are right as templates', () => {
    const of = (step: string) => scripts(`steps:\n  - { ${step} }\n`).found.map(({ shell }) => shell);
    assert.deepEqual(of('run: uptime'), ['sh']);
    assert.deepEqual(of('run: uptime, shell: bash'), ['bash']);
    assert.deepEqual(of('run: uptime, shell: fish'), []);
    assert.deepEqual(of('run: "echo {{ node. }}"'), []);
    assert.deepEqual(of('wait: { command: test -f /x }'), ['sh']);
  });

  it('bring what is said of them to its place in the file, also in block scalars', () => {
    const text = 'steps:\n  - run: |\n      cd /\n      echo "ä" $1 {{ node.name }}\n';
    const { document, found } = scripts(text);
    const [script] = found;
    assert.ok(script);
    const place = { line: 2, endLine: 2, column: 10, endColumn: 12 };
    const quote = (column: number) => ({
      ...place,
      column,
      endColumn: column,
      insertionPoint: 'x',
      replacement: '"',
    });
    const [finding] = commentFindings(
      [
        {
          ...place,
          level: 'info',
          code: 2086,
          message: 'Quote this.',
          fix: { replacements: [quote(10), quote(12)] },
        },
      ],
      script,
      document,
    );
    assert.deepEqual(
      [
        finding?.code,
        finding?.level,
        finding?.range,
        finding?.repairs?.[0]?.edits.map(({ range }) => range.start),
      ],
      [
        'shellcheck/SC2086',
        'info',
        { start: { line: 3, character: 15 }, end: { line: 3, character: 17 } },
        [
          { line: 3, character: 15 },
          { line: 3, character: 17 },
        ],
      ],
    );
  });

  it('never change what is put in, and never text that is written with quotes', () => {
    const fix = (column: number, endColumn: number) => ({
      line: 1, endLine: 1, column, endColumn, level: 'info', code: 1, message: 'x',
      fix: { replacements: [{ line: 1, endLine: 1, column, endColumn, insertionPoint: 'x', replacement: 'y' }] },
    }); // prettier-ignore
    const repairs = (text: string, ...place: [number, number]) => {
      const { document, found } = scripts(text);
      assert.ok(found[0]);
      return commentFindings([fix(...place)], found[0], document)[0]?.repairs?.length ?? 0;
    };
    assert.equal(repairs('steps:\n  - run: echo {{ node.name }} $1\n', 6, 8), 0);
    assert.equal(repairs('steps:\n  - run: echo {{ node.name }} $1\n', 22, 24), 1);
    assert.equal(repairs("steps:\n  - run: 'echo $1'\n", 6, 8), 0);
  });

  it('take no answer that is none', () => {
    assert.equal(commentsIn('no JSON'), undefined);
    assert.equal(commentsIn('{}'), undefined);
    assert.deepEqual(commentsIn('{"comments":[null,{"code":"x"}]}'), []);
  });
});

describe('ShellCheck in the server', function () {
  let folder = '';
  before(function () {
    if (process.platform === 'win32') this.skip();
    folder = mkdtempSync(join(tmpdir(), 'muster-shellcheck-'));
  });
  after(() => folder !== '' && rmSync(folder, { recursive: true }));

  /** A program that says what it was given, and that it ran. */
  function program(): string {
    const path = join(folder, 'shellcheck');
    const comment =
      '{"line":1,"endLine":1,"column":1,"endColumn":3,"level":"warning","code":2164,"message":"Use it.","fix":null}';
    writeFileSync(path, `#!/bin/sh\ncat >>${folder}/given\nprintf '{"comments":[%s]}' '${comment}'\n`);
    chmodSync(path, 0o700);
    return path;
  }

  it('is asked once typing rests, and what it says is told beside everything else', async () => {
    await using session = await startSession();
    const settings = { muster: { shellcheck: { path: program() }, rules: { 'shellcheck/SC2164': 'error' } } };
    await session.rpc.sendNotification('workspace/didChangeConfiguration', { settings });
    const uri = 'file:///w/a.playbook.yaml';
    const text = 'vars: { x: 1 }\nsteps:\n  - run: cd /tmp\n';
    await session.rpc.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'muster-playbook', version: 1, text },
    });
    const { diagnostics } = await session.published((each) => each.diagnostics.length === 2);
    assert.deepEqual(
      diagnostics.map(({ code, severity, range }) => [code, severity, range.start]),
      [
        ['vars/unused', 4, { line: 0, character: 8 }],
        ['shellcheck/SC2164', 1, { line: 2, character: 9 }],
      ],
    );
  });
});
