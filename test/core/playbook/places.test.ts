import assert from 'node:assert/strict';
import { compilePlaybook } from '../../../core/playbook/compile.ts';
import { placeOfStep } from '../../../core/run/loadedPlaybook.ts';

const texts: Readonly<Record<string, string>> = {
  '/site/deploy.playbook.yaml': `name: Deploy
targets: all
steps:
  - id: drain
    run: drain --wait
  - name: In the middle
    block:
      - run: first
      - { id: inner, run: second }
    rescue:
      - run: mend it
  - id: task
    task: ./restart.task.yaml
finally:
  - run: undrain
`,
  '/site/restart.task.yaml': `name: Restart
steps:
  - id: stop
    run: stop it
  - ansible: { playbook: site.yml }
`,
};

describe('where a step of a plan is written', () => {
  const compiled = compilePlaybook(
    { file: '/site/deploy.playbook.yaml', params: {}, withheld: [] },
    {
      read: (path) => ({ text: texts[path] ?? '' }),
      resolve: (_from, path) => path.replace('.', '/site'),
      hash: () => '',
    },
  );
  assert.ok(compiled.ok, JSON.stringify(compiled));
  const action = {
    type: 'playbook' as const,
    file: '/site/deploy.playbook.yaml',
    params: {},
    withheld: [],
  };
  const placeOf = (step: string): string => {
    const place = placeOfStep({ ...action, loaded: compiled.loaded }, step);
    return place ? `${place.file}:${place.line}` : '';
  };

  it('is a line of its file, within blocks and at the end as well', () => {
    const lines = ['drain', '2', '2/1', '2/inner', '2/rescue/1', 'task', 'finally/1'].map(placeOf);
    assert.deepEqual(
      lines,
      [4, 6, 8, 9, 11, 12, 15].map((line) => `/site/deploy.playbook.yaml:${line}`),
    );
  });

  it('is in the file of the task that it is of', () => {
    assert.equal(placeOf('task/stop'), '/site/restart.task.yaml:3');
  });

  it('is that of the step which made it, where nobody has written it', () => {
    assert.equal(placeOf('task/2/17'), '/site/restart.task.yaml:5');
  });

  it('is none where there is no such step, or where the plan says nothing of places', () => {
    assert.equal(placeOf('gone'), '');
    const { places: _places, ...older } = compiled.loaded;
    assert.equal(placeOfStep({ ...action, loaded: older }, 'drain'), undefined);
  });
});
