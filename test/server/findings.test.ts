import assert from 'node:assert/strict';
import type { Example, FileKind } from '../../server/service/rules/rule.ts';
import { ruleLevels } from '../../server/service/rules/levels.ts';
import { worldOf } from './world.ts';
import { diagnose } from './diagnose.ts';

const inventory =
  'nodes:\n  web[01-40]:\n  db1:\ngroups:\n  most: { nodes: "web[01-02,04-06,08-10,12-40]", vars: { port: 80 } }\n';

function of(kind: FileKind, text: string, files: Readonly<Record<string, string>> = {}) {
  return withLevels({}, { kind, text, files });
}

function withLevels(
  levels: object,
  { kind, text, files = {} }: Omit<Example, 'bad' | 'good'> & { readonly text: string },
) {
  const { document, workspace } = worldOf(kind, text, { '.muster/inventory.yaml': inventory, ...files });
  return diagnose(document, workspace, { levels: ruleLevels(levels), pages: 'file:///docs/' });
}

function codes(...asked: Parameters<typeof of>): readonly string[] {
  return of(...asked).map(({ code, range }) => `${range.start.line + 1} ${String(code)}`);
}

const port = (targets: string): string => `targets: ${targets}\nsteps:\n  - run: curl x:{{ vars.port }}\n`;

describe('a variable in a playbook', () => {
  it('is looked for on every node that is meant', () => {
    const [found] = of('playbook', port('web*'));
    assert.deepEqual(
      [found?.code, found?.severity, found?.message],
      [
        'vars/undefined',
        2,
        '"port" is undefined on 3 of 40 nodes that are meant: web[03,07,11]. Give it to them, or write default(…).',
      ],
    );
    assert.deepEqual(codes('playbook', port("'@most'")), []);
    assert.match(JSON.stringify(of('playbook', port('db1'))), /is undefined on the node that is meant\./);
  });

  it('is there where something gives it: a parameter, a step, a configuration, a file that is used', () => {
    const run = 'steps:\n  - run: echo {{ vars.x }}\n';
    assert.deepEqual(codes('playbook', `targets: db1\n${run}`), ['3 vars/undefined']);
    assert.deepEqual(codes('playbook', `targets: db1\nparams: { x: { default: a } }\n${run}`), []);
    assert.deepEqual(
      codes('playbook', `targets: db1\n${run}`, { '.muster/config.yaml': 'vars: { x: 1 }\n' }),
      [],
    );
    const task = 'targets: db1\nsteps:\n  - task: ./t.task.yaml\n  - run: echo {{ vars.x }}\n';
    assert.deepEqual(codes('playbook', task, { 't.task.yaml': 'steps:\n  - set: { x: 1 }\n' }), []);
    assert.deepEqual(codes('playbook', task, { 't.task.yaml': 'steps:\n  - run: x\n' }), [
      '4 vars/undefined',
    ]);
  });

  it('is not missed where the step asks whether it is there', () => {
    for (const step of [
      'run: echo {{ vars.x | default(1) }}',
      "run: echo {{ vars.x if vars.x is defined else '' }}",
      'run: echo {{ vars.x }}\n    when: vars.x is defined',
    ])
      assert.deepEqual(codes('playbook', `targets: db1\nsteps:\n  - ${step}\n`), [], step);
  });

  it('is only hinted at where a source cannot be read here, as is a name of a node', () => {
    const open = {
      '.muster/inventory.yaml': `${inventory}sources:\n  - { type: command, run: ./nodes.sh }\n`,
    };
    const found = of('playbook', `targets: db1,other\nsteps:\n  - run: uptime\n`, open);
    assert.deepEqual(
      found.map(({ code, severity }) => [code, severity]),
      [['SELECTION_UNKNOWN', 4]],
    );
    assert.deepEqual(of('playbook', port('db1'), open)[0]?.severity, 4);
  });

  it('of a task has no nodes to be looked for on', () => {
    assert.deepEqual(codes('task', 'steps:\n  - run: echo {{ vars.x }}\n'), []);
  });
});

