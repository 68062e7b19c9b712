import assert from 'node:assert/strict';
import { findingsOf } from '../../server/service/diagnostics/findings.ts';
import { worldOf } from './world.ts';

const task =
  'params:\n  name: { required: true }\n  count: { type: integer }\nsteps:\n  - run: echo {{ params.name }} {{ params.count | default(1) }}\n';

/** Line, code and message of everything that is found in a playbook. */
function found(text: string, files: Readonly<Record<string, string>> = {}): readonly string[] {
  const { document, workspace } = worldOf('playbook', text, { 't.task.yaml': task, ...files });
  return findingsOf(document, workspace).map(
    ({ range, code, message }) => `${range.start.line + 1} ${code} ${message}`,
  );
}

describe('what a run of a playbook would be refused for', () => {
  it('is told of a task: what it misses, does not know, and would not take', () => {
    assert.deepEqual(
      found(
        [
          'steps:',
          '  - task: ./t.task.yaml',
          '  - task: ./t.task.yaml',
          '    with: { nmae: a, name: b, count: many }',
          '  - task: ./t.task.yaml',
          "    with: { name: '{{ node.name }}', count: '{{ node.port }}' }\n",
        ].join('\n'),
      ),
      [
        '2 playbook/param The parameter "name" is required, and was not given. Write it under "with". (t.task.yaml)',
        '4 playbook/param There is no parameter "nmae". There are: name, count. (t.task.yaml)',
        '4 playbook/param count: It is a whole number, and this is text. (t.task.yaml)',
      ],
    );
  });

  it('is told of the parameter that was meant, and not of its absence too', () => {
    assert.deepEqual(found('steps:\n  - task: ./t.task.yaml\n    with: { nmae: a }\n'), [
      '3 playbook/param There is no parameter "nmae". Did you mean "name"? (t.task.yaml)',
    ]);
    const none = { 'u.task.yaml': 'steps:\n  - run: x\n' };
    assert.deepEqual(found('steps:\n  - task: ./u.task.yaml\n    with: { nmae: a }\n', none), [
      '3 playbook/param There is no parameter "nmae". There are none. (u.task.yaml)',
    ]);
  });

  it('is told of files that are part of themselves, by whatever way, and not of files that are only copied', () => {
    const back = { 'b.playbook.yaml': 'steps:\n  - playbook: ./site.playbook.yaml\n' };
    assert.deepEqual(found('steps:\n  - block:\n      - playbook: ./b.playbook.yaml\n', back), [
      '3 playbook/file-cycle These files are part of themselves: site.playbook.yaml → b.playbook.yaml → site.playbook.yaml. Take one of the steps out.',
    ]);
    assert.deepEqual(found('steps:\n  - copy: { from: ./site.playbook.yaml, to: /tmp/ }\n'), []);
  });

  it('is told of a strategy whose parts do not go together', () => {
    const run = 'steps:\n  - run: uptime\n';
    assert.match(
      found(`strategy: { mode: sequential, lockstep: true }\n${run}`).join(),
      /^1 playbook\/strategy In lockstep .* Choose one of the two\.$/,
    );
    assert.match(found(`strategy: { maxFailuresPerWave: 0 }\n${run}`).join(), /needs a run in waves/);
    assert.deepEqual(found(`strategy: { waves: [1], maxFailuresPerWave: 0 }\n${run}`), []);
  });

  it('is told of lists of steps with nothing in them', () => {
    assert.deepEqual(
      found('steps:\n  - block: []\n').map((each) => each.slice(0, 13)),
      ['2 steps/empty'],
    );
    assert.deepEqual(
      found('steps: []\n').map((each) => each.slice(0, 13)),
      ['1 steps/empty'],
    );
    assert.deepEqual(found('steps:\n  - run: uptime\nfinally: []\n'), []);
  });
});
