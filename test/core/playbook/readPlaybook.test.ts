import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readPlaybook, readTask } from '../../../core/playbook/read/readPlaybook.ts';
import { orderOf } from '../../../core/playbook/read/graph.ts';
import type { Step } from '../../../core/schema/step.ts';

function problemsOf(text: string, read: typeof readPlaybook | typeof readTask = readPlaybook): string[] {
  return read(text).problems.map(({ code, range }) => `${range?.line}:${range?.column} ${code}`);
}

describe('a playbook', () => {
  it('with everything in it is read', () => {
    const { value, problems } = readPlaybook(`
version: 1
name: Deploy
params:
  version: { type: string, pattern: '^\\d+$', required: true }
  token: { sensitive: true }
secrets: { key: { env: KEY } }
vars: { url: "http://{{ node.host }}" }
targets: tag:web !web13
strategy: { mode: rolling, waves: [1, 10%], concurrency: 20, maxFailures: 5%, stopOnFailure: false }
steps:
  - id: drain
    run: drain --wait {{ vars.seconds | default(10) }} {{ secret.key }}
    timeout: 30s
  - { id: install, needs: drain, run: "install {{ params.version }}", sudo: true, retries: { count: 3, on: failed } }
  - { http: { url: "{{ vars.url }}", expect: { status: 200 } }, until: "result.json.ok", retries: { count: 10, delay: 2s } }
  - { task: ./t.task.yaml, with: { a: "{{ params.version }}" }, when: steps.install.changed != false }
  - { block: [{ run: "a {{ item }}", loop: [1, 2] }], rescue: [{ fail: no }], always: [{ pause: Sure? }] }
  - { wait: { port: 80 }, notify: [restart], runAs: postgres }
handlers: [{ id: restart, run: restart }]
finally: [{ run: undrain }]
`);
    assert.deepEqual(problems, []);
    assert.equal(value?.steps.length, 6);
    assert.deepEqual(value?.steps[5]?.runAs, { user: 'postgres', method: 'sudo' });
  });

  const mistakes: readonly [what: string, text: string, problems: readonly string[]][] = [
    ['a step without an action', 'steps:\n- name: x\n', ['2:3 playbook/no-action']],
    ['two actions', 'steps:\n- run: a\n  fail: b\n', ['3:3 playbook/two-actions']],
    ['an option of another kind', 'steps:\n- run: a\n  with: { b: 1 }\n', ['3:3 playbook/misfit']],
    ['sudo and runAs', 'steps:\n- { run: a, sudo: true, runAs: b }\n', ['2:13 playbook/misfit']],
    ['a key with a typo', 'steps:\n- rnu: a\n', ['2:3 schema/unknown-key']],
    ['a typo beside an action', 'steps:\n- run: a\n  whne: b\n', ['3:3 schema/unknown-key']],
    ['no steps', 'name: a\n', ['1:1 schema/missing-key']],
    ['keys with typos that have to be there', 'hosts: all\ntasks:\n- run: a\n', ['1:1 schema/unknown-key', '2:1 schema/unknown-key']],
    ['a missing key beside an unknown one', 'what: 1\n', ['1:1 schema/missing-key', '1:1 schema/unknown-key']],
    ['a typo beside another mistake', 'steps:\n- run: a\n  whne: b\n  notify: [c]\n', ['3:3 schema/unknown-key', '4:12 playbook/unknown-handler']],
    ['a result that has no such thing', 'steps:\n- { id: a, run: x }\n- run: b {{ steps.a.stdot }}\n', ['3:13 playbook/unknown-result']],
    ['a node that has no such thing', 'steps:\n- run: b {{ node.nam }} {{ node.facts.a.b }}\n', ['2:13 playbook/unknown-node']],
    ['a step whose id is only known when it runs', 'vars: { x: a }\nsteps:\n- { id: a, run: x, loop: [1] }\n- run: b {{ steps[vars.x].stdout }} {{ steps.a.results[0].stdout }}\n', []],
    ['a default for what is not there', 'steps:\n- run: b {{ node.nam | default(1) }}\n  when: node.x is defined and node.x\n', []],
    ['braces without quotes', 'steps:\n- run: {{ vars.a }}\n', ['2:8 yaml/quote-this']],
    ['a circle', 'steps:\n- { id: a, needs: b, run: x }\n- { id: b, needs: [a], run: x }\n', ['3:19 playbook/cycle']],
    ['a need that is not there', 'steps:\n- { id: a, run: x }\n- { needs: [aa], run: x }\n', ['3:13 playbook/unknown-step']],
    ['an id twice', 'steps:\n- { id: a, run: x }\n- { id: a, run: x }\n', ['3:9 playbook/repeated-id']],
    ['a handler that is not there', 'steps:\n- { run: x, notify: [a] }\n', ['2:22 playbook/unknown-handler']],
    ['an unknown parameter', 'steps:\n- run: |\n    a\n    b {{ params.x }}\n', ['4:10 playbook/unknown-params']],
    ['an unknown step', 'steps:\n- { id: a, run: x }\n- { run: x, when: steps.b.ok }\n', ['3:19 playbook/unknown-steps']],
    ['an unknown secret', 'steps:\n- run: a {{ secret.x }}\n', ['2:13 playbook/unknown-secret']],
    ['a bare name', 'steps:\n- run: a {{ port }}\n', ['2:13 playbook/unknown-name']],
    ['an item without a loop', 'steps:\n- run: a {{ item }}\n', ['2:13 playbook/no-loop']],
    ['a result in a command', 'steps:\n- run: a {{ result.stdout }}\n', ['2:13 playbook/no-result']],
    ['a mistake in a template', 'steps:\n- run: "a\\t{{ 1 + }}"\n', ['2:19 template/syntax']],
    ['a calculation that can never be done', 'steps:\n- run: "a {{ 1 / 0 }}"\n', ['2:14 template/value']],
    ['an address without a server', 'steps:\n- http: { url: /x }\n', ['2:16 playbook/address']],
    ['an address of another kind', 'steps:\n- http: { url: "htp://{{ node.name }}" }\n', ['2:16 playbook/address']],
    ['a port that is none', 'steps:\n- wait: { port: 99999 }\n', ['2:17 schema/value']],
    ['a wait with a port in words', 'steps:\n- wait: { port: ssh }\n', ['2:17 schema/value']],
    ['no time at all', 'steps:\n- { run: x, timeout: 0s }\n- wait: { port: 1, every: 0 }\n', ['2:22 schema/value', '3:27 schema/value']],
    ['braces in a condition', 'steps:\n- { run: x, when: "{{ a }}" }\n', ['2:20 template/braces']],
    ['a value in backticks', 'steps:\n- run: a `b {{ vars.x }}`\n', ['2:13 template/not-quotable']],
    ['a default of another type', 'params: { a: { type: integer, default: x } }\nsteps: [{ run: x }]\n', ['1:40 playbook/param']],
    ['an enum without values', 'params: { a: { type: enum } }\nsteps: [{ run: x }]\n', ['1:22 schema/value']],
    ['targets with a mistake', 'targets: "a &"\nsteps: [{ run: x }]\n', ['1:14 SELECTION_SYNTAX']],
    ['a wait for two things', 'steps:\n- wait: { port: 1, path: /a }\n', ['2:9 schema/value']],
    ['a secret in no place', 'secrets: { a: {} }\nsteps: [{ run: x }]\n', ['1:15 schema/value']],
  ]; // prettier-ignore
  for (const [what, text, problems] of mistakes) {
    it(`with ${what} has a problem at its place`, () => assert.deepEqual(problemsOf(text), problems));
  }

  it('says the whole way of a circle', () => {
    const text =
      'steps:\n' +
      ['ab', 'bc', 'ca'].map(([id, need]) => `- { id: ${id}, needs: ${need}, run: x }\n`).join('');
    assert.match(readPlaybook(text).problems[0]?.message ?? '', /a → b → c → a/);
  });

  it('is read whatever is cut off or put in, with places inside of it', () => {
    const text = 'params: { a: { type: integer } }\nsteps:\n- id: x\n  run: |\n    a {{ params.a }}\n  when: "params.a > 1"\n- needs: [x]\n  set: { b: "{{ vars.c }}" }\n'; // prettier-ignore
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(12), fc.string({ maxLength: 5 }), (at, gone, put) => {
        const changed = text.slice(0, at) + put + text.slice(at + gone);
        for (const { range } of readPlaybook(changed).problems)
          assert(range && range.start <= range.end && range.end <= changed.length + 1);
      }),
    );
  });
});

