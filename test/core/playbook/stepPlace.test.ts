import assert from 'node:assert/strict';
import { stepPlace } from '../../../core/playbook/read/stepPlace.ts';

const playbook = `version: 1
name: Deploy
targets: all
steps:
  - id: drain
    run: drain
  - name: middle
    block:
      - run: first
      - id: inner
        run: second
    rescue:
      - run: mend
  - id: task
    task: ./restart.task.yaml
handlers:
  - id: reload
    run: reload
finally:
  - run: undrain
`;

describe('the place of a step in its file', () => {
  const lineOf = (path: string): number | undefined => stepPlace('/x/a.playbook.yaml', playbook, path);

  it('is found by ids and places, in blocks and at the end too', () => {
    assert.deepEqual(
      ['drain', '2', '2/1', '2/inner', '2/rescue/1', 'handlers/reload', 'finally/1'].map(lineOf),
      [4, 6, 8, 9, 12, 16, 19],
    );
  });

  it('is where another file is named, for a step of that file', () => {
    assert.equal(lineOf('task/1/stop'), 13);
  });

  it('is nowhere once the step is gone, or the file is broken', () => {
    assert.equal(lineOf('gone'), undefined);
    assert.equal(stepPlace('/x/a.playbook.yaml', 'steps: [', 'drain'), undefined);
  });

  it('is known in a task that was run by itself', () => {
    const task = 'version: 1\nname: T\nsteps:\n  - run: a\n  - id: b\n    run: b\n';
    assert.equal(stepPlace('/x/a.task.yaml', task, '1/b'), 4);
  });
});
