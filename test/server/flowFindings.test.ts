import assert from 'node:assert/strict';
import { diagnose } from './diagnose.ts';
import { worldOf } from './world.ts';

const inventory =
  'nodes:\n  web[1-3]: { tags: web }\n  db1: { tags: db }\ngroups:\n  front: { nodes: "web[1-2]" }\n';

function codes(text: string, inventoryText = inventory): readonly string[] {
  const { document, workspace } = worldOf('playbook', text, { '.muster/inventory.yaml': inventoryText });
  return diagnose(document, workspace, { levels: new Map() }).map(
    ({ range, code, severity }) =>
      `${range.start.line + 1} ${String(code)}${severity === 3 ? ' (info)' : ''}`,
  );
}

const pair = (first: string, second: string, targets = 'all'): string =>
  `targets: ${targets}\nsteps:\n  - { id: a, run: x, when: ${JSON.stringify(first)} }\n  - { needs: a, run: x, when: ${JSON.stringify(second)} }\n`;

describe('a step that needs another', () => {
  const meet = (first: string, second: string): boolean => !codes(pair(first, second)).includes('4 steps/never-meet'); // prettier-ignore

  for (const [first, second] of [
    ['vars.a is defined', 'not (vars.a  is defined)'],
    ['vars.a is defined', 'vars.a is undefined or true'],
    ['params.a == 1', 'params.a != 1'],
    ['params.a == "x"', 'params.a == "y"'],
    ['params.a < 5', 'params.a >= 5'],
    ["'x' in params.a", "'x' not in params.a"],
    ['params.a and params.b', 'not params.b and params.c'],
    ['node.name == "web1"', 'node.name != "web1"'],
    ["'db' in node.tags", "'web' in node.tags"],
    ["'front' in node.groups", "node.name == 'web3'"],
    ['false', 'params.a'],
  ] as const)
    it(`never meets it: ${first}, and ${second}`, () => {
      assert.equal(meet(first, second), second.endsWith('or true'));
      if (first !== 'false') assert.equal(meet(second, first), second.endsWith('or true'));
    });

  for (const [first, second] of [
    ['params.a == 1', 'params.b == 2'],
    ['params.a == 1', 'params.a == 1'],
    ['params.a == params.b', 'params.a == params.c'],
    ['params.a or params.b', 'not params.a'],
    ["'web' in node.tags", "'front' in node.groups"],
    ["'web' in node.tags", "'db' in node.tags or params.a"],
    ['node.facts.os == "a"', 'node.host == "b"'],
  ] as const)
    it(`may meet it: ${first}, and ${second}`, () => {
      assert.equal(meet(first, second), true);
    });

  it('is looked at on the nodes that are meant, where all are known', () => {
    const text = pair("'db' in node.tags", "'web' in node.tags");
    const open = `${inventory}sources:\n  - { type: command, run: ./nodes.sh }\n`;
    assert.deepEqual(codes(text), ['4 steps/never-meet']);
    assert.deepEqual(codes(text, open), []);
    assert.deepEqual(codes(text.replace('targets: all\n', '')), []);
  });
});

describe('a step that no node comes to', () => {
  it('is told where its condition never holds, and mentioned where none of the nodes that are meant fits', () => {
    const step = (when: string, targets: string): string =>
      `targets: ${targets}\nsteps:\n  - { run: x, when: ${JSON.stringify(when)} }\n`;
    assert.deepEqual(codes(step('false', 'all')), ['3 steps/never-runs']);
    assert.deepEqual(codes(step("'db' in node.tags", 'web*')), ['3 steps/never-runs (info)']);
    assert.deepEqual(codes(step("'db' in node.tags", 'all')), []);
    assert.deepEqual(codes(step("'db' in node.tags and vars.x", 'web*')), ['3 vars/undefined']);
  });

  it('is told behind one that always fails', () => {
    const behind = (step: string): readonly string[] => codes(`steps:\n  - ${step}\n  - run: x\n`);
    assert.deepEqual(behind('fail: no'), ['3 steps/unreachable']);
    assert.deepEqual(behind('{ fail: no, when: "true" }'), ['3 steps/unreachable']);
    assert.deepEqual(behind('{ fail: no, when: node.name == "a" }'), []);
    assert.deepEqual(behind('{ fail: no, ignoreErrors: true }'), []);
    assert.deepEqual(behind('{ fail: no, loop: [1] }'), []);
    assert.deepEqual(behind('block: [{ fail: no }]'), ['3 steps/unreachable']);
    assert.deepEqual(behind('{ block: [{ fail: no }], rescue: [{ run: x }] }'), []);
    assert.deepEqual(behind('{ block: [{ fail: no }], rescue: [{ fail: no }] }'), ['3 steps/unreachable']);
    assert.deepEqual(behind('{ block: [{ run: x }], always: [{ fail: no }] }'), ['3 steps/unreachable']);
    assert.deepEqual(behind('{ block: [{ fail: no }], ignoreErrors: true }'), []);
    assert.deepEqual(behind('fail: no\n  - run: a\n  - run: b'), ['3 steps/unreachable']);
    assert.deepEqual(codes('steps:\n  - fail: no\nfinally:\n  - run: x\n'), []);
    assert.deepEqual(
      codes('steps:\n  - { id: a, needs: b, run: x }\n  - fail: no\n  - { id: b, run: x }\n'),
      [],
    );
  });
});

describe('a handler', () => {
  it('is told where no step that runs notifies it', () => {
    const with_ = (steps: string, handlers: string): readonly string[] =>
      codes(`steps:\n  - ${steps}\nhandlers:\n${handlers}`);
    const h = (id: string, notify = ''): string => `  - { id: ${id}, run: x${notify} }\n`;
    assert.deepEqual(with_('{ run: x, notify: a }', h('a')), []);
    assert.deepEqual(with_('run: x', h('a')), ['4 steps/unused-handler']);
    assert.deepEqual(with_('{ run: x, notify: a }', h('a') + '  - run: y\n'), ['5 steps/unused-handler']);
    assert.deepEqual(with_('{ run: x, notify: a }', h('a', ', notify: b') + h('b')), []);
    assert.deepEqual(with_('run: x', h('a', ', notify: a')), ['4 steps/unused-handler']);
    assert.deepEqual(with_('run: x', h('a', ', notify: b') + h('b', ', notify: a')), [
      '4 steps/unused-handler',
      '5 steps/unused-handler',
    ]);
    assert.deepEqual(with_('block: [{ run: x, notify: a }]', h('a')), []);
  });
});
