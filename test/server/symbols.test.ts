import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SymbolKind } from 'vscode-languageserver-types';
import { stepKinds } from '../../core/schema/step.ts';
import { documentLinks } from '../../server/service/navigation/documentLinks.ts';
import { outline } from '../../server/service/navigation/outline.ts';
import { workspaceSymbols } from '../../server/service/navigation/workspaceSymbols.ts';
import { root } from '../house/repository.ts';
import { documentOf } from './cursor.ts';
import { emptyWorkspace } from './diagnose.ts';
import { at, type Files } from './fleet.ts';

const inventory =
  'nodes:\n  web[1-3]: { tags: [web] }\n  db: { jump: web1 }\ngroups:\n  front: { nodes: "web[1-2]" }\n';

function withPlay(targets: string, steps = '  - run: x\n'): Files {
  return {
    'a.inventory.yaml': inventory,
    'p.playbook.yaml': `targets: "${targets}"\nsteps:\n${steps}`,
    'restart.task.yaml': 'steps:\n  - run: x\n',
  };
}

describe('symbols', () => {
  it('of a playbook are its parameters, variables, steps and the steps inside', () => {
    const text =
      'params: { v: { type: string } }\nsteps:\n  - id: a\n    run: x\n  - name: All of it\n    block:\n      - run: |\n          echo 1\n          echo 2\nhandlers:\n  - { id: h, run: y }\n';
    const tree = outline(documentOf(text, 'muster-playbook'));
    const names = (symbols: typeof tree): unknown[] =>
      symbols.map(({ name, children }) => (children ? [name, names(children)] : name));
    assert.deepEqual(names(tree), [
      ['params', ['v']],
      ['steps', ['a', ['All of it', [['block', ['run: echo 1']]]]]],
      ['handlers', ['h']],
    ]);
  });

  it('of a configuration and a policy are what stands in them', () => {
    const names = (text: string, language: string): unknown[] =>
      outline(documentOf(text, language)).map(({ name, children = [] }) => [
        name,
        children.map((child) => child.name),
      ]);
    assert.deepEqual(
      names('vars: { port: 1 }\nsecrets:\n  token: { env: T }\ndefaults: { timeout: 5s }\n', 'muster-config'),
      [
        ['vars', ['port']],
        ['secrets', ['token']],
        ['defaults', ['timeout']],
      ],
    );
    assert.deepEqual(
      names(
        'confirmAbove: 5\nprotectedTags: [prod]\nrules:\n  - { name: No agents, decision: deny }\n  - { decision: confirm, targets: tag:prod }\n',
        'muster-policy',
      ),
      [
        ['confirmAbove', []],
        ['protectedTags', ['prod']],
        ['rules', ['No agents', 'confirm tag:prod']],
      ],
    );
  });

  it('of any broken text lie inside of each other', () => {
    for (const text of [
      'steps:\n  -\n  - id\n',
      'steps: 1\nparams: [',
      'nodes:\n  a:\n  a:\n',
      'steps:\n  - run: "x\n',
    ])
      for (const language of ['muster-playbook', 'muster-inventory', 'muster-policy', 'muster-config']) {
        const document = documentOf(text, language);
        const check = (symbols: ReturnType<typeof outline>): void => {
          for (const { range, selectionRange, children = [], name } of symbols) {
            const offset = (position: typeof range.start): number => document.document.offsetAt(position);
            assert.ok(name !== '');
            assert.ok(offset(range.start) <= offset(selectionRange.start), text);
            assert.ok(offset(selectionRange.end) <= offset(range.end), text);
            check(children);
          }
        };
        check(outline(document));
      }
  });

  it('of the workspace are found by letters of their names', () => {
    const { workspace } = at(withPlay('|db', '  - { id: drain, run: x }\n'));
    const found = (query: string) =>
      workspaceSymbols(query, workspace).map(({ name, containerName }) => [name, containerName]);
    assert.deepEqual(found('fr'), [['front', 'a.inventory.yaml']]);
    assert.deepEqual(found('DRN'), [['drain', 'p.playbook.yaml']]);
    assert.deepEqual(found('restart.task'), [['restart.task.yaml', undefined]]);
    assert.deepEqual(
      workspaceSymbols(
        '',
        at({
          'p.playbook.yaml':
            'name: Deploy |web\nvars: { port: 1 }\nsteps:\n  - { name: Drain it, run: x, register: out }\n',
        }).workspace,
      ).map(({ name, kind }) => [name, kind]),
      [
        ['p.playbook.yaml', SymbolKind.File],
        ['Deploy web', SymbolKind.Function],
        ['port', SymbolKind.Variable],
        ['Drain it', SymbolKind.Function],
        ['out', SymbolKind.Variable],
      ],
    );
    assert.deepEqual(workspaceSymbols('', emptyWorkspace), []);
  });
});

describe('document links', () => {
  const links = (files: Files, pages?: string): readonly string[] => {
    const { document, workspace } = at(files);
    return documentLinks(document, workspace, pages).map(
      ({ range, target = '' }) => `${document.document.getText(range)} → ${target}`,
    );
  };

  it('are the files that are there, and the inventory of the nodes', () => {
    assert.deepEqual(links(withPlay('|db', '  - task: ./restart.task.yaml\n  - task: ./none.task.yaml\n')), [
      'targets → file:///fleet/a.inventory.yaml',
      './restart.task.yaml → file:///fleet/restart.task.yaml',
    ]);
    assert.deepEqual(links({ 'p.playbook.yaml': 'targets: d|b\nsteps: []\n' }), []);
  });

  it('are the pages about what steps do, once for each kind', () => {
    const steps = '  - { run: x, id: a }\n  - copy: { from: a, to: b }\n  - block:\n      - run: y\n';
    assert.deepEqual(links(withPlay('|db', steps), 'file:///docs/').slice(1), [
      'run → file:///docs/playbook.md#each-of-steps',
      'copy → file:///docs/playbook.md#stepscopy',
      'block → file:///docs/playbook.md#each-of-steps',
    ]);
  });

  it('of all kinds of step lead to headings that are there', () => {
    const page = readFileSync(join(root, 'docs/reference/playbook.md'), 'utf8');
    const headings = new Set(
      [...page.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
        title
          .toLowerCase()
          .replaceAll(/[^\w -]/g, '')
          .replaceAll(' ', '-'),
      ),
    );
    const steps = stepKinds.map((kind) => `  - ${kind}: {}\n`).join('');
    const found = links({ 'p.playbook.yaml': `name: |x\nsteps:\n${steps}` }, 'file:///docs/');
    assert.equal(found.length, stepKinds.length);
    for (const link of found) assert.ok(headings.has(link.split('#')[1] ?? ''), link);
  });
});
