import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { previewSteps } from '../../../core/run/steps/preview.ts';
import { planChanges } from '../../../core/run/planChanges.ts';
import { type Playing, withPlaybooks } from './play.ts';

describe('the plan of a playbook', function () {
  it('has its targets and strategy, where a person says nothing', () =>
    withPlaybooks(async ({ client, request, write }) => {
      await write(
        'test.playbook.yaml',
        `targets: tag:first\nstrategy: { mode: sequential, maxFailures: 1, stopOnFailure: true }\ntimeout: 5s\nsteps: [{ run: 'true' }]\n`,
      );
      const own = await client.plan(request({ selection: '' }));
      assert.ok(own.ok);
      assert.deepEqual(
        own.value.plan.targets.map(({ node }) => node),
        ['a'],
      );
      const { strategy, limits } = own.value.plan;
      assert.deepEqual(
        [strategy.mode, strategy.maxFailures, strategy.stopOnFailure, limits.timeoutMs],
        ['sequential', 1, true, 5000],
      );
      const asked = {
        ...request({ selection: 'b,c' }),
        strategy: { mode: 'parallel' as const },
        limits: { timeoutMs: 7000 },
      };
      const other = await client.plan(asked);
      assert.ok(other.ok);
      assert.deepEqual(
        other.value.plan.targets.map(({ node }) => node),
        ['b', 'c'],
      );
      assert.deepEqual(
        [other.value.plan.strategy.mode, other.value.plan.limits.timeoutMs],
        ['parallel', 7000],
      );
    }));

  const mistakes: readonly [what: string, text: string, change: object, message: RegExp][] = [
    ['a mistake in the file', 'steps:\n- rnu: a\n', {}, /^test\.playbook\.yaml:2:3 Unknown key "rnu"\. Did you mean "run"\?/],
    ['a parameter that is missing', 'params: { v: { required: true } }\nsteps: [{ run: x }]\n', {}, /"v" is required/],
    ['a parameter that is not there', 'steps: [{ run: x }]\n', { params: { w: '1' } }, /no parameter "w"/],
    ['a parameter of another kind', 'params: { v: { type: integer } }\nsteps: [{ run: x }]\n', { params: { v: 'x' } }, /whole number/],
    ['a secret parameter that is given openly', 'params: { v: { sensitive: true } }\nsteps: [{ run: x }]\n', { params: { v: 'x' } }, /"v" is secret/],
    ['a secret parameter with a default', 'params: { v: { sensitive: true, default: hush } }\nsteps: [{ run: x }]\n', {}, /^test\.playbook\.yaml:1:42 A secret has no default.*Take "default" away/],
    ['values of a parameter that is no enum', 'params: { v: { type: string, values: [a] } }\nsteps: [{ run: x }]\n', {}, /^test\.playbook\.yaml:1:38 "values" means something for an enum only, and this is of type string\. Write "type: enum"/],
    ['a pattern of a number', 'params: { v: { type: integer, pattern: a } }\nsteps: [{ run: x }]\n', {}, /"pattern" means something for text and paths only/],
    ['the least of what is true or false', 'params: { v: { type: boolean, min: 1 } }\nsteps: [{ run: x }]\n', {}, /"min" means something for numbers/],
    ['a secret parameter of a task that is written down', 'steps: [{ task: key.task.yaml, with: { k: x } }]\n', {}, /"k" is secret/],
    ['a task that is not there', 'steps: [{ task: gone.task.yaml }]\n', {}, /gone\.task\.yaml can not be read/],
    ['a task with a mistake', 'steps: [{ task: bad.task.yaml }]\n', {}, /^bad\.task\.yaml:1:1 The task does nothing/],
    ['a task without what it needs', 'steps: [{ task: who.task.yaml }]\n', {}, /"who" is required/],
    ['files that are part of themselves', 'steps: [{ playbook: test.playbook.yaml }]\n', {}, /part of themselves/],
    ['a tag that is not there', 'steps: [{ run: x, tags: aa }]\n', { tags: ['ab'] }, /No step has the tag "ab"\. Did you mean "aa"/],
    ['a step to start at that is not there', 'steps: [{ run: x, id: aa }]\n', { startAt: 'b' }, /no step "b" to start at.*aa/],
    ['a single step that is not there', 'steps: [{ run: x, id: aa }]\n', { only: 'b' }, /no step "b".*aa/],
    ['a single step beside tags', 'steps: [{ run: x, id: aa, tags: t }]\n', { only: 'aa', tags: ['t'] }, /"--only" says already.*--tags/],
    ['a step to start at that is inside of another', 'steps: [{ id: aa, block: [{ id: b, run: x }] }]\n', { startAt: 'b' }, /"b" is inside of another.*aa/],
  ]; // prettier-ignore
  for (const [what, text, change, message] of mistakes) {
    it(`is refused for ${what}, before anything runs`, () =>
      withPlaybooks(async ({ client, request, write }) => {
        await write('bad.task.yaml', 'name: a\n');
        await write('who.task.yaml', 'params: { who: { required: true } }\nsteps: [{ run: x }]\n');
        await write('key.task.yaml', 'params: { k: { sensitive: true } }\nsteps: [{ run: x }]\n');
        await write('test.playbook.yaml', text);
        const planned = await client.plan(request(change));
        assert.ok(!planned.ok);
        assert.equal(planned.error.code, 'INPUT_INVALID');
        assert.match(planned.error.message, message);
      }));
  }

  it('says for each step what it would do on which nodes, with stars for secrets', () =>
    withPlaybooks(async ({ client, request, write }) => {
      await write(
        'test.playbook.yaml',
        `secrets: { key: { env: MUSTER_TEST_KEY } }
steps:
- { id: x, run: "echo {{ vars.n }} {{ secret.key }}", when: vars.n < 3 }
- { id: y, run: "echo {{ steps.x.stdout }}" }
- { id: z, http: { url: "http://{{ node.name }}/" }, when: steps.x.changed }
`,
      );
      const planned = await client.plan(request());
      assert.ok(planned.ok);
      const usual = { kind: 'run', isNamed: false, depth: 0 };
      const yes = { runs: 'yes', isKnown: true };
      assert.deepEqual(previewSteps(planned.value.plan), [
        { ...usual, step: 'x', title: 'x', groups: [
          { ...yes, text: "echo 1 '********'", nodes: ['a'] },
          { ...yes, text: "echo 2 '********'", nodes: ['b'] },
          { text: '', runs: 'no', isKnown: true, why: 'its condition does not hold', nodes: ['c'] },
        ] },
        { ...usual, step: 'y', title: 'y', groups: [{ ...yes, text: 'echo {{ steps.x.stdout }}', isKnown: false, nodes: ['a', 'b', 'c'] }] },
        { ...usual, kind: 'http', step: 'z', title: 'z', groups: ['a', 'b', 'c'].map((node) => ({ runs: 'maybe', isKnown: true, text: `GET http://${node}/`, when: 'steps.x.changed', nodes: [node] })) },
      ]); // prettier-ignore
    }));

  it('is not run once a file has changed, and what changed is told', () =>
    withPlaybooks(async ({ client, request, write, folder }) => {
      await write('t.task.yaml', 'steps: [{ run: echo 1 }]\n');
      await write('test.playbook.yaml', 'steps: [{ task: t.task.yaml }]\n');
      const planned = await client.plan(request());
      assert.ok(planned.ok);
      await write('t.task.yaml', 'steps: [{ run: echo 2 }]\n');
      const started = await client.start({ plan: planned.value.plan });
      assert.ok(!started.ok && started.error.code === 'PLAN_STALE');
      const now = await client.plan(request());
      assert.ok(now.ok);
      assert.deepEqual(planChanges(planned.value.plan, now.value.plan), [
        `Changed: ${join(folder, 't.task.yaml')}.`,
      ]);
    }));
});