describe('a circle of steps', () => {
  it('is told once, with the whole way, and each step of it beside the message', () => {
    const text =
      'steps:\n  - { id: a, needs: b, run: x }\n  - { id: b, needs: c, run: x }\n  - { id: c, needs: a, run: x }\n';
    const [found, ...others] = of('playbook', text);
    assert.deepEqual(others, []);
    assert.equal(
      found?.message,
      'These steps need each other in a circle: a → b → c → a. Take one of these needs away.',
    );
    assert.deepEqual(
      found?.relatedInformation?.map(({ message, location }) => [message, location.range.start.line]),
      [
        ['"a" needs "b".', 1],
        ['"b" needs "c".', 2],
        ['"c" needs "a".', 3],
      ],
    );
  });
});

describe('a result of a step', () => {
  it('is there for the outputs of a task, which are read after all steps', () => {
    const text = 'steps:\n  - { id: reg, run: date }\noutputs:\n  s: steps.reg.stdout\n';
    assert.deepEqual(codes('task', text), []);
  });
});

describe('a file that is indented with tabs alone', () => {
  it('is told so once, and of everything else at its place', () => {
    const text =
      'targets: db1\nsteps:\n\t- run: x\n\t- id: b\n\t\trun: echo {{ vars.x }}\n\t\tneeds:\n\t\t\t- zz\n';
    assert.deepEqual(
      of('playbook', text).map(({ code, range }) => [code, range.start.line + 1, range.start.character]),
      [
        ['yaml/tab-as-indent', 3, 0],
        ['vars/undefined', 5, 15],
        ['playbook/unknown-step', 7, 5],
      ],
    );
    const nodes = 'nodes:\n\tweb1:\n\t\tport: 22\n\tweb2:\n\t\tport: 99999\n';
    assert.deepEqual(codes('inventory', nodes).slice(0, 2), ['2 yaml/tab-as-indent', '5 schema/value']);
  });
});

describe('several mistakes of form', () => {
  it('are all told, each once', () => {
    const text = 'targets: "db1\nsteps:\n  - run: \'ls\n  - run: echo a: b\n  - run: uptime\n';
    assert.deepEqual(codes('playbook', text), [
      '1 yaml/missing-char',
      '3 yaml/missing-char',
      '4 yaml/block-as-implicit-key',
    ]);
  });
});

describe('one mistake', () => {
  it('is told once, and the rest of the file is looked at', () => {
    const rest = '  - { id: b, needs: gone, run: "echo {{ nod.name }}" }\n';
    const others = ['playbook/unknown-step', 'playbook/unknown-name'];
    for (const [what, broken, code] of [
      ['a key', '  - { id: a, rnu: x, needs: nothing }\n', 'schema/unknown-key'],
      [
        'two actions',
        '  - { id: a, run: x, wait: { seconds: 1 }, needs: nothing }\n',
        'playbook/two-actions',
      ],
      ['a quote', '  - { id: a, run: "x }\n', 'yaml/missing-char'],
      ['a half-typed key', '  - id: a\n    run: x\n    nee\n', 'yaml/missing-char'],
    ] as const) {
      const found = of('playbook', `targets: db1\nsteps:\n${broken}${rest}`).map((each) => each.code);
      assert.ok(found.includes(code), `${what}: ${found.join()}`);
      assert.deepEqual(
        found.filter((each) => each !== undefined && others.includes(String(each))),
        others,
        what,
      );
      assert.ok(found.length <= 3, `${what}: ${found.join()}`);
    }
  });

  it('makes no group and no handler needless', () => {
    const handlers = 'handlers:\n  - { id: restart, run: y }\n';
    assert.deepEqual(codes('playbook', `steps:\n  - { run: x, notify: [restrat] }\n${handlers}`), [
      '2 playbook/unknown-handler',
    ]);
    assert.deepEqual(
      codes('playbook', `steps:\n  - { run: x, timout: 3s, notify: [restrat] }\n${handlers}`).filter((each) =>
        each.endsWith('unused-handler'),
      ),
      [],
    );
    assert.deepEqual(codes('inventory', 'nodes: { app1: }\ngroups:\n  g: { nodes: [dbb01] }\n'), [
      '3 inventory/unknown-node',
    ]);
    assert.deepEqual(
      codes('inventory', 'nodes: { db1: }\ngroups:\n  g: { groups: [h] }\n  h: { groups: [g] }\n').filter(
        (each) => each.endsWith('empty-group'),
      ),
      [],
    );
  });

  it('hides nothing that others refer to', () => {
    const text = 'steps:\n  - { id: a, rnu: x }\n  - { needs: a, run: "echo {{ steps.a.stdout }}" }\n';
    assert.deepEqual(codes('playbook', text), ['2 schema/unknown-key']);
  });
});

