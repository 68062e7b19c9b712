import assert from 'node:assert/strict';
import type { PlanRequest } from '../../../core/run/plan.ts';
import { executionName } from '../../../core/run/executionName.ts';
import { type Playing, runRequest, withPlaybooks } from './play.ts';

const command = (text: string): PlanRequest['action'] => ({ type: 'command', command: text });

async function refusal({ client }: Playing, request: PlanRequest): Promise<string> {
  const planned = await client.plan(request);
  assert.ok(!planned.ok);
  return `${planned.error.code} ${planned.error.message}`;
}

describe('a batch of parameters', function () {
  it('runs a command once for each set on each node, with quoted values, and runs those that failed again', () =>
    withPlaybooks(async (playing) => {
      const { client, request } = playing;
      const items = [{ x: 'a b' }, { x: '$(id)' }];
      const action = command(
        'echo {{ params.x }} {{ vars.n }}; test {{ node.name }} != b || test {{ params.x }} = "a b"',
      );
      const ran = await runRequest(client, { ...request({ selection: 'a,b' }), action, items });
      const names = ran.state.executions.map(executionName);
      assert.deepEqual(names, ['a: a b', 'a: $(id)', 'b: a b', 'b: $(id)']);
      assert.deepEqual(
        ran.state.executions.map(({ id }) => ran.output[id]),
        ['a b 1\n', '$(id) 1\n', 'a b 2\n', '$(id) 2\n'],
      );
      assert.deepEqual(
        ran.state.executions.map(({ outcome }) => outcome?.status),
        ['ok', 'ok', 'ok', 'failed'],
      );
      const again = await client.rerun({ batch: ran.state.id, which: 'failed' });
      assert.ok(again.ok);
      const planned = await client.plan(again.value.request);
      assert.ok(planned.ok);
      assert.deepEqual(planned.value.plan.executions.map(executionName), ['b: $(id)']);
    }));

  it('runs on this machine where no nodes are given, and again there', () =>
    withPlaybooks(async ({ client, request, folder }) => {
      const items = [{ x: 0 }, { x: 4 }];
      const asked = { ...request({ selection: '' }), action: command('pwd; exit {{ params.x }}'), items };
      const { state, output } = await runRequest(client, asked);
      assert.deepEqual(state.executions.map(executionName), ['localhost: 0', 'localhost: 4']);
      assert.deepEqual(Object.values(output), [`${folder}\n`, `${folder}\n`]);
      const again = await client.rerun({ batch: state.id, which: 'failed' });
      assert.ok(again.ok);
      const rerun = await runRequest(client, again.value.request);
      assert.deepEqual(rerun.state.executions.map(executionName), ['localhost: 4']);
    }));

  it('of a playbook is checked as its parameters say, and gives way to what a person gives', () =>
    withPlaybooks(async (playing) => {
      const { client, request, write } = playing;
      const text = `params: { p: { required: true }, n: { type: integer, default: 1 } }
batch: [{ p: x }, { p: y, n: 2 }]
steps: [{ run: "echo {{ params.p }} {{ params.n + 1 }} {{ vars.p }}" }]
`;
      await write('test.playbook.yaml', text);
      const own = await runRequest(client, request({ selection: 'a' }));
      assert.deepEqual(Object.values(own.output), ['x 2 x\n', 'y 3 y\n']);
      const given = await runRequest(client, { ...request({ selection: 'a' }), items: [{ p: 'z', n: '7' }] });
      assert.deepEqual(Object.values(given.output), ['z 8 z\n']);
      const wrong = { ...request({ selection: 'a' }), items: [{ p: 'z' }, { p: 'z', n: 'seven' }] };
      assert.match(
        await refusal(playing, wrong),
        /^INPUT_INVALID .*set 2 of the batch: n: It is a whole number/,
      );
    }));

  it('of a task by itself is what its parameters say', () =>
    withPlaybooks(async (playing) => {
      const { client, request, write, folder } = playing;
      await write(
        't.task.yaml',
        'params: { p: {}, n: { type: integer } }\nsteps: [{ run: "echo {{ params.p }} {{ params.n * 2 }}" }]\n',
      );
      const asked = request({ selection: 'a', file: `${folder}/t.task.yaml`, params: { n: '4' } });
      const { output } = await runRequest(client, { ...asked, items: [{ p: 'x' }, { p: 'y', n: 1 }] });
      assert.deepEqual(Object.values(output), ['x 8\n', 'y 2\n']);
      assert.match(await refusal(playing, { ...asked, items: [{ q: 1 }] }), /no parameter "q"/);
    }));

  it('is refused before anything runs where a set lacks what the command names', () =>
    withPlaybooks(async (playing) => {
      const { request } = playing;
      const asked = { ...request(), action: command('echo {{ params.y }}'), items: [{ y: 1 }, { x: 1 }] };
      assert.match(await refusal(playing, asked), /^INPUT_INVALID x?=?1?.*There is no "y" in params/);
      const copy = { type: 'copy' as const, from: ['/etc/hosts'], to: '/tmp/x' };
      assert.match(
        await refusal(playing, { ...request(), action: copy, items: [{}] }),
        /^USAGE Only commands, tasks/,
      );
      const secret = 'params: { k: { sensitive: true } }\nsteps: [{ run: x }]\n';
      await playing.write('test.playbook.yaml', secret);
      assert.match(await refusal(playing, { ...request(), items: [{ k: 'canary' }] }), /"k" is secret/);
    }));

  it('is seen by the rules as the commands that come of it', () =>
    withPlaybooks(async ({ client, request, write }) => {
      await write('.muster/policy.yaml', "rules:\n- { decision: deny, command: 'reboot' }\n");
      const asked = {
        ...request(),
        action: command('{{ params.x | raw }} now'),
        items: [{ x: 'uptime' }, { x: 'reboot' }],
      };
      const planned = await client.plan(asked);
      assert.ok(planned.ok);
      assert.equal(planned.value.decision.verdict, 'deny');
    }));

  it('does not fetch one file into the place of another', () =>
    withPlaybooks(async (playing) => {
      const { client, request, write } = playing;
      const planned = async (options: string, loop = '') => {
        const head = loop === '' ? 'batch: [{ n: x }, { n: y }]' : 'vars: {}';
        await write(
          'test.playbook.yaml',
          `params: { n: { default: z } }\n${head}\nsteps: [{ id: f, fetch: { ${options} }${loop} }]\n`,
        );
        return client.plan(request({ selection: 'a,b' }));
      };
      await planned('from: l, to: got');
      assert.equal(
        await refusal(playing, request({ selection: 'a,b' })),
        'INPUT_INVALID Step f fetches l of a node into the same place for each set of parameters. ' +
          "Give each a folder, as in to: 'got/{{ params.NAME }}', or write overwrite: true to keep the last.",
      );
      const looped = await planned('from: "{{ item }}/l", to: got', ', loop: [x, y]');
      assert.ok(
        !looped.ok &&
          looped.error.message.includes(
            "for each item of its loop. Give each a folder, as in to: 'got/{{ item }}'",
          ),
      );
      for (const fine of [
        'from: l, to: "got/{{ params.n }}"',
        'from: "{{ params.n }}", to: got',
        'from: l, to: got, overwrite: true',
      ])
        assert.deepEqual(await planned(fine).then(({ ok, ...rest }) => (ok ? ok : rest)), true, fine);
    }));

  it('braces of a command without sets are what they are', () =>
    withPlaybooks(async ({ client, request }) => {
      const { output } = await runRequest(client, {
        ...request({ selection: 'a' }),
        action: command("echo '{{ params.x }}'"),
      });
      assert.deepEqual(Object.values(output), ['{{ params.x }}\n']);
    }));
});
