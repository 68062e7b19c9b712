import assert from 'node:assert/strict';
import { changesBetween, dependenceOf, dependsOn } from '../../server/service/dependence.ts';
import { factsOf } from '../../server/service/facts.ts';
import { languageOf } from '../../server/service/languages.ts';
import { documentOf } from './cursor.ts';

function dependence(name: string, text: string, version = text) {
  const uri = `file:///fleet/${name}`;
  return dependenceOf(factsOf(documentOf(text, languageOf(uri) ?? '', uri)), { uri, version });
}

describe('what depends on what', () => {
  const play = (body: string) => dependence('p.playbook.yaml', body);
  const table: readonly (readonly [
    title: string,
    before: ReturnType<typeof dependence> | undefined,
    now: ReturnType<typeof dependence> | undefined,
    other: ReturnType<typeof dependence>,
    depends: boolean,
  ])[] = [
    [
      'a playbook on the inventory',
      dependence('a.inventory.yaml', 'nodes: { a: }\n'),
      dependence('a.inventory.yaml', 'nodes: { b: }\n'),
      play('targets: all\nsteps: []\n'),
      true,
    ],
    [
      'a task on no inventory where it has no variable',
      dependence('a.inventory.yaml', 'nodes: { a: }\n'),
      dependence('a.inventory.yaml', 'nodes: { b: }\n'),
      dependence('t.task.yaml', 'steps:\n  - run: echo\n'),
      false,
    ],
    [
      'a playbook on a secret of the configuration',
      dependence('.muster/config.yaml', 'secrets: { a: { env: A } }\n'),
      dependence('.muster/config.yaml', 'secrets: { b: { env: A } }\n'),
      play('steps:\n  - run: "{{ secret.a }}"\n'),
      true,
    ],
    [
      'a playbook on a file that comes',
      undefined,
      dependence('t.task.yaml', 'steps: []\n'),
      play('steps:\n  - task: t.task.yaml\n'),
      true,
    ],
    [
      'a playbook on what a task of it says, as its parameters have to fit',
      dependence('t.task.yaml', 'params: { a: { required: true } }\nsteps: []\n'),
      dependence('t.task.yaml', 'params: { a: { required: false } }\nsteps: []\n'),
      play('steps:\n  - task: t.task.yaml\n'),
      true,
    ],
    [
      'nothing on steps of a file that it does not use',
      dependence('t.task.yaml', 'steps:\n  - { id: a, run: x }\n'),
      dependence('t.task.yaml', 'steps:\n  - { id: b, run: x }\n'),
      play('steps:\n  - task: u.task.yaml\n'),
      false,
    ],
  ];
  for (const [title, before, now, other, depends] of table)
    it(title, () => assert.equal(dependsOn(other, changesBetween(before, now)), depends));
});