describe('a playbook that runs again', function () {
  it('says where its files are not what they were, and only there', () =>
    withPlaybooks(async ({ client, play, write }) => {
      const { state } = await play('steps: [{ run: echo 1 }]\n', { selection: 'a' });
      const notes = async (): Promise<readonly string[]> => {
        const again = await client.rerun({ batch: state.id, which: 'all' });
        assert.ok(again.ok, JSON.stringify(again));
        const planned = await client.plan(again.value.request);
        assert.ok(planned.ok, JSON.stringify(planned));
        return planned.value.notes;
      };
      assert.deepEqual(await notes(), []);
      await write('test.playbook.yaml', 'steps: [{ run: echo 2 }]\n');
      const [note = '', ...more] = await notes();
      assert.match(note, /test\.playbook\.yaml is not what batch \w+ ran: what is there now is used\.$/);
      assert.deepEqual(more, []);
    }));
});

describe('a secret of a playbook', function () {
  const text = `params: { token: { sensitive: true, required: true } }
secrets: { key: { env: MUSTER_TEST_KEY } }
steps:
- { id: x, run: "echo {{ params.token }} $K; echo {{ secret.key }} >&2", env: { K: "{{ secret.key }}" } }
- { fail: "{{ secret.key }} and {{ params.token }}" }
`;
  const canaries = ['canary-param-77', 'canary-env-88'];

  async function withKey(test: (playing: Playing) => Promise<void>): Promise<void> {
    process.env['MUSTER_TEST_KEY'] = 'canary-env-88';
    try {
      await withPlaybooks(test);
    } finally {
      delete process.env['MUSTER_TEST_KEY'];
    }
  }

  it('is used, and stands in no file, event or message', () =>
    withKey(async ({ play, folder }) => {
      const secrets = { token: 'canary-param-77' };
      const { said, state, steps } = await play(text, { selection: 'a', withheld: ['token'], secrets });
      assert.match(said['a'] ?? '', /^\*{8} \*{8}\n/);
      assert.deepEqual(steps('a')[1], 'failed fail: ******** and ********');
      const names = await readdir(join(folder, 'data'), { recursive: true, withFileTypes: true });
      const files = names.filter((each) => each.isFile());
      assert.ok(files.length >= 2);
      const texts = await Promise.all(
        files.map((each) => readFile(join(each.parentPath, each.name), 'latin1')),
      );
      for (const canary of canaries)
        assert.ok(![...texts, JSON.stringify(state)].some((each) => each.includes(canary)), canary);
    }));

  it('that did not come is asked for by its name, before anything runs', () =>
    withPlaybooks(async ({ client, request, write }) => {
      await write('test.playbook.yaml', text);
      for (const [secrets, message] of [
        [{}, /"token" is secret and did not come/],
        [{ token: 'abcdef' }, /MUSTER_TEST_KEY, which is not set/],
      ] as const) {
        const planned = await client.plan(request({ withheld: ['token'] }));
        assert.ok(planned.ok);
        const started = await client.start({ plan: planned.value.plan, secrets });
        assert.ok(!started.ok && started.error.code === 'INPUT_MISSING');
        assert.match(started.error.message, message);
      }
      assert.deepEqual(await client.batches(), []);
    }));

  it('of a parameter is refused in a plan as what it is not: open', () =>
    withKey(async ({ client, request, write }) => {
      await write('test.playbook.yaml', text);
      const planned = await client.plan(request({ withheld: ['token'] }));
      assert.ok(planned.ok);
      assert.ok(!JSON.stringify(planned.value).includes('canary'));
    }));
});

