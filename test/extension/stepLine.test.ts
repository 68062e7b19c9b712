import assert from 'node:assert/strict';
import { stepLine } from '../../extension/model/stepLine.ts';

const playbook = `name: Deploy
targets: all
steps:
  - id: drain
    run: drain --wait
  - name: "In the middle"
    block:
      - run: first
      - { id: inner, run: second }
    rescue:
      - run: |
          mend it
  - id: task
    task: ./restart.task.yaml
`;

describe('the line of a step in its file', () => {
  const lineOf = (path: string, title: string): number | undefined => stepLine(playbook, { path, title });

  it('is that of its id, also within braces', () => {
    assert.deepEqual([lineOf('drain', 'drain'), lineOf('2/inner', 'inner')], [3, 8]);
  });

  it('is that of its name or of what it runs, where it has no id', () => {
    assert.equal(lineOf('2', 'In the middle'), 5);
    assert.equal(lineOf('2/1', 'first'), 7);
    assert.equal(lineOf('2/rescue/1', 'mend it'), 11);
  });

  it('is that of the step that names its file, for a step of another file', () => {
    assert.equal(lineOf('task/stop', 'stop the (service)'), 12);
  });

  it('is none once the step is gone', () => {
    assert.equal(lineOf('gone', 'gone'), undefined);
    assert.equal(lineOf('7', 'rm .*'), undefined);
  });
});
