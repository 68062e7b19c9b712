import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { codeActions } from '../../server/service/actions/codeActions.ts';
import { told } from '../../server/service/diagnostics/diagnose.ts';
import { findingsOf } from '../../server/service/diagnostics/findings.ts';
import { createFileTexts } from '../../server/index/fileTexts.ts';
import { canonicalUri } from '../../server/service/uris.ts';
import { diagnose } from './diagnose.ts';
import { worldOf } from './world.ts';

const inventory = 'nodes:\n  web[01-04]: { vars: { port: 80 } }\n  db1:\n';
const step = 'steps:\n  - template: { from: ./a.tpl, to: /etc/a }\n';

function world(playbook: string, template: string, files: Readonly<Record<string, string>> = {}) {
  return worldOf('playbook', playbook, { '.muster/inventory.yaml': inventory, 'a.tpl': template, ...files });
}

/** Code and place in the template of what is told where the playbook names it. */
function inTemplate(playbook: string, template: string): readonly string[] {
  const { document, workspace } = world(playbook, template);
  return diagnose(document, workspace, { levels: new Map() }).flatMap(({ code, relatedInformation = [] }) => {
    const [first] = relatedInformation;
    if (!first?.location.uri.endsWith('/a.tpl')) return [];
    const { start, end } = first.location.range;
    return [`${start.line + 1}:${start.character + 1}-${end.character + 1} ${String(code)}`];
  });
}

describe('a file that a step fills in', () => {
  for (const [what, template, expected] of [
    ['a filter that there is not', 'a\n{{ node.name | uper }}\n', '2:16-20 template/unknown-filter'],
    ['a test that there is not', '{{ 1 if vars.x is defned else 2 }}\n', '1:19-25 template/unknown-test'],
    ['the wrong number of arguments', '{{ node.name | upper(1) }}\n', '1:16-24 template/arguments'],
    ['braces without an end', 'a\n  {{ node.name\n', '2:3-5 template/unclosed'],
    ['a statement', '{% if x %}\n', '1:1-6 template/statement'],
    ['a calculation that cannot be done', '{{ 1 / 0 }}\n', '1:4-9 template/value'],
    ['a field that a node does not have', 'é {{ node.nam }}\n', '1:6-14 playbook/unknown-node'],
    ['a name that there is not', '{{ nod.name }}\n', '1:4-12 playbook/unknown-name'],
    ['a parameter that is not declared', '{{ params.p }}\n', '1:4-12 playbook/unknown-params'],
    ['a step that there is not', '{{ steps.x.stdout }}\n', '1:4-18 playbook/unknown-steps'],
    ['an item without a loop', '{{ item }}\n', '1:4-8 playbook/no-loop'],
    ['a secret that is not declared', '{{ secret.s }}\n', '1:4-12 playbook/unknown-secret'],
  ] as const)
    it(`is told of where it is named: ${what}`, () => {
      assert.deepEqual(inTemplate(`targets: db1\n${step}`, template), [expected]);
      // A template may be named by a task, too.
      const { document, workspace } = worldOf('task', step, { 'a.tpl': template });
      assert.match(
        JSON.stringify(diagnose(document, workspace, { levels: new Map() })),
        new RegExp(expected.split(' ')[1] ?? ''),
      );
    });

  it('has its variables looked for on every node that is meant, and the defaults are written there', () => {
    const text = `targets: all\n${step}`;
    assert.deepEqual(inTemplate(text, 'port {{ vars.port }}\n'), ['1:9-18 vars/undefined']);
    assert.deepEqual(inTemplate(text, 'port {{ vars.port | default(80) }}\n'), []);
    assert.deepEqual(inTemplate(`targets: web*\n${step}`, 'port {{ vars.port }}\n'), []);
    const { document, workspace } = world(text, 'port {{ vars.port }}\n');
    const all = told(document, findingsOf(document, workspace), new Map());
    assert.equal(
      all[0]?.finding.message,
      './a.tpl:1:9 "port" is undefined on 1 of 5 nodes that are meant: db1. Give it to them, or write default(…).',
    );
    const whole = { start: { line: 0, character: 0 }, end: document.document.positionAt(text.length) };
    const [first] = codeActions({ document, workspace, told: all, range: whole });
    const at = { line: 0, character: 17 };
    assert.deepEqual(first?.edit?.documentChanges, [
      {
        textDocument: { uri: 'file:///w/a.tpl', version: null },
        edits: [{ range: { start: at, end: at }, newText: ' | default("")' }],
      },
    ]);
  });

  it('may not look up what comes later', () => {
    const later = `targets: db1\n${step}  - { id: ask, run: uptime, register: out }\n`;
    assert.deepEqual(inTemplate(later, '{{ vars.out.stdout }} {{ steps.ask.stdout }}\n'), [
      '1:4-12 vars/too-early',
      '1:26-35 vars/step-too-early',
    ]);
  });

  it('uses variables, parameters and secrets, also those of the playbook that uses a task', () => {
    const unused = (playbook: string, template: string, files = {}) => {
      const { document, workspace } = world(playbook, template, files);
      return findingsOf(document, workspace).map(({ code, message }) => `${code} ${message}`);
    };
    const said = 'vars: { u: 1, w: 2 }\n';
    const w = ['vars/unused Nothing uses the variable "w".'];
    assert.deepEqual(unused(said + step, '{{ vars.u }}\n'), w);
    assert.deepEqual(unused(said + step, '{{ vars | json }}\n'), []);
    const byTask = `${said}steps:\n  - task: ./t.task.yaml\n`;
    assert.deepEqual(unused(byTask, '{{ vars.u }}\n', { 't.task.yaml': step }), w);
    // Which file it is depends on the node: any may use any.
    const any = 'steps:\n  - template: { from: "{{ node.name }}.tpl", to: /etc/a }\n';
    assert.deepEqual(unused(said + any, ''), []);
    assert.deepEqual(unused(byTask, '', { 't.task.yaml': any }), []);
  });

  it('is silenced where it is named', () => {
    const text = step.replace('/etc/a }', '/etc/a } # muster-ignore template');
    assert.deepEqual(inTemplate(text, '{{ node.name | uper }}\n'), []);
  });
});