describe('the rules', function () {
  it('see the commands of a playbook as they are on each node', () =>
    withPlaybooks(async ({ client, request, write, folder }) => {
      await write('.muster/inventory.yaml', 'nodes: { a: { transport: local, cwd: .. } }\n');
      await write('.muster/policy.yaml', "rules:\n- { decision: deny, command: 'reboot' }\n");
      await write('test.playbook.yaml', 'vars: { c: reboot }\nsteps: [{ run: "{{ vars.c | raw }} now" }]\n');
      const planned = await client.plan({
        ...request({ selection: 'a' }),
        sources: [{ type: 'muster', path: join(folder, '.muster', 'inventory.yaml') }],
      });
      assert.ok(planned.ok, JSON.stringify(planned));
      assert.equal(planned.value.decision.verdict, 'deny');
    }));

  const hidden: readonly [where: string, steps: string, verdict: 'deny' | 'allow'][] = [
    ['a later item of a loop', '- { loop: [a, redis], run: "echo {{ item }}" }', 'deny'],
    ['an item beside one that is not known yet', '- { id: x, run: id }\n- { loop: ["{{ steps.x.stdout }}", redis], run: "echo {{ item }}" }', 'deny'],
    ['a parameter of a task', '- { task: u.task.yaml, with: { s: redis } }', 'deny'],
    ['a parameter of another playbook', '- { playbook: v.playbook.yaml, with: { s: redis } }', 'deny'],
    ['a parameter that is one of the step above', '- { loop: [a, redis], task: u.task.yaml, with: { s: "{{ item }}" } }', 'deny'],
    ['a variable that a step sets', '- { set: { s: redis } }\n- { run: "echo {{ vars.s }}" }', 'deny'],
    ['a variable that a step may set', '- { id: x, run: id }\n- { set: { s: redis }, when: steps.x.changed }\n- { run: "echo {{ vars.s }}" }', 'deny'],
    ['a variable that may keep what it had', '- { set: { s: redis } }\n- { id: x, run: id }\n- { set: { s: a }, when: steps.x.changed }\n- { run: "echo {{ vars.s }}" }', 'deny'],
    ['a variable as a failure leaves it', '- block: [{ set: { s: redis } }, { run: id }, { set: { s: a } }]\n  rescue: [{ run: "echo {{ vars.s }}" }]', 'deny'],
    ['the known part of a command', '- { id: x, run: id }\n- { run: "echo {{ vars.r }} {{ steps.x.stdout }}" }', 'deny'],
    ['what stands in for a value that is known later', '- { id: x, run: id }\n- { when: steps.x is defined, run: "echo {{ vars.r }}" }', 'deny'],
    ['no variable that is set to something else before', '- { set: { r: a } }\n- { run: "echo {{ vars.r }}" }', 'allow'],
    ['no step that is known to be left out', '- { when: vars.r == "a", run: "echo {{ vars.r }}" }', 'allow'],
    ['no text that is only said', '- { set: { s: redis } }\n- { name: redis, run: id }', 'allow'],
  ]; // prettier-ignore
  for (const [where, steps, verdict] of hidden) {
    it(`see ${where}`, () =>
      withPlaybooks(async ({ client, request, write, folder }) => {
        await write(
          '.muster/inventory.yaml',
          'nodes: { a: { transport: local, cwd: .., vars: { s: a, r: redis } } }\n',
        );
        await write('.muster/policy.yaml', 'rules:\n- { decision: deny, command: redis }\n');
        const steps1 = 'params: { s: { required: true } }\nsteps: [{ run: "echo {{ params.s }}" }]\n';
        await write('u.task.yaml', steps1);
        await write('v.playbook.yaml', steps1);
        await write('test.playbook.yaml', `steps:\n${steps}\n`);
        const sources = [{ type: 'muster' as const, path: join(folder, '.muster', 'inventory.yaml') }];
        const planned = await client.plan({ ...request({ selection: 'a' }), sources });
        assert.ok(planned.ok, JSON.stringify(planned));
        assert.equal(planned.value.decision.verdict, verdict);
      }));
  }
});
