import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Change, type Played, type Playing, withPlaybooks } from './play.ts';

type Row = {
  readonly it: string;
  readonly text: string;
  readonly change?: Change;
  readonly files?: Readonly<Record<string, string>>;
  /** Of node a, where another is not named. */
  readonly steps: readonly string[];
  readonly said?: string;
  readonly outcome?: unknown;
};

const rows: readonly Row[] = [
  {
    it: 'runs commands with quoted values',
    text: 'steps: [{ run: "echo {{ node.name }} {{ vars.n }} {{ params.x }} \\"{{ params.x }}\\"" }]\nparams: { x: {} }\n',
    change: { params: { x: '$(id) *' } },
    steps: ['changed echo a 1 $(id) * "$(id) *"'],
    said: 'a 1 $(id) * $(id) *\n',
  },
  {
    it: 'runs in the order of needs',
    text: 'steps: [{ id: x, needs: y, run: echo x }, { id: y, run: echo y }]\n',
    steps: ['changed y', 'changed x'],
    said: 'y\nx\n',
  },
  {
    it: 'ends at the first failure, with its step and exit code',
    text: 'steps: [{ id: x, run: exit 3 }, { run: echo no }]\n',
    steps: ['failed x: exit 3'],
    outcome: { status: 'failed', step: 'x', message: 'exit 3', exitCode: 3 },
  },
  {
    it: 'skips what has a condition that does not hold',
    text: 'steps: [{ id: x, run: echo x, when: vars.n > 1 }, { run: echo y, when: steps.x.skipped }]\n',
    steps: ['skipped x: its condition does not hold', 'changed echo y'],
    said: 'y\n',
  },
  {
    it: 'says where a condition can not be told',
    text: 'steps: [{ id: i, run: echo }, { id: x, run: echo x, when: steps.i.json.gone }]\n',
    steps: ['changed i', 'failed x: There is no "json" in steps.i. Give a value, or write | default(…) behind it. In: steps.i.json.gone'],
  },
  {
    it: 'goes on after what is ignored',
    text: 'steps: [{ id: x, run: exit 3, ignoreErrors: true }, { run: "echo {{ steps.x.exitCode }}" }]\n',
    steps: ['failed x: exit 3', 'changed echo 3'],
    said: '3\n',
    outcome: { status: 'ok' },
  },
  {
    it: 'loops over a list, and over one that a step gave',
    text: `steps:
- { id: l, run: "printf 'p\\nq'" }
- { run: "echo {{ item }} {{ index }}", loop: "{{ steps.l.stdout | lines }}", id: e }
- { run: "echo {{ steps.e.results | length }}" }
`,
    steps: ['changed l', 'changed e (p)', 'changed e (q)', 'changed echo 2'],
    said: 'p\nqp 0\nq 1\n2\n',
  },
  {
    it: 'keeps what registers and sets say as variables, under those of the command line',
    text: `vars: { a: from the file, b: "{{ vars.n + 1 }}" }
steps:
- { run: echo one, register: r }
- { set: { a: "{{ vars.r.stdout | trim }}", c: "{{ vars.b * 2 }}" } }
- { run: "echo {{ vars.a }} {{ vars.c }} {{ vars.d }}" }
`,
    change: { vars: { d: 'given', a: 'wins' } },
    steps: ['changed echo one', 'ok set a, c', 'changed echo wins 4 given'],
    said: 'one\nwins 4 given\n',
  },
  {
    it: 'tries again until it is well',
    text: `steps: [{ id: x, run: "echo x >>n; test $(wc -l <n) -ge 3", retries: { count: 5, delay: 1ms } }]\n`,
    steps: ['changed x'],
  },
  {
    it: 'has what a step said without the ends of its last lines, and with those within',
    text: `steps: [{ id: x, run: "printf 'a\\\\nb\\\\r\\\\n\\\\n'" }, { name: "{{ steps.x.stdout | length }}", when: "steps.x.stdout | lines | last == 'b'", run: "true" }]\n`,
    steps: ['changed x', 'changed 3'],
  },
  {
    it: 'tries again until a condition holds, and then says what it waited for',
    text: `steps: [{ id: x, run: echo no, until: "'yes' in result.stdout", retries: { count: 1, delay: 1ms } }]\n`,
    steps: [`failed x: not yet: 'yes' in result.stdout`],
    said: 'no\nno\n',
  },
  {
    it: 'says by conditions what failed and what changed',
    text: `steps:
- { id: x, run: exit 1, failedWhen: result.exitCode > 1, changedWhen: false }
- { id: y, run: echo bad, failedWhen: "'bad' in result.stdout" }
`,
    steps: ['ok x: exit 1', 'failed y'],
    outcome: { status: 'failed', step: 'y', message: `failed, by 'bad' in result.stdout` },
  },
  {
    it: 'rescues a block, and always does what it always does',
    text: `steps:
- block: [{ run: exit 4, id: x }, { run: echo no }]
  rescue: [{ run: echo rescued }]
  always: [{ run: echo always }]
- block: [{ fail: "no {{ node.name }}" }]
  always: [{ run: echo last }]
`,
    steps: ['failed x: exit 4', 'changed echo rescued', 'changed echo always', 'failed fail: no a', 'changed echo last'],
    said: 'rescued\nalways\nlast\n',
    outcome: { status: 'failed', step: '2/1', message: 'no a' },
  },
  {
    it: 'runs handlers that were notified by a change, once, and the end however it went',
    text: `steps:
- { run: echo 1, notify: [h] }
- { run: echo 2, notify: [h] }
- { run: echo 3, notify: [i], changedWhen: false }
handlers: [{ id: h, run: echo h }, { id: i, run: echo i }]
finally: [{ run: echo end }]
`,
    steps: ['changed echo 1', 'changed echo 2', 'ok echo 3', 'changed h', 'changed echo end'],
    said: '1\n2\n3\nh\nend\n',
  },
  {
    it: 'goes through a task with parameters and results of its own',
    text: `steps:
- { id: t, task: ./t/a.task.yaml, with: { who: "{{ node.name }} & co" } }
- { run: "echo {{ steps.t.outputs.said }}" }
`,
    files: {
      't/a.task.yaml':
        'params: { who: { required: true }, mark: { default: "!" } }\nsteps: [{ id: s, run: "echo {{ params.who }}{{ params.mark }}" }]\noutputs: { said: steps.s.stdout | upper }\n',
    },
    steps: ['changed t', 'changed s', 'changed echo A & CO!'],
    said: 'a & co!\nA & CO!\n',
  },
  {
    it: 'takes the implementation that is for the node',
    text: 'steps: [{ task: t.task.yaml, id: t }]\n',
    files: {
      't.task.yaml':
        'implementations:\n- { when: vars.n > 1, steps: [{ run: echo many }] }\n- { steps: [{ run: echo one }] }\n',
    },
    steps: ['changed t', 'changed echo one'],
    said: 'one\n',
  },
  {
    it: 'includes another playbook with its variables and its end',
    text: 'steps: [{ playbook: base.playbook.yaml, with: { p: 1 }, id: base }]\n',
    files: {
      'base.playbook.yaml':
        'params: { p: { type: integer } }\nvars: { q: "{{ params.p + 1 }}" }\nsteps: [{ run: "echo {{ vars.q }}" }]\nfinally: [{ run: echo done }]\n',
    },
    steps: ['changed base', 'changed echo 2', 'changed echo done'],
    said: '2\ndone\n',
  },
  {
    it: 'gives folder, environment and time limit, from a block and from the playbook too',
    text: `env: { A: "1" }
steps:
- { run: 'mkdir -p sub' }
- block: [{ run: 'echo $A $B $C; basename "$PWD"' }]
  cwd: sub
  env: { B: "{{ node.name }}", C: "a b" }
- { id: slow, run: sleep 5, timeout: 100ms }
`,
    steps: ['changed mkdir -p sub', 'changed echo $A $B $C; basename "$PWD"', 'failed slow: still running after 0.1 s; stopped, gone'],
    said: '1 a a b\nsub\n',
    outcome: { status: 'timed-out', step: 'slow', phase: 'run', remote: 'stopped', message: 'still running after 0.1 s; stopped, gone' },
  },
  {
    it: 'runs in the shell that it is written for',
    text: `steps: [{ run: 'x=({{ vars.n }} 2); echo "\${#x[@]}"', shell: bash }]\n`,
    steps: ['changed x=(1 2); echo "${#x[@]}"'],
    said: '2\n',
  },
  {
    it: 'waits for a path, a command and a while',
    text: `steps:
- { run: (sleep 0.1; touch there) >/dev/null 2>&1 & }
- { wait: { path: there, every: 50ms } }
- { wait: { command: test -e there } }
- { wait: { seconds: 0.05 } }
- { id: never, wait: { path: gone, every: 10s }, timeout: 10s }
`,
    steps: ['changed (sleep 0.1; touch there) >/dev/null 2>&1 &', 'ok wait for there', 'ok wait for test -e there', 'ok wait for 0.05 s', 'failed never: not within 10 s: gone is not there'],
  },
  {
    it: 'keeps nothing of what is sensitive, and takes it out of what comes later',
    text: 'steps: [{ id: s, run: echo hunter22, sensitive: true }, { run: "echo {{ steps.s.stdout }}" }]\n',
    steps: ['changed s', 'changed echo ********'],
    said: '********\n',
  },
  {
    it: 'runs only what has a tag, or begins at a step',
    text: 'steps: [{ run: echo 1, tags: x }, { run: echo 2 }, { id: t, run: echo 3, tags: [x, y] }]\n',
    change: { tags: ['x'] },
    steps: ['changed echo 1', 'changed t'],
  },
  {
    it: 'begins at a step',
    text: 'steps: [{ run: echo 1 }, { id: t, run: echo 2 }]\n',
    change: { startAt: 't' },
    steps: ['changed t'],
  },
  {
    it: 'takes the steps before the one that it begins at for skipped',
    text: `steps:
- { id: install, run: echo 1, register: r }
- block: [{ id: inner, run: echo 2 }]
- { id: health, needs: install, run: echo 3 }
- { run: echo 4, when: steps.install.changed or steps.inner.ok or vars.r.ok }
- { run: echo 5, when: steps.install.skipped and vars.r.skipped }
`,
    change: { startAt: 'health' },
    steps: ['changed health', 'skipped echo 4: its condition does not hold', 'changed echo 5'],
    said: '3\n5\n',
  },
  {
    it: 'does a single step, and takes all others for skipped',
    text: `steps:
- { id: install, run: echo 1 }
- { id: health, needs: install, run: "echo {{ steps.install.skipped }}", notify: again }
- { run: echo 3 }
handlers: [{ id: again, run: echo 4 }]
finally: [{ run: echo 5 }]
`,
    change: { only: 'health' },
    steps: ['changed health', 'changed again'],
    said: 'true\n4\n',
  },
]; // prettier-ignore

