import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { askedOf } from '../../../core/policy/asked.ts';
import { previewSteps } from '../../../core/run/steps/preview.ts';
import { type Change, type Playing, run, whenThere, withPlaybooks } from './play.ts';

type Row = {
  readonly it: string;
  readonly text: string;
  readonly change?: Change;
  readonly files?: Readonly<Record<string, string>>;
  /** Of node a. */
  readonly steps: readonly string[];
  readonly said?: string;
  /** What files of node a say afterwards. */
  readonly there?: Readonly<Record<string, string>>;
};

const rows: readonly Row[] = [
  {
    it: 'runs a script by what its first line names, with words that stay words',
    text: 'steps: [{ script: { file: s.sh, args: ["a b", "{{ vars.n }}", "{{ [1, \'x y\'] }}", "$(id)"] }, env: { E: "{{ node.name }}" } }]\n',
    files: { 's.sh': '#!/bin/sh -e\nprintf "%s|" "$E" "$@"\n' },
    steps: ['changed s.sh a b 1 [1,"x y"] $(id)'],
    said: 'a|a b|1|1|x y|$(id)|',
  },
  {
    it: 'runs a script by the interpreter that the step names, and keeps its output and exit code',
    text: 'steps: [{ id: s, script: { file: bin/s.txt, interpreter: "sh -u" }, ignoreErrors: true }, { run: "echo {{ steps.s.exitCode }} {{ steps.s.stdout }}" }]\n',
    files: { 'bin/s.txt': 'echo hello\nexit 3\n' },
    steps: ['failed s: exit 3', 'changed echo 3 hello'],
    said: 'hello\n3 hello\n',
  },
  {
    it: 'takes a script away again',
    text: `steps: [{ id: s, script: s.sh, env: { TMPDIR: "{{ vars.tmp }}" } }, { run: 'ls -A "$T"', env: { T: "{{ vars.tmp }}" } }]\nvars: { tmp: "." }\n`,
    files: { 's.sh': 'echo "$0"' },
    change: {},
    steps: ['changed s', 'changed ls -A "$T"'],
  },
  {
    it: 'copies files into a folder, and knows what is there already',
    text: 'steps: [{ id: c, copy: { from: [one.txt, dir/], to: there/, mode: 0640 } }, { id: d, copy: { from: one.txt, to: there/one.txt } }, { run: "stat -c %a there/one.txt" }]\n',
    files: { 'one.txt': '1', 'dir/two.txt': '22', 'dir/sub/three.txt': '333' },
    steps: ['changed c', 'ok d', 'changed stat -c %a there/one.txt'],
    said: 'there/one.txt: new, 1 B\nthere/sub/three.txt: new, 3 B\nthere/two.txt: new, 2 B\nthere/one.txt: unchanged\n640\n',
    there: { 'there/one.txt': '1', 'there/two.txt': '22', 'there/sub/three.txt': '333' },
  },
  {
    it: 'copies what a variable of the node and an item of a loop name',
    text: 'steps: [{ id: c, copy: { from: "f{{ vars.n }}{{ item }}.txt", to: "{{ item }}.txt" }, loop: [x, y] }]\n',
    files: Object.fromEntries([1, 2, 3].flatMap((n) => [`f${n}x.txt`, `f${n}y.txt`].map((name) => [name, name]))),
    steps: ['changed c (x)', 'changed c (y)'],
    there: { 'x.txt': 'f1x.txt', 'y.txt': 'f1y.txt' },
  },
  {
    it: 'keeps what a copy replaces, where that is asked for',
    text: `steps: [{ run: "echo old >f" }, { copy: { from: f, to: f, backup: true } }, { run: "cat f.*~" }]\n`,
    files: { f: 'new' },
    steps: ['changed echo old >f', 'changed copy f to f', 'changed cat f.*~'],
    there: { f: 'new' },
  },
  {
    it: 'fills a template in without quotes, and notifies only where the text is another',
    text: `steps:
- { id: t, template: { from: app.conf.tpl, to: app.conf, mode: "0600" }, notify: h }
- { id: u, template: { from: app.conf.tpl, to: app.conf }, notify: i }
handlers: [{ id: h, run: echo h }, { id: i, run: echo i }]
`,
    files: { 'app.conf.tpl': "name = {{ node.name }}\nsay = '{{ vars.say }}'\n{{ vars.list | join(' ') }} {{ '{{' | raw }}\n" },
    change: { vars: { say: "it's $HOME", list: ['ä', 2] } },
    steps: ['changed t', 'ok u', 'changed h'],
    there: { 'app.conf': "name = a\nsay = 'it's $HOME'\nä 2 {{\n" },
  },
  {
    it: 'puts nothing in place where a template can not be filled in',
    text: 'steps: [{ id: i, run: echo }, { id: t, template: { from: x.tpl, to: x } }]\n',
    files: { 'x.tpl': 'one\n{{ steps.i.gone }}\n' },
    steps: [
      'changed i',
      'failed t: x.tpl:2:4 There is no "gone" in steps.i. Give a value, or write | default(…) behind it. In: {{ steps.i.gone }}',
    ],
  },
  {
    it: 'uses the files of a task from the folder of the task, with its parameters',
    text: 'steps: [{ id: k, task: t/k.task.yaml, with: { which: "{{ vars.n + 0 }}" } }]\n',
    files: {
      't/k.task.yaml': 'params: { which: { type: integer } }\nsteps: [{ id: c, copy: { from: "f{{ params.which }}", to: f } }]\n',
      't/f1': 'one',
      't/f2': 'two',
      't/f3': 'three',
    },
    steps: ['changed k', 'changed c'],
    there: { f: 'one' },
  },
  {
    it: 'fetches into a folder for each node, and says what is there already',
    text: `steps:
- { run: "echo {{ node.name }} >f" }
- { id: f, fetch: { from: f, to: "got/{{ params.d }}" } }
- { id: g, fetch: { from: f, to: "got/{{ params.d }}" }, ignoreErrors: true }
- { id: h, fetch: { from: [f], to: "got/{{ params.d }}", overwrite: true, maxSize: 1MB, maxFiles: 1 } }
params: { d: { default: ../got/x } }
`,
    steps: [
      'changed echo a >f',
      'ok f',
      'failed g: FOLDER/got/x/a/f: not taken, as it is there already; "overwrite: true" (--overwrite on the command line) replaces it, or fetch into a folder of its own',
      'ok h',
    ],
  },
  {
    it: 'fetches nowhere that a node says',
    text: `steps: [{ id: e, run: "echo ../../x" }, { id: f, fetch: { from: f, to: "got/{{ steps.e.stdout | trim }}" } }]\n`,
    steps: ['changed e', 'failed f: The value is no name of a file or folder. In: got/{{ steps.e.stdout | trim }}'],
  },
]; // prettier-ignore

