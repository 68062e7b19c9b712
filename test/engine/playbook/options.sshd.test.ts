import assert from 'node:assert/strict';
import { access, chmod, readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { sshdProblem } from '../transports/sshd.ts';
import type { Played } from './play.ts';
import { withSshd } from './sshdWorld.ts';

const outcomes = ({ state }: Played) => state.executions.map(({ outcome }) => outcome?.status);

describe('options of steps on a real sshd', function () {
  before(function () {
    if (sshdProblem === undefined) return;
    console.log(`      ${sshdProblem}`);
    this.skip();
  });

  it('say when a step comes, what it is called, what becomes of its result and whom it notifies', () =>
    withSshd(async ({ folder, play }) => {
      const played = await play(`steps:
- { id: last, name: "Say {{ node.name }}", needs: [first, odd, two, all, try], run: "echo {{ vars.r.stdout | trim }} {{ steps.odd.exitCode }} {{ steps.all.results | length }}" }
- { id: first, run: "mkdir -p DIR; echo made", register: r, changedWhen: "'other' in result.stdout", notify: never }
- { id: odd, run: "echo odd; exit 3", failedWhen: result.exitCode > 3, notify: [h] }
- { id: two, run: exit 4, when: vars.n == 2, ignoreErrors: true }
- { id: all, run: "echo {{ item }}{{ index }} >>DIR/items-{{ node.name }}", loop: [a, b] }
- { id: try, run: "echo x >>DIR/tries-{{ node.name }}; wc -l <DIR/tries-{{ node.name }}", until: "'2' in result.stdout", retries: { count: 3, delay: 1ms } }
handlers: [{ id: h, run: "echo handled >>DIR/handled-{{ node.name }}" }, { id: never, run: exit 9 }]
finally: [{ run: "echo {{ steps.try.status }} >>DIR/end-{{ node.name }}" }]
`);
      assert.deepEqual(outcomes(played), ['ok', 'ok'], played.steps('s').join('\n'));
      const there = (name: string): Promise<string> => readFile(join(folder, 'there', name), 'utf8');
      for (const node of ['s', 'o']) {
        const tried = await there(`tries-${node}`);
        assert.deepEqual(played.steps(node), [
          'ok first',
          'changed odd: exit 3',
          node === 'o' ? 'failed two: exit 4' : 'skipped two: its condition does not hold',
          'changed all (a)',
          'changed all (b)',
          'changed try',
          `changed Say ${node}`,
          'changed h',
          `changed ${played.steps(node).at(-1)?.slice('changed '.length)}`,
        ]);
        assert.deepEqual(
          [await there(`items-${node}`), tried, await there(`handled-${node}`), await there(`end-${node}`)],
          ['a0\nb1\n', 'x\nx\n', 'handled\n', 'ok\n'],
        );
        assert.match(played.said[node] ?? '', /^made 3 2$/m);
      }
    }));

  it('stop what takes too long, rescue it, and do what comes in any case and at the end', () =>
    withSshd(async ({ folder, play }) => {
      const played = await play(`steps:
- { run: "mkdir -p DIR" }
- block:
  - { id: slow, run: "echo $$ >DIR/pid-{{ node.name }}; exec sleep 300", timeout: 3s }
  - { id: unreached, run: "touch DIR/never" }
  rescue: [{ id: back, run: "pid=$(cat DIR/pid-{{ node.name }}) && ! kill -0 $pid 2>/dev/null && touch DIR/stopped-{{ node.name }}" }]
  always: [{ id: tidy, run: "touch DIR/tidied-{{ node.name }}" }]
- { id: enough, fail: "enough of {{ node.name }}", when: vars.n == 1 }
- { id: after, run: "touch DIR/after-{{ node.name }}" }
finally: [{ id: end, run: "touch DIR/end-{{ node.name }}" }]
`);
      assert.deepEqual(outcomes(played), ['failed', 'ok'], played.steps('s').join('\n'));
      const isThere = async (name: string): Promise<boolean> =>
        access(join(folder, 'there', name)).then(() => true, () => false); // prettier-ignore
      const names = ['stopped', 'tidied', 'end', 'after'];
      const found = async (node: string) => Promise.all(names.map((name) => isThere(`${name}-${node}`)));
      assert.deepEqual(await found('s'), [true, true, true, false]);
      assert.deepEqual(await found('o'), [true, true, true, true]);
      assert.equal(await isThere('never'), false);
    }));

  it('give steps of a block their surroundings, keep what is sensitive, and let in so many at once', () =>
    withSshd(async ({ folder, play }) => {
      const played = await play(
        `params: { word: { sensitive: true } }
steps:
- { run: "mkdir -p DIR" }
- env: { WHO: "{{ node.name }}" }
  cwd: DIR
  tags: [wanted]
  block:
  - { id: around, run: "echo $WHO in $PWD" }
  - { id: hush, run: "printf can; echo ary-said", sensitive: true, register: h }
  - { id: used, run: "echo {{ vars.h.stdout | trim | length }} {{ params.word | length }}" }
  - { id: alone, run: "mkdir lock && echo x >>count && rmdir lock", throttle: 1 }
- { id: other, run: "touch DIR/other" }
`,
        { withheld: ['word'], secrets: { word: 'canary-word' } },
      );
      assert.deepEqual(outcomes(played), ['ok', 'ok'], played.steps('s').join('\n'));
      for (const node of ['s', 'o']) {
        assert.match(played.said[node] ?? '', new RegExp(`^${node} in .*/there\\n11 11$`, 'm'));
        assert.doesNotMatch(JSON.stringify(played), /canary/);
      }
      assert.equal(await readFile(join(folder, 'there', 'count'), 'utf8'), 'x\nx\n');
      const tagged = await play(await readFile(join(folder, 'test.playbook.yaml'), 'utf8'), {
        tags: ['wanted'],
        withheld: ['word'],
        secrets: { word: 'canary-word' },
      });
      assert.deepEqual(tagged.steps('s').map((each) => each.split(' ')[1]), ['around', 'hush', 'used', 'alone']); // prettier-ignore
    }));

  it('go through tasks and other playbooks with values of their own, and once through what is for all', () =>
    withSshd(async ({ folder, play, write }) => {
      await write(
        'make.task.yaml',
        `params: { what: { required: true } }
outputs: { path: steps.made.stdout | trim }
steps: [{ id: made, run: "mkdir -p DIR && echo {{ params.what }} >DIR/{{ node.name }}-{{ params.what }} && echo DIR/{{ params.what }}" }]
`,
      );
      await write(
        'more.playbook.yaml',
        'vars: { w: inner }\nsteps: [{ run: "echo {{ vars.w }} {{ vars.n }}" }]\n',
      );
      const played = await play(`steps:
- { id: t, task: make.task.yaml, with: { what: "{{ item }}" }, loop: [x, y] }
- { id: u, task: make.task.yaml, with: { what: z } }
- { run: "echo {{ steps.u.outputs.path }}" }
- { playbook: more.playbook.yaml }
- { id: one, run: "echo {{ node.name }} >>DIR/once", once: true, register: o }
- { id: there, run: "echo {{ node.name }} >>DIR/there", delegate: o, once: true }
- { run: "echo {{ vars.o.exitCode }}" }
`);
      assert.deepEqual(outcomes(played), ['ok', 'ok'], played.steps('s').join('\n'));
      for (const [node, n] of [
        ['s', 1],
        ['o', 2],
      ] as const)
        // prettier-ignore
        assert.match(played.said[node] ?? '', new RegExp(`/there/z\\ninner ${n}\\n(.*\\n)*0\\n$`));
      const lines = async (name: string): Promise<number> =>
        (await readFile(join(folder, 'there', name), 'utf8')).trim().split('\n').length;
      assert.deepEqual([await lines('once'), await lines('there'), await lines('s-y'), await lines('o-z')], [1, 1, 1, 1]); // prettier-ignore
    }));

  it('run as another user, also inside of a block, and not where a step says so', function () {
    if (userInfo().uid !== 0) return this.skip();
    return withSshd(async ({ folder, play }) => {
      await chmod(folder, 0o711);
      const played = await play(`steps:
- runAs: { user: nobody, method: su }
  block: [{ id: x, run: id -un }, { id: y, run: id -un, sudo: false }]
`);
      assert.deepEqual([played.said['s'], played.said['o']], ['nobody\nroot\n', 'nobody\nroot\n']);
    });
  });
});