describe('a comment that silences', () => {
  const drop = 'rm -rf /';
  const told = (text: string) => codes('playbook', text);

  it('is about its line, or the next where it has one of its own', () => {
    assert.deepEqual(told(`steps:\n  - run: ${drop}\n`), ['2 safety/destructive']);
    assert.deepEqual(told(`steps:\n  - run: ${drop} # muster-ignore safety/destructive\n`), []);
    assert.deepEqual(told(`steps:\n  # muster-ignore safety\n  - run: ${drop}\n  - run: ${drop}\n`), [
      '4 safety/destructive',
    ]);
    assert.deepEqual(told(`steps:\n  - run: ${drop} # muster-ignore vars, safety/destructive\n`), []);
    assert.deepEqual(told(`steps:\n  - run: ${drop} # muster-ignore vars\n`), ['2 safety/destructive']);
    assert.deepEqual(told(`steps:\n  - run: ${drop} # muster-ignore\n`), []);
    assert.deepEqual(told(`steps:\n  - run: ${drop} # as muster-ignored before\n`), ['2 safety/destructive']);
  });

  it('may say why, and is told once that a reason is no rule', () => {
    assert.deepEqual(told(`steps:\n  - run: ${drop} # muster-ignore safety -- because I want it\n`), []);
    assert.deepEqual(told(`steps:\n  - run: ${drop} # muster-ignore safety because I want it\n`), [
      '2 muster/unknown-rule',
    ]);
    assert.deepEqual(told(`steps:\n  - run: x # muster-ignore vrs/unused, safty/secret\n`), [
      '2 muster/unknown-rule',
      '2 muster/unknown-rule',
    ]);
  });

  it('is no text in quotes', () => {
    assert.deepEqual(told('name: "Q # muster-ignore yaml\nsteps:\n  - run: x\n'), ['1 yaml/missing-char']);
    assert.deepEqual(told(`steps:\n  - { name: ' # muster-ignore', run: ${drop} }\n`), [
      '2 safety/destructive',
    ]);
    assert.deepEqual(told(`steps:\n  - { name: "it's", run: ${drop} } # muster-ignore\n`), []);
  });

  it('is about all of a block scalar that begins there', () => {
    const script = `|\n      cd /\n\n      ${drop}\n  - run: ${drop}\n`;
    assert.deepEqual(told(`steps:\n  # muster-ignore safety\n  - run: ${script}`), ['7 safety/destructive']);
    assert.deepEqual(told(`steps:\n  - run: | # muster-ignore safety${script.slice(1)}`), [
      '6 safety/destructive',
    ]);
  });

  it('is about the whole file where it says so', () => {
    assert.deepEqual(told(`# muster-ignore-file safety\nsteps:\n  - run: ${drop}\n  - run: ${drop}\n`), []);
  });
});

describe('a rule', () => {
  it('is as loud as the most exact setting says, and has its page', () => {
    const severity = (levels: object) =>
      withLevels(levels, { kind: 'playbook', text: 'vars: { x: 1 }\nsteps:\n  - run: uptime\n' })[0]
        ?.severity;
    assert.equal(severity({}), 4);
    assert.equal(severity({ vars: 'error' }), 1);
    assert.equal(severity({ vars: 'off', 'vars/unused': 'warning' }), 2);
    assert.equal(severity({ vars: 'off' }), undefined);
    assert.equal(severity({ vars: 'loud' }), 4);
    const [found] = of('playbook', 'vars: { x: 1 }\nsteps:\n  - run: uptime\n');
    assert.deepEqual(found?.codeDescription, { href: 'file:///docs/vars-unused.md' });
    assert.deepEqual(found?.tags, [1]);
  });
});
