import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { withPlaybooks } from './play.ts';

const supporting = `supportsDryRun: true
params: { to: { required: true } }
steps:
- { id: look, run: "echo look {{ params.to }} {{ batch.dryRun }}" }
- { id: write, run: "touch task-{{ params.to }}", when: not batch.dryRun }
outputs: { said: steps.look.stdout | trim }
`;
const other = `steps: [{ id: write, run: touch other }]
outputs: { said: steps.write.stdout }
`;
const text = `secrets: { token: { env: MUSTER_TEST_TOKEN } }
steps:
- { id: make, run: "touch made {{ secret.token }}", sudo: false, notify: [restart] }
- { id: each, run: "echo {{ item }}", loop: [x, y] }
- { id: task, task: ./dry.task.yaml, with: { to: "{{ node.name }}" } }
- { id: plain, task: ./other.task.yaml }
- { id: later, task: ./dry.task.yaml, with: { to: "{{ steps.make.stdout }}" } }
- { id: never, run: touch never, when: 1 > 2 }
- { id: perhaps, run: touch perhaps, when: steps.make.changed }
- { id: set, set: { k: "{{ steps.task.outputs.said }}", later: "{{ steps.plain.outputs.said }}" } }
- name: Try it
  block: [{ id: in, run: "touch {{ vars.k }}" }, { id: use, run: "touch {{ vars.later }}" }]
  rescue: [{ id: back, run: touch back }]
- { id: http, http: { url: "http://127.0.0.1:1/{{ node.name }}" } }
- { id: wait, wait: { seconds: 1000 } }
- { id: pause, pause: Look }
handlers: [{ id: restart, run: touch restarted }]
finally: [{ id: last, run: touch last }]
`;

describe('a dry run on nodes', function () {
  before(() => void (process.env['MUSTER_TEST_TOKEN'] = 'c4nary-token'));
  after(() => delete process.env['MUSTER_TEST_TOKEN']);

  it('runs tasks that support it, and tells of all other steps what they would do', () =>
    withPlaybooks(async ({ play, write, folder }) => {
      await write('dry.task.yaml', supporting);
      await write('other.task.yaml', other);
      const played = await play(text, { selection: 'a', dryRun: true });
      assert.deepEqual(played.steps('a'), [
        'skipped make: would run: touch made ********',
        'skipped each (x): would run: echo x',
        'skipped each (y): would run: echo y',
        'changed task',
        'changed look',
        'skipped write: its condition does not hold',
        'ok plain',
        'skipped write: would run: touch other',
        'skipped later: would run: task with to={{ steps.make.stdout }} (known when it runs)',
        'skipped never: its condition does not hold',
        'skipped perhaps: would run, if steps.make.changed',
        'ok set',
        "skipped in: would run: touch 'look a true'",
        'skipped use: would run: touch {{ vars.later }} (known when it runs)',
        'skipped http: would run: GET http://127.0.0.1:1/a',
        'skipped wait: would run: wait 1000 s',
        'skipped pause: would run: ask: Look',
        'skipped last: would run: touch last',
      ]);
      assert.deepEqual([played.state.status, played.said['a']], ['succeeded', 'look a true\n']);
      assert.deepEqual(await readdir(join(folder, 'a')), []);
      assert.deepEqual(played.state.plan.action.type === 'playbook' && played.state.plan.action.dryRun, true);
    }));

  it('is what such a task does only then', () =>
    withPlaybooks(async ({ play, write, folder }) => {
      await write('dry.task.yaml', supporting);
      const steps = 'steps: [{ task: ./dry.task.yaml, with: { to: x } }]\n';
      const { said } = await play(steps, { selection: 'a' });
      assert.deepEqual([said['a'], await readdir(join(folder, 'a'))], ['look x false\n', ['task-x']]);
    }));
});
