import assert from 'node:assert/strict';
import { linkedEditing } from '../../server/service/navigation/linkedEditing.ts';
import { at } from './fleet.ts';

function linked(text: string, others: Readonly<Record<string, string>> = {}): readonly string[] | undefined {
  const { document, position, workspace } = at({ 'p.playbook.yaml': text, ...others });
  return linkedEditing(document, position, workspace)?.ranges.map(
    ({ start }) => `${start.line + 1}:${start.character + 1}`,
  );
}

describe('names that change together while somebody types', () => {
  const table: readonly (readonly [what: string, text: string, wanted: readonly string[] | undefined])[] = [
    [
      'an id and what needs and reads it',
      'steps:\n  - { id: dr|ain, run: x }\n  - { needs: drain, run: "echo {{ steps.drain.stdout }}" }\n',
      ['2:11', '3:14', '3:41'],
    ],
    [
      'a handler and who notifies it',
      'steps:\n  - { run: x, notify: again }\nhandlers:\n  - { id: ag|ain, run: x }\n',
      ['4:11', '2:23'],
    ],
    [
      'a parameter and its uses',
      'params: { po|rt: {} }\nsteps:\n  - run: echo {{ params.port }}\n',
      ['1:11', '3:25'],
    ],
    ['not from a use', 'steps:\n  - { id: a, run: x }\n  - { needs: a|, run: x }\n', undefined],
    ['not what nothing uses', 'steps:\n  - { id: a|, run: x }\n', undefined],
    ['not a word that is no name', 'steps:\n  - { id: a, run: upt|ime }\n', undefined],
  ];
  for (const [what, text, wanted] of table) it(`are ${what}`, () => assert.deepEqual(linked(text), wanted));

  it('are none where a file that a step fills in has the name', () => {
    const text =
      'vars: { po|rt: 1 }\nsteps:\n  - run: x {{ vars.port }}\n  - template: { from: a.tpl, to: /etc/a }\n';
    assert.deepEqual(linked(text, { 'a.tpl': 'x {{ vars.other }}\n' }), ['1:9', '3:20']);
    assert.equal(linked(text, { 'a.tpl': 'x {{ vars.port }}\n' }), undefined);
  });

  it('are none where another file uses the name', () => {
    const task = 'params: { po|rt: {} }\nsteps:\n  - run: echo {{ params.port }}\n';
    const user = 'steps:\n  - task: ./p.task.yaml\n    with: { port: 80 }\n';
    const { document, position, workspace } = at({ 'p.task.yaml': task, 'u.playbook.yaml': user });
    assert.equal(linkedEditing(document, position, workspace), undefined);
  });
});