describe('a playbook', function () {
  for (const { it: name, text, change, files = {}, steps, said, outcome } of rows) {
    it(name, () =>
      withPlaybooks(async ({ play, write }) => {
        for (const [file, content] of Object.entries(files)) await write(file, content);
        const played = await play(text, { selection: 'a', ...change });
        assert.deepEqual(visibleSteps(played), steps);
        if (said !== undefined) assert.equal(played.said['a'], said);
        if (outcome !== undefined) assert.deepEqual(played.state.executions[0]?.outcome, outcome);
      }),
    );
  }

  it('runs once for all, with the same result for each', () =>
    withPlaybooks(async ({ play }) => {
      const { said, steps } = await play(
        'steps: [{ id: o, run: "echo {{ node.name }}", once: true }, { run: "echo by {{ steps.o.stdout | trim }}" }]\n',
      );
      const ran = Object.values(said).filter((text) => text.split('\n').length > 2);
      assert.equal(ran.length, 1);
      assert.equal(new Set(Object.values(said).map((text) => text.trim().split('\n').at(-1))).size, 1);
      for (const node of ['a', 'b', 'c']) assert.equal(steps(node).length, 2);
    }));

  it('lets only so many nodes at once be at a step', () =>
    withPlaybooks(async ({ play, folder }) => {
      const log = join(folder, 'log');
      await play(
        `steps: [{ run: "echo in >>{{ vars.log }}; sleep 0.1; echo out >>{{ vars.log }}", throttle: 1 }]\n`,
        { vars: { log } },
      );
      assert.equal(await readFile(log, 'utf8'), 'in\nout\n'.repeat(3));
    }));

  it('asks a server, and looks at its answer', () =>
    withPlaybooks(async ({ play }) => {
      let calls = 0;
      const server = createServer((request, response) => {
        calls += 1;
        response.statusCode = calls < 2 ? 503 : 200;
        response.end(JSON.stringify({ path: request.url, type: request.headers['content-type'] ?? null }));
      });
      await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      const { steps, said } = await play(
        `steps:
- { id: h, http: { url: "http://127.0.0.1:${port}/{{ node.name }}", expect: { status: 200, contains: path } }, retries: { count: 3, delay: 1ms } }
- { run: "echo {{ steps.h.json.path }} {{ steps.h.httpStatus }}" }
- { id: p, http: { url: "http://127.0.0.1:${port}/", method: POST, body: { a: 1 } } }
- { wait: { port: ${port}, host: 127.0.0.1 } }
- { set: { port: ${port} } }
- { wait: { port: "{{ vars.port }}", host: 127.0.0.1 } }
- { id: gone, http: { url: "http://127.0.0.1:1/" } }
`,
        { selection: 'a' },
      );
      server.close();
      assert.deepEqual(steps('a').slice(0, 6), [
        'ok h: HTTP 200',
        'changed echo /a 200',
        'changed p: HTTP 200',
        `ok wait for port ${port}`,
        'ok set port',
        `ok wait for port ${port}`,
      ]);
      assert.match(steps('a')[6] ?? '', /^failed gone: .*(refused|bad port)/i);
      assert.equal(said['a'], '/a 200\n');
    }));

  it('is stopped like anything else; what comes at the end does not come then', () =>
    withPlaybooks(async (playing) => {
      const played = await stopped(playing, 'steps: [{ run: sleep 30 }]\nfinally: [{ run: echo end }]\n');
      assert.deepEqual(
        played.state.executions.map(({ outcome }) => outcome),
        [{ status: 'cancelled', remote: 'stopped' }],
      );
      assert.equal(played.state.status, 'cancelled');
      assert.equal(played.said['a'], '');
    }));
});

function visibleSteps({ steps }: Played): readonly string[] {
  return steps('a').map((text) => text.replaceAll('\n', '␊'));
}

async function stopped({ play, client }: Playing, text: string): Promise<Played> {
  const listening = client.onEvents(({ batch, events }) => {
    if (events.some(({ type }) => type === 'stepStarted')) void client.cancel({ batch, which: 'all' });
  });
  const played = await play(text, { selection: 'a' });
  listening.dispose();
  return played;
}
