import assert from 'node:assert/strict';
import { compilePlaybook } from '../../../core/playbook/compile.ts';
import { placeOfStep } from '../../../core/run/loadedPlaybook.ts';
import { formatProblem } from '../../../core/util/problem.ts';

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

describe('what is wrong with given parameters', () => {
  const task = 'params: { service: { required: true } }\nsteps:\n  - run: echo {{ params.service }}\n';
  const refusals = (text: string): readonly string[] => {
    const found = compilePlaybook(
      { file: '/p.playbook.yaml', params: {}, withheld: [] },
      {
        read: (path) => ({ text: path === '/p.playbook.yaml' ? text : task }),
        resolve: (_from, path) => path.replace('.', ''),
        hash: () => '',
      },
    );
    return found.ok ? [] : found.problems.map(formatProblem);
  };

  it('is told at its place in a set of the batch, and the name that was meant is not missing too', () => {
    const head = 'params: { id: { type: integer, required: true } }\n';
    const steps = 'steps:\n  - run: echo {{ params.id }}\n';
    assert.deepEqual(refusals(`${head}batch:\n  - { id: 1 }\n  - { idd: 2 }\n  - {}\n${steps}`), [
      '/p.playbook.yaml:4:7 In set 2 of the batch: There is no parameter "idd". Did you mean "id"?',
      '/p.playbook.yaml:5:5 In set 3 of the batch: The parameter "id" is required, and was not given.',
    ]);
  });

  it('is told at its place in a step with a task', () => {
    const said = refusals('steps:\n  - run: x\n  - task: ./t.task.yaml\n    with: { servic: x }\n  - task: ./t.task.yaml\n'); // prettier-ignore
    assert.deepEqual(said, [
      '/p.playbook.yaml:4:13 There is no parameter "servic". Did you mean "service"? (/t.task.yaml)',
      '/p.playbook.yaml:5:5 The parameter "service" is required, and was not given. (/t.task.yaml)',
    ]);
  });
});