describe('texts of files that are none of ours', () => {
  let folder = '';
  beforeEach(() => (folder = realpathSync(mkdtempSync(join(tmpdir(), 'muster-texts-')))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const uriOf = (path: string): string => canonicalUri(pathToFileURL(join(folder, path)).href);

  it('are the same object until they change', () => {
    mkdirSync(join(folder, 'w'));
    const file = join(folder, 'w', 'a.tpl');
    writeFileSync(file, 'one');
    const read = createFileTexts();
    const first = read(uriOf('w/a.tpl'), [uriOf('w')]);
    assert.equal(first?.text, 'one');
    assert.equal(read(uriOf('w/a.tpl'), [uriOf('w')]), first);
    writeFileSync(file, 'two');
    utimesSync(file, 1, 1);
    assert.equal(read(uriOf('w/a.tpl'), [uriOf('w')])?.text, 'two');
    rmSync(file);
    assert.equal(read(uriOf('w/a.tpl'), [uriOf('w')]), undefined);
  });

  it('are none outside of the folders, of folders, of binary files and of huge ones', () => {
    mkdirSync(join(folder, 'w', 'inner'), { recursive: true });
    writeFileSync(join(folder, 'outside'), 'x');
    symlinkSync(join(folder, 'outside'), join(folder, 'w', 'link'));
    writeFileSync(join(folder, 'w', 'binary'), 'a\0b');
    writeFileSync(join(folder, 'w', 'huge'), 'x'.repeat(2 * 1024 * 1024 + 1));
    const read = createFileTexts();
    for (const path of ['outside', 'w/link', 'w/inner', 'w/binary', 'w/huge', 'w/none'])
      assert.equal(read(uriOf(path), [uriOf('w')]), undefined, path);
  });
});
