import assert from 'node:assert/strict';
import { withPlaybooks } from './play.ts';

const loop = 'steps: [{ loop: [a, b], run: "echo {{ item.x }}" }]\n';

describe('a playbook with a mistake that is known before it runs', function () {
  const refused: readonly [what: string, text: string, message: RegExp][] = [
    ['a variable that no node has', 'steps:\n- run: echo {{ vars.nope }}\n', /^test\.playbook\.yaml:2:3 Step 1 can not run\. There is no "nope" in vars\. .* In: echo \{\{ vars\.nope \}\}$/],
    ['a variable that some nodes do not have', 'steps:\n- { id: x, run: "echo {{ vars.n > 1 and vars.nope }}" }\n', /^test\.playbook\.yaml:2:3 Step x can not run on 2 of 3 nodes: b c\. There is no "nope"/],
    ['a word about the node that does not exist', 'steps: [{ run: "echo {{ node.nam }}" }]\n', /There is no "nam" in node\. Did you mean "name"\?/],
    ['a calculation that can not be', 'steps: [{ run: "echo {{ 1/0 }}" }]\n', /can not divide by 0/],
    ['a map in a command', 'vars: { m: { a: 1 } }\nsteps: [{ run: "echo {{ vars.m }}" }]\n', /a map, which is no word of a command/],
    ['an address without a server', 'steps: [{ http: { url: /x } }]\n', /"\/x" is no address for a request/],
    ['an address of an unknown kind', 'vars: { u: "htp://x" }\nsteps: [{ http: { url: "{{ vars.u }}" } }]\n', /"htp:\/\/x" is no address for a request/],
    ['what an answer is compared with', 'steps: [{ http: { url: "http://x", expect: { contains: "{{ vars.nope }}" } } }]\n', /There is no "nope" in vars/],
    ['an address outside of its service', 'steps: [{ http: { service: api, url: "https://other/x" } }]\n', /https:\/\/other\/x is not below https:\/\/api\.test/],
    ['a header of a service', 'steps: [{ http: { service: odd, url: /x } }]\n', /There is no "team" in vars/],
    ['a port that is none', 'vars: { p: eighty }\nsteps: [{ wait: { port: "{{ vars.p }}" } }]\n', /"eighty" is no port: a port is a number from 1 to 65535/],
    ['an item without what is looked up', loop, /There is no "x" in item/],
    ['a loop over no list', 'steps: [{ loop: "{{ vars.n }}", run: id }]\n', /The loop is no list, but a number\. .* In: \{\{ vars\.n \}\}/],
    ['a loop over text', 'steps: [{ loop: steps.ls.stdout, run: id }]\n', /The loop is no list, but text\. Write \[a, b\], or '\{\{ … \| lines \}\}' .* In: steps\.ls\.stdout/],
    ['a condition that can not be told', 'steps: [{ when: vars.nope, run: id }]\n', /There is no "nope" in vars/],
    ['a condition on the result that can not be told', 'steps: [{ run: id, changedWhen: vars.nope }]\n', /There is no "nope" in vars/],
    ['a variable of the playbook that can not be made', 'vars: { a: "{{ vars.b }}" }\nsteps: [{ run: id }]\n', /^Nothing can run\. vars\.a: There is no "b" in vars/],
    ['a parameter of a task of another kind', 'steps: [{ task: t.task.yaml, with: { n: "{{ node.name }}" } }]\n', /^test\.playbook\.yaml:1:9 Step 1 can not run\. n: It is a whole number/],
    ['a task for other nodes', 'steps: [{ task: others.task.yaml }]\n', /none of its implementations is for this node/],
    ['a step of a task', 'steps: [{ task: t.task.yaml, with: { n: 1 } }, { task: wrong.task.yaml }]\n', /^wrong\.task\.yaml:2:3 Step 2\/1 can not run\. There is no "gone" in vars/],
    ['what comes at the end', 'steps: [{ run: id, register: r }]\nfinally: [{ run: "echo {{ vars.nope }}" }]\n', /Step finally\/1 can not run/],
    ['what always comes', 'steps: [{ block: [{ run: id }], always: [{ run: "echo {{ vars.nope }}" }] }]\n', /:1:42 Step 1\/always\/1 can not run/],
    ['what one node does for all, whichever it is', 'steps: [{ once: true, run: "echo {{ vars.nope }}" }]\n', /Step 1 can not run\. There/],
    ['a variable of which only the value is known later', 'steps: [{ id: x, run: id }, { set: { v: 1 }, when: steps.x.changed }, { run: "echo {{ vars.nope }}" }]\n', /Step 3 can not run/],
    ['a template file with an unknown name', 'steps: [{ id: f, template: { from: name.tpl, to: x } }]\n', /^test\.playbook\.yaml:1:9 Step f can not run\. name\.tpl:2:7 There is no "nosuch" in vars\./],
    ['a template file with an unknown filter', 'steps: [{ template: { from: filter.tpl, to: x } }]\n', /filter\.tpl:1:\d+ .*nofilter/],
    ['a template file that is torn', 'steps: [{ template: { from: torn.tpl, to: x } }]\n', /torn\.tpl:1:1 This \{\{ has no \}\}/],
  ]; // prettier-ignore
  for (const [what, text, message] of refused)
    it(`is refused, for ${what}`, () =>
      withPlaybooks(async ({ client, request, write }) => {
        await writeOthers(write);
        await write('test.playbook.yaml', text);
        const planned = await client.plan(request());
        assert.ok(!planned.ok, 'it was not refused');
        assert.equal(planned.error.code, 'INPUT_INVALID');
        assert.match(planned.error.message, message);
      }));

  const warned: readonly [what: string, text: string, note: RegExp | undefined][] = [
    ['warned of where a condition is decided later', 'steps: [{ id: x, run: id }, { when: steps.x.changed, run: "echo {{ vars.nope }}" }]\n', /:1:29 Step 2 would fail where it runs\. There is no "nope"/],
    ['warned of where a failure is allowed', 'steps: [{ ignoreErrors: true, run: "echo {{ vars.nope }}" }]\n', /Step 1 would fail where it runs/],
    ['warned of where it is rescued', 'steps: [{ block: [{ run: "echo {{ vars.nope }}" }], rescue: [{ run: id }] }]\n', /Step 1\/1 would fail where it runs/],
    ['warned of where it is the rescue', 'steps: [{ block: [{ run: id }], rescue: [{ run: "echo {{ vars.nope }}" }] }]\n', /Step 1\/rescue\/1 would fail/],
    ['warned of where a condition says what a failure is', 'steps: [{ failedWhen: "false", run: "echo {{ vars.nope }}" }]\n', /Step 1 would fail/],
    ['warned of in a handler', 'steps: [{ run: id, notify: h }]\nhandlers: [{ id: h, run: "echo {{ vars.nope }}" }]\n', /Step handlers\/h would fail/],
    ['warned of where one of the nodes does it for all', 'steps: [{ once: true, run: "echo {{ [1, 2, 3][vars.n] }}" }]\n', /Step 1 would fail where it runs on 1 of 3 nodes: c\. /],
    ['warned of in a template file', 'steps: [{ id: x, run: id }, { when: steps.x.changed, template: { from: name.tpl, to: x } }]\n', /Step 2 would fail where it runs\. name\.tpl:2:7/],
    ['no mistake where the condition does not hold', 'steps: [{ when: node.name == "z", run: "echo {{ vars.nope }}" }]\n', undefined],
    ['no mistake where a later condition asks first', 'steps: [{ id: x, run: id }, { when: steps.x.changed and vars.nope is defined, run: "echo {{ vars.nope }}" }]\n', undefined],
    ['no mistake where there is a default', 'steps: [{ run: "echo {{ vars.nope | default(1) }}" }]\n', undefined],
    ['no mistake where a step makes it', 'steps: [{ run: id, register: r }, { run: "echo {{ vars.r.stdout }}" }]\n', undefined],
    ['no mistake where a step may make it', 'steps: [{ id: x, run: id }, { set: { v: 1 }, when: steps.x.changed }, { run: "echo {{ vars.v }}" }]\n', undefined],
    ['no mistake where a port is known later', 'steps: [{ id: x, run: id }, { wait: { port: "{{ steps.x.stdout | trim }}" } }]\n', undefined],
    ['no mistake where it is secret', 'params: { p: { type: array, sensitive: true } }\nsteps: [{ loop: "{{ params.p }}", run: "echo {{ item }}" }]\n', undefined],
  ]; // prettier-ignore
  for (const [what, text, note] of warned)
    it(`is ${what}`, () =>
      withPlaybooks(async ({ client, request, write }) => {
        await writeOthers(write);
        await write('test.playbook.yaml', text);
        const planned = await client.plan(request());
        assert.ok(planned.ok, JSON.stringify(planned));
        assert.equal(planned.value.notes.length, note ? 1 : 0, planned.value.notes.join('\n'));
        assert.match(planned.value.notes.join('\n'), note ?? /^$/);
      }));

  it('is none where a step before the one that it starts at keeps it', () =>
    withPlaybooks(async ({ client, request, write }) => {
      const text = 'steps: [{ run: id, register: r }, { id: x, run: "echo {{ vars.r.status }}" }]\n';
      await write('test.playbook.yaml', text);
      const planned = await client.plan(request({ startAt: 'x' }));
      assert.ok(planned.ok, JSON.stringify(planned));
      assert.deepEqual(planned.value.notes, []);
    }));

  it('is told in twenty lines at most', () =>
    withPlaybooks(async ({ client, request, write }) => {
      const steps = Array.from({ length: 25 }, (_, at) => `- run: echo {{ vars.nope${at} }}\n`);
      await write('test.playbook.yaml', `steps:\n${steps.join('')}`);
      const planned = await client.plan(request());
      assert.ok(!planned.ok);
      const lines = planned.error.message.split('\n');
      assert.deepEqual([lines.length, lines.at(-1)], [21, 'There are 5 mistakes more.']);
    }));
});

async function writeOthers(write: (name: string, text: string) => Promise<void>): Promise<void> {
  const services =
    '{ api: { baseUrl: "https://api.test" }, odd: { baseUrl: "https://odd.test", headers: { X: "{{ vars.team }}" } } }';
  await write('.muster/config.yaml', `services: ${services}\n`);
  await write('t.task.yaml', 'params: { n: { type: integer } }\nsteps: [{ run: id }]\n');
  await write('wrong.task.yaml', 'steps:\n- run: echo {{ vars.gone }}\n');
  await write('others.task.yaml', 'implementations:\n- { when: node.name == "z", steps: [{ run: id }] }\n');
  await write('name.tpl', 'one\nis {{ vars.nosuch }}\n');
  await write('filter.tpl', '{{ node.name | nofilter }}\n');
  await write('torn.tpl', '{{ node.name\n');
}
