import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { askedOf } from '../../../core/policy/asked.ts';
import { previewSteps } from '../../../core/run/steps/preview.ts';
import { withPlaybooks } from './play.ts';

describe('a step that is delegated', function () {
  it('is done on that node for each, with the variables of each', () =>
    withPlaybooks(async ({ play }) => {
      const { said, state } = await play(
        'steps: [{ id: d, run: "basename $PWD; echo {{ node.name }} {{ vars.n }}", delegate: c }, { run: "basename $PWD" }]\n',
        { selection: 'a,b' },
      );
      assert.deepEqual(said, { a: 'c\na 1\na\n', b: 'c\nb 2\nb\n' });
      const [first] = state.executions;
      assert.deepEqual(first?.steps?.map(({ step, on }) => [step, on]), [['d', 'c'], ['2', undefined]]); // prettier-ignore
    }));

  it('is done once for all with "once"', () =>
    withPlaybooks(async ({ play }) => {
      const { said } = await play('steps: [{ run: "basename $PWD", delegate: c, once: true }]\n', {
        selection: 'a,b',
      });
      assert.equal(Object.values(said).join(''), 'c\n');
    }));

  it('puts files on that node, which a variable may name', () =>
    withPlaybooks(async ({ folder, play, write }) => {
      await write('x.tpl', 'server {{ node.name }}');
      const text = 'vars: { lb: c }\nsteps: [{ template: { from: x.tpl, to: "{{ node.name }}.conf" }, delegate: "{{ vars.lb }}" }]\n';
      await play(text, { selection: 'a,b' });
      assert.equal(await readFile(join(folder, 'c', 'b.conf'), 'utf8'), 'server b');
    })); // prettier-ignore

  it('is in the plan with its node, which rules see too', () =>
    withPlaybooks(async ({ client, request, write }) => {
      await write('test.playbook.yaml', 'steps: [{ run: "drain {{ node.name }}", delegate: c }]\n');
      const preview = await client.plan(request({ selection: 'a,b' }));
      assert.ok(preview.ok);
      const { plan } = preview.value;
      assert.deepEqual(plan.delegates?.map(({ node }) => node), ['c']); // prettier-ignore
      assert.deepEqual(askedOf(plan).nodes.map(({ name }) => name), ['a', 'b', 'c']); // prettier-ignore
      assert.deepEqual(
        previewSteps(plan)[0]?.groups.map(({ text, on }) => `${text} on ${on}`),
        ['drain a on c', 'drain b on c'],
      );
    }));

  const refused: readonly [what: string, step: string, message: RegExp][] = [
    ['a node that is not there', '{ run: x, delegate: cc }', /delegated to "cc", which is no node\. Did you mean "c"\?/],
    ['a node that only the run could name', '{ run: x, delegate: "{{ steps.a.stdout }}" }', /the node that does it has to be known/],
    ['a kind that is done here', '{ http: { url: "http://x" }, delegate: c }', /"delegate" means nothing for "http"/],
    ['"idempotent" without retries', '{ run: x, idempotent: true }', /Give it "retries"/],
    ['lockstep of one after the other', '{ run: x }]\nstrategy: { mode: sequential, lockstep: true }\nvars: {}\nfinally: [', /In lockstep several nodes go side by side/],
  ]; // prettier-ignore
  for (const [what, step, message] of refused) {
    it(`is refused for ${what}, before anything runs`, () =>
      withPlaybooks(async ({ client, request, write }) => {
        await write('test.playbook.yaml', `steps: [{ id: a, run: x }, ${step}]\n`);
        const plan = await client.plan(request());
        assert.ok(!plan.ok);
        assert.match(plan.error.message, message);
      }));
  }
});

describe('a playbook in lockstep', function () {
  it('ends each step on all nodes before the next, also with fewer places than nodes', () =>
    withPlaybooks(async ({ folder, play }) => {
      const { state } = await play(
        `strategy: { lockstep: true, concurrency: 1 }
steps: [{ run: "echo 1 >>../log" }, { block: [{ run: "echo 2 >>../log" }, { run: "echo 3 >>../log" }] }]
finally: [{ run: "echo 4 >>../log" }]
`,
      );
      assert.deepEqual(state.executions.map(({ outcome }) => outcome?.status), ['ok', 'ok', 'ok']); // prettier-ignore
      assert.equal(await readFile(join(folder, 'log'), 'utf8'), '1\n1\n1\n2\n2\n2\n3\n3\n3\n4\n4\n4\n');
    }));
});
