import assert from 'node:assert/strict';
import { planLines } from '../../../core/run/planLines.ts';
import { previewSteps } from '../../../core/run/steps/preview.ts';
import { type Playing, withPlaybooks } from './play.ts';

/** What is said of the steps of a playbook on a, b and c. */
async function shown({ client, request, write }: Playing, text: string, most?: number): Promise<string[]> {
  await write('test.playbook.yaml', text);
  const planned = await client.plan(request());
  assert.ok(planned.ok, JSON.stringify(planned));
  const lines = planLines(planned.value, most);
  return lines.slice(lines.findIndex((line) => line.endsWith('stopped after 300 s')) + 1);
}

describe('the preview of a playbook', function () {
  const previews: readonly [what: string, text: string, lines: readonly string[]][] = [
    [
      'has the names of steps, and how they are done',
      'steps:\n- { name: "Say {{ vars.w }}", run: "echo {{ vars.w }}", cwd: /srv, env: { A: "{{ node.transport }}" }, sudo: true, retries: { count: 2 }, timeout: 1m, ignoreErrors: true }\nvars: { w: hi }\n',
      [
        '1 Say hi:',
        '  echo hi, as root (sudo), in /srv, with A=local, stopped after 60 s, tried again up to 2 times, a failure is ignored',
      ],
    ],
    [
      'has each item of a loop',
      'steps:\n- { loop: [x, y], run: "echo {{ item }}" }\n',
      ['1:', '  echo x', '  echo y'],
    ],
    [
      'says once what one node does for all, and what another node does',
      'steps:\n- { once: true, run: id }\n- { once: true, run: "echo {{ node.name }}" }\n- { pause: "Go on, {{ node.name }}?" }\n- { run: "drain {{ node.name }}", delegate: c }\n- { run: id, delegate: "{{ node.name }}" }\n',
      [
        '1 (once for all nodes):',
        '  id',
        '2 (once for all nodes):',
        '  echo a  [a]',
        '  echo b  [b]',
        '  … or as it is for another: the first node that comes does it.',
        '3 (a person is asked, once for all nodes):',
        '  ask: Go on, a?',
        '4 (on c):',
        '  drain a  [a]',
        '  drain b  [b]',
        '  drain c  [c]',
        '5:',
        '  id, on a  [a]',
        '  id, on b  [b]',
        '  id, on c  [c]',
      ],
    ],
    [
      'has the steps of blocks, tasks, handlers and the end, where they are',
      'steps:\n- { name: Try, block: [{ id: x, run: id }], rescue: [{ run: back }], always: [{ name: Tidy, run: tidy }] }\n- { task: t.task.yaml, with: { s: redis } }\n- { run: id, notify: h }\nhandlers: [{ id: h, run: again }]\nfinally: [{ run: end }]\n',
      [
        '1 Try (a block)',
        '  1/x:',
        '    id',
        '  1/rescue/1 (after a failure):',
        '    back',
        '  1/always/1 Tidy (in any case):',
        '    tidy',
        '2 t.task.yaml:',
        '  task with s=redis',
        '  2/1 Restart redis:',
        '    restart redis',
        '3:',
        '  id',
        'handlers/h (when notified):',
        '  again',
        'finally/1 (at the end):',
        '  end',
      ],
    ],
    [
      'says what is skipped, what is decided later, and what is not known',
      'steps:\n- { when: vars.n < 2, run: id }\n- { id: x, run: id }\n- { when: steps.x.changed, block: [{ run: "echo {{ steps.x.stdout }} {{ batch.id }}" }] }\n- { loop: [], run: id }\n- { ignoreErrors: true, run: "echo {{ vars.nope }}" }\n',
      [
        '1:',
        '  id  [a]',
        '  skipped: its condition does not hold  [b c]',
        'x:',
        '  id',
        '3 (a block):',
        '  if steps.x.changed',
        '  3/1:',
        '    echo {{ steps.x.stdout }} {{ batch.id }} (known when it runs)',
        '4:',
        '  skipped: its loop has no items',
        '5:',
        '  echo {{ vars.nope }}, a failure is ignored (fails: There is no "nope" in vars. Give a value, or write | default(…) behind it. In: echo {{ vars.nope }})',
        'Note: test.playbook.yaml:6:3 Step 5 would fail where it runs. There is no "nope" in vars. Give a value, or write | default(…) behind it. In: echo {{ vars.nope }}',
      ],
    ],
    [
      'has stars for secrets wherever they are used',
      'params: { p: { sensitive: true } }\nsteps:\n- { run: "x {{ params.p }}", env: { P: "{{ params.p }}" } }\n- { set: { q: "{{ params.p }}" } }\n- { run: "x {{ vars.q }}" }\n',
      ['1:', "  x '********', with P=********", '2:', '  set q=********', '3:', "  x '********'"],
    ],
  ];
  for (const [what, text, lines] of previews)
    it(what, () =>
      withPlaybooks(async (playing) => {
        await playing.write(
          't.task.yaml',
          'params: { s: {} }\nsteps: [{ name: "Restart {{ params.s }}", run: "restart {{ params.s }}" }]\n',
        );
        assert.deepEqual(await shown(playing, text), lines);
      }),
    );

  it('has of each step so many lines as are wanted, and says how many more there are', () =>
    withPlaybooks(async (playing) => {
      assert.deepEqual(await shown(playing, 'steps: [{ run: "echo {{ node.name }}" }]\n', 2), [
        '1:',
        '  echo a  [a]',
        '  echo b  [b]',
        '  … and 1 line more; --output json has all.',
      ]);
    }));

  it('has for programs each step with its kind, its place and what is known', () =>
    withPlaybooks(async ({ client, request, write }) => {
      const text =
        'steps: [{ block: [{ once: true, run: id, delegate: b }], always: [{ name: Tidy, run: "x {{ vars.n }}" }] }]\n';
      await write('test.playbook.yaml', text);
      const planned = await client.plan(request({ selection: 'a,c' }));
      assert.ok(planned.ok, JSON.stringify(planned));
      const nodes = ['a', 'c'];
      const known = { isKnown: true, nodes };
      assert.deepEqual(previewSteps(planned.value.plan), [
        { step: '1', title: 'block', isNamed: false, kind: 'block', depth: 0, groups: [{ ...known, text: '', runs: 'yes' }] },
        { step: '1/1', title: 'id', isNamed: false, kind: 'run', depth: 1, once: true, groups: [{ ...known, text: 'id', runs: 'once', on: 'b' }] },
        { step: '1/always/1', title: 'Tidy', isNamed: true, kind: 'run', depth: 1, part: 'always', groups: [
          { text: 'x 1', runs: 'yes', isKnown: true, nodes: ['a'] },
          { text: 'x 3', runs: 'yes', isKnown: true, nodes: ['c'] },
        ] },
      ]); // prettier-ignore
    }));
});