describe('steps with files', function () {
  for (const row of rows) {
    it(row.it, () =>
      withPlaybooks(async (playing) => {
        const { folder, play, write } = playing;
        for (const [name, text] of Object.entries(row.files ?? {})) await write(name, text);
        const played = await play(row.text, row.change);
        const steps = played.steps('a').map((step) => step.replaceAll(folder, 'FOLDER'));
        assert.deepEqual(steps, row.steps);
        if (row.said !== undefined) assert.equal(played.said['a'], row.said);
        for (const [name, text] of Object.entries(row.there ?? {}))
          assert.equal(await readFile(join(folder, 'a', name), 'utf8'), text);
      }),
    );
  }

  it('have each node’s own files on it', () =>
    withPlaybooks(async ({ folder, play, write }) => {
      await write('x.tpl', '{{ node.name }}');
      const text = 'steps: [{ template: { from: x.tpl, to: x } }, { fetch: { from: x, to: got } }]\n';
      const { state } = await play(text);
      assert.deepEqual(state.executions.map(({ outcome }) => outcome?.status), ['ok', 'ok', 'ok']); // prettier-ignore
      for (const node of ['a', 'b', 'c']) {
        assert.equal(await readFile(join(folder, node, 'x'), 'utf8'), node);
        assert.equal(await readFile(join(folder, 'got', node, 'x'), 'utf8'), node);
      }
    }));

  it('keep secrets of a template out of the plan, the log and what is shown', () =>
    withPlaybooks(async ({ folder, client, request, play, write }) => {
      await write('x.tpl', 'token={{ secret.token }}\n');
      const text =
        'secrets: { token: { ask: Token } }\nsteps: [{ template: { from: x.tpl, to: x, mode: "0600" } }, { run: cat x }]\n';
      const { said } = await play(text, { secrets: { token: 'hunter22' } });
      assert.equal(await readFile(join(folder, 'a', 'x'), 'utf8'), 'token=hunter22\n');
      assert.equal((await stat(join(folder, 'a', 'x'))).mode & 0o777, 0o600);
      assert.match(said['a'] ?? '', /token=\*+\n/);
      const plan = await client.plan(request());
      assert.doesNotMatch(JSON.stringify(plan), /hunter22/);
      const data = await readdir(join(folder, 'data'), { recursive: true, withFileTypes: true });
      for (const entry of data.filter((each) => each.isFile()))
        assert.doesNotMatch(await readFile(join(entry.parentPath, entry.name), 'latin1'), /hunter22/);
    }));

  it('are said before anything runs', () =>
    withPlaybooks(async ({ client, request, write }) => {
      await write('s.sh', 'x');
      await write('f1.tpl', 'x');
      await write('f2.tpl', 'x');
      await write('f3.tpl', 'x');
      await write(
        'test.playbook.yaml',
        `steps:
- { script: { file: s.sh, args: ["{{ node.name }}"] } }
- { copy: { from: [s.sh], to: "/etc/{{ node.name }}/", mode: "0755", owner: root, backup: true } }
- { template: { from: "f{{ vars.n }}.tpl", to: /etc/f } }
- { fetch: { from: /var/log/x, to: logs } }
`,
      );
      const preview = await client.plan(request({ selection: 'a,b' }));
      assert.ok(preview.ok);
      const { plan } = preview.value;
      assert.deepEqual(
        previewSteps(plan).map(({ groups }) => groups.map(({ text, nodes }) => `${nodes.join()}: ${text}`)),
        [
          ['a: s.sh a', 'b: s.sh b'],
          [
            'a: copy s.sh to /etc/a/, mode 0755, owner root, what was there is kept',
            'b: copy s.sh to /etc/b/, mode 0755, owner root, what was there is kept',
          ],
          ['a: template f1.tpl to /etc/f', 'b: template f2.tpl to /etc/f'],
          ['a,b: fetch /var/log/x to logs'],
        ],
      );
      assert.deepEqual(
        plan.files?.map(({ step }) => `${step?.path} ${step?.from}`),
        ['1 s.sh', '2 s.sh', '3 f1.tpl', '3 f2.tpl'],
      );
    }));

  it('leave nothing of a script behind that is cancelled', () =>
    withPlaybooks(async ({ folder, client, request, write }) => {
      await mkdir(join(folder, 'tmp'));
      await write('s.sh', 'echo x >"$HERE/begun"; exec sleep 60');
      const env = `{ TMPDIR: "${folder}/tmp", HERE: "${folder}" }`;
      await write(
        'test.playbook.yaml',
        `steps: [{ script: s.sh, env: ${env} }]\nfinally: [{ run: echo after }]\n`,
      );
      const listening = client.onEvents(({ batch, events }) => {
        if (!events.some(({ type }) => type === 'processStarted')) return;
        listening.dispose();
        void whenThere(join(folder, 'begun')).then(() => client.cancel({ batch, which: 'all' }));
      });
      const { state, said } = await run(client, request({ selection: 'a' }));
      assert.deepEqual(state.executions[0]?.outcome, { status: 'cancelled', remote: 'stopped' });
      assert.deepEqual(await readdir(join(folder, 'tmp')), []);
      assert.doesNotMatch(said['a'] ?? '', /after/);
    }));

  it('are what rules say of them by themselves, where those make things stricter', () =>
    withPlaybooks(async ({ client, request, write }) => {
      await write('x.tpl', 'x');
      await write(
        'test.playbook.yaml',
        'steps: [{ template: { from: x.tpl, to: x } }, { wait: { path: /x } }]\n',
      );
      const preview = await client.plan(request());
      assert.ok(preview.ok);
      assert.deepEqual(askedOf(preview.value.plan).action?.kinds, ['copy', 'command']);
    }));

  it('make another plan where a file has changed', () =>
    withPlaybooks(async ({ client, request, write }) => {
      await write('x.tpl', 'one');
      await write('test.playbook.yaml', 'steps: [{ template: { from: x.tpl, to: x } }]\n');
      const before = await client.plan(request());
      await write('x.tpl', 'two');
      assert.ok(before.ok);
      const started = await client.start({ plan: before.value.plan });
      assert.equal(!started.ok && started.error.code, 'PLAN_STALE');
    }));

  const refused: readonly [what: string, step: string, message: RegExp][] = [
    ['a file that is not there', 'copy: { from: gone, to: x }', /gone.*no such file|gone is not there|gone/i],
    ['a file that only the run could name', 'copy: { from: "{{ steps.x.stdout }}", to: x }', /has to be known before the run/],
    ['a folder that would become a file', 'copy: { from: dir, to: x }', /A folder can only go into a folder: write x\//],
    ['a template that is no text', 'template: { from: bin, to: x }', /bin is no UTF-8 text\. Copy it as it is/],
    ['a script that is no text', 'script: bin', /bin is no UTF-8 text/],
    ['a key that means nothing for it', 'copy: { from: bin, to: x }\n  cwd: /', /"cwd" means nothing for "copy"/],
    ['a mode that is none', 'copy: { from: bin, to: x, mode: 999 }', /Write the mode as chmod does/],
  ]; // prettier-ignore
  for (const [what, step, message] of refused) {
    it(`are refused for ${what}, before anything runs`, () =>
      withPlaybooks(async ({ folder, client, request, write }: Playing) => {
        await mkdir(join(folder, 'dir'));
        await writeFile(join(folder, 'dir', 'f'), 'x');
        await writeFile(join(folder, 'bin'), Uint8Array.of(0xff, 0xfe, 0));
        await write('test.playbook.yaml', `steps:\n- id: x\n  run: x\n- ${step}\n`);
        const plan = await client.plan(request());
        assert.ok(!plan.ok);
        assert.match(plan.error.message, message);
      }));
  }
});
