import assert from 'node:assert/strict';
import { codeActions } from '../../server/service/actions/codeActions.ts';
import { told } from '../../server/service/diagnostics/diagnose.ts';
import { findingsOf } from '../../server/service/diagnostics/findings.ts';
import { worldOf } from './world.ts';

/** What is offered at the `§` of a playbook: titles, and the files that they make with their texts. */
function madeAt(marked: string): readonly (readonly [title: string, uri: string, text: string])[] {
  const { document, workspace } = worldOf('playbook', marked.replace('§', ''));
  const position = document.document.positionAt(marked.indexOf('§'));
  const all = told(document, findingsOf(document, workspace), new Map());
  const range = { start: position, end: position };
  return codeActions({ document, workspace, told: all, range, only: ['quickfix'] }).flatMap(
    ({ title, edit }) => {
      const [create, change] = edit?.documentChanges ?? [];
      if (!create || !('kind' in create) || create.kind !== 'create') return [];
      const [first] = change && 'edits' in change ? change.edits : [];
      return [[title, create.uri, first && 'newText' in first ? first.newText : '']];
    },
  );
}

const steps = 'version: 1\nsteps:\n  - run: \n';

describe('a file that is not there yet', () => {
  const table: readonly (readonly [step: string, made: readonly string[] | undefined])[] = [
    ['task: ./ta§sks/x.task.yaml', ['Make x.task.yaml', 'file:///w/tasks/x.task.yaml', steps]],
    ['task: ./x.y§ml', ['Make x.yml', 'file:///w/x.yml', steps]],
    ['playbook: ./b§ase.playbook.yaml', ['Make base.playbook.yaml', 'file:///w/base.playbook.yaml', steps]],
    ['script: ./n§.sh', ['Make n.sh', 'file:///w/n.sh', '#!/usr/bin/env sh\n']],
    ['script: { file: ./n§.sh }', ['Make n.sh', 'file:///w/n.sh', '#!/usr/bin/env sh\n']],
    ['copy: { from: ./a§.conf, to: /etc/ }', ['Make a.conf', 'file:///w/a.conf', '']],
    ['copy: { from: [./b.conf, ./a§.conf], to: /etc/ }', ['Make a.conf', 'file:///w/a.conf', '']],
    ['template: { from: ./a§.tpl, to: /etc/a }', ['Make a.tpl', 'file:///w/a.tpl', '']],
    [
      'ansible: { playbook: ./si§te.yml }',
      ['Make site.yml', 'file:///w/site.yml', '- hosts: all\n  tasks: []\n'],
    ],
    ['copy: { from: ./d§ir/, to: /etc/ }', undefined],
    ['script: ./{{ vars.§x }}.sh', undefined],
  ];
  for (const [step, made] of table)
    it(`is ${made ? 'made' : 'not made'} where a step names it: ${step}`, () => {
      assert.deepEqual(madeAt(`steps:\n  - ${step}\n`), made ? [made] : []);
    });
});
