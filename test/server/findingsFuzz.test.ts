import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { codeActions, fixAllKind } from '../../server/service/actions/codeActions.ts';
import { told } from '../../server/service/diagnostics/diagnose.ts';
import { findingsOf } from '../../server/service/diagnostics/findings.ts';
import type { FileKind } from '../../server/service/rules/rule.ts';
import { rules } from '../../server/service/rules/rules.ts';
import { worldOf } from './world.ts';

/** Everything that is asked of a document while it is typed. */
function lookAt(kind: FileKind, text: string): void {
  const files = {
    '.muster/inventory.yaml': 'nodes:\n  web[1-3]: { tags: web }\n  db: { vars: { port: 1 } }\n',
  };
  const { document, workspace } = worldOf(kind, text, kind === 'inventory' ? {} : files);
  const findings = findingsOf(document, workspace);
  const end = document.document.positionAt(text.length);
  for (const { code, range, message } of findings) {
    assert.ok(
      range.start.line <= range.end.line && range.end.line <= end.line,
      `${code} ${JSON.stringify(range)}`,
    );
    assert.ok(message.trim() !== '', code);
  }
  const whole = { start: { line: 0, character: 0 }, end };
  const all = told(document, findings, new Map());
  const actions = codeActions({ document, workspace, told: all, range: whole });
  const fixes = codeActions({ document, workspace, told: all, range: whole, only: [fixAllKind] });
  // Editors refuse edits that overlap, and edits outside of the text.
  for (const { title, edit } of [...actions, ...fixes])
    for (const change of edit?.documentChanges ?? [])
      if ('edits' in change && change.textDocument.uri === document.document.uri)
        assert.doesNotThrow(() => TextDocument.applyEdits(document.document, change.edits as never), title);
}

const samples = rules.flatMap(({ example }) =>
  example
    ? [
        { kind: example.kind, text: example.bad },
        { kind: example.kind, text: example.good },
      ]
    : [],
);

describe('what is told of a document, whatever is written', () => {
  it('has its place in the text and mends that can be applied, with pieces cut out and put in', () => {
    const bits = fc.constantFrom(
      '{{', '}}', "'", '"', '\t', '\n', '\r\n', ': ', '- ', '[', ']', '{', '}', '&a ', '*a', '!x ', '#', '|', '<<<<<<< a\n', '@', '😀', 'vars.x', 'muster-ignore', ' # muster-ignore vars', '\u0000', 'null', '0644',
    ); // prettier-ignore
    const change = fc.record({ at: fc.nat(200), cut: fc.nat(12), put: fc.option(bits, { nil: '' }) });
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        (sample, changes) => {
          const text = changes.reduce(
            (before, { at, cut, put }) => before.slice(0, at) + put + before.slice(at + cut),
            sample.text,
          );
          lookAt(sample.kind, text);
        },
      ),
      { numRuns: 600 },
    );
  });

  it('is told of every beginning of a file', () => {
    const text =
      "version: 1\nparams:\n  v: { type: enum, values: [a, b] }\nvars: { port: 80 }\ntargets: '@front !web1'\n" +
      "steps:\n  - id: a\n    run: |\n      echo '{{ params.v }}'\n      rm -rf /\n    needs: [b]\n  - { id: b, needs: a, http: { url: x } }\n" +
      '  - block:\n      - run: x\n    rescue:\n      - fail: no\nhandlers:\n  - { id: h, run: x }\n';
    for (let length = 0; length <= text.length; length += 1) lookAt('playbook', text.slice(0, length));
  });
});

describe('a document that is made to hurt', () => {
  const hostile: readonly (readonly [what: string, kind: FileKind, text: () => string])[] = [
    ['a thousand levels', 'playbook', () => `steps: ${'['.repeat(1000)}`],
    ['a thousand levels of blocks', 'playbook', () => deep(1000)],
    ['ninety levels of blocks', 'playbook', () => deep(45)],
    ['an alias bomb', 'inventory', () => bomb(12)],
    ['5 MB of one line', 'playbook', () => `name: ${'x'.repeat(5_000_000)}\nsteps: []\n`],
    ['5 MB of open braces', 'playbook', () => `name: '${'{{ '.repeat(1_600_000)}'\nsteps: []\n`],
    ['5 MB of marks of a merge', 'playbook', () => '<<<<<<< a\n'.repeat(500_000)],
    ['10,001 open quotes', 'playbook', () => `steps:\n${'  - run: "\n'.repeat(10_001)}`],
    ['a command of 1 MB of quotes', 'playbook', () => `steps:\n  - run: ${"echo 'a' ".repeat(110_000)}\n`],
    [
      'an expression of 10,000 parentheses',
      'playbook',
      () => `steps:\n  - run: x\n    when: ${'('.repeat(10_000)}\n`,
    ],
    ['a range of a million million nodes', 'inventory', () => 'nodes:\n  web[1-999999999999]:\n'],
    [
      '10,000 comments that silence',
      'playbook',
      () => `steps: []\n${'# muster-ignore vars/unused\n'.repeat(10_000)}`,
    ],
  ];
  for (const [what, kind, text] of hostile)
    it(`is looked at to its end: ${what}`, function () {
      const { document, workspace } = worldOf(kind, text());
      assert.ok(Array.isArray(findingsOf(document, workspace)));
    });
});

function deep(levels: number): string {
  const lines = Array.from({ length: levels }, (_none, at) => `${'    '.repeat(at)}  - block:`);
  return `steps:\n${lines.join('\n')}\n`;
}

function bomb(levels: number): string {
  const lines = Array.from({ length: levels }, (_none, at) =>
    at === 0
      ? '      a0: &a0 [x, x, x, x, x, x, x, x, x]'
      : `      a${at}: &a${at} [${`*a${at - 1}, `.repeat(9).slice(0, -2)}]`,
  );
  return `nodes:\n  a:\n    vars:\n${lines.join('\n')}\n`;
}