describe('a task', () => {
  it('has steps, or implementations for platforms', () => {
    assert.deepEqual(problemsOf('steps: [{ run: "a {{ params.b }}" }]\nparams: { b: {} }\n', readTask), []);
    const platforms =
      'implementations: [{ when: node.facts.os == 1, steps: [{ id: a, run: x }] }]\noutputs: { c: steps.a.stdout }\n';
    assert.deepEqual(problemsOf(platforms, readTask), []);
    assert.deepEqual(problemsOf('name: a\n', readTask), ['1:1 playbook/no-action']);
    assert.deepEqual(problemsOf('steps: [{ fail: a }]\nimplementations: []\n', readTask), [
      '1:1 playbook/no-action',
    ]);
  });
});

describe('the order of steps', () => {
  it('is the written one, but each comes after what it needs', () => {
    const ids = fc.uniqueArray(fc.constantFrom(...'abcdefghij'.split('')), { minLength: 1 });
    fc.assert(
      fc.property(ids, fc.func(fc.nat()), fc.nat(), (names, pick, seed) => {
        // Each may need those before it in another order: there are no circles.
        const shuffled = names.toSorted((a, b) => (pick(a) % 7) - (pick(b) % 7));
        const steps = shuffled.map((id): Step => {
          const before = names
            .slice(0, names.indexOf(id))
            .filter((other) => (pick(id + other) + seed) % 3 === 0);
          return { id, run: 'x', needs: before };
        });
        const order = orderOf(steps);
        assert.deepEqual(
          order.toSorted((a, b) => a - b),
          [...steps.keys()],
        );
        for (const [place, at] of order.entries()) {
          for (const need of steps[at]?.needs ?? [])
            assert(order.indexOf(steps.findIndex(({ id }) => id === need)) < place);
        }
        if (steps.every(({ needs }) => needs?.length === 0)) assert.deepEqual(order, [...steps.keys()]);
      }),
    );
  });
});
