import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseBolt } from '../../../../core/inventory/bolt/parseBolt.ts';
import { mergeSources } from '../../../../core/inventory/merge/merge.ts';
import type { InventoryPart } from '../../../../core/inventory/part.ts';
import { hasErrors } from '../../../../core/util/problem.ts';
import { inputOf, plainSettings, problemsOf } from '../hosts/read.ts';

const path = '/home/ann/project/inventory.yaml';

function read(text: string): InventoryPart {
  return parseBolt(inputOf(text, path));
}

/** What the merge makes of it: settings, vars and facts as they would be used. */
function merged(text: string) {
  const part = read(text);
  assert.deepEqual(
    part.problems.filter(({ severity }) => severity === 'error'),
    [],
  );
  const state = {
    id: path,
    type: 'bolt' as const,
    ref: { path },
    status: hasErrors(part.problems) ? ('refused' as const) : ('ok' as const),
    nodes: part.nodes.length,
    groups: part.groups.length,
    files: [path],
    readAt: 0,
    approvals: [],
  };
  return mergeSources([{ state, part, priority: 50 }]).inventory;
}

function connections(text: string): Record<string, string> {
  return Object.fromEntries(
    merged(text).nodes.map(({ name, connection: { transport, host, port, user }, blocked }) => [
      name,
      `${transport} ${user === undefined ? '' : `${user}@`}${host}:${port}${blocked === undefined ? '' : ` ${blocked}`}`,
    ]),
  );
}

const noSsh = (transport: string) =>
  `Its transport is "${transport}": Muster reaches nodes by ssh only, or is on them.`;
const noHost = 'It has neither a uri nor a host: give it one of them in the inventory.';

describe('A Bolt inventory', () => {
  const targets: readonly (readonly [string, Record<string, string>])[] = [
    ['', {}],
    ['---\n', {}],
    [
      'targets: [web1, "ann@web2:2222", "ssh://root@web3"]',
      {
        web1: 'ssh web1:22',
        'ann@web2:2222': 'ssh ann@web2:2222',
        'ssh://root@web3': 'ssh root@web3:22',
      },
    ],
    ['targets: ["[2001:db8::1]:2200"]', { '[2001:db8::1]:2200': 'ssh 2001:db8::1:2200' }],
    ['targets: [{ uri: 10.0.0.1, name: web1 }]', { web1: 'ssh 10.0.0.1:22' }],
    ['targets: [{ name: web1, config: { ssh: { host: w1, port: 2, user: u } } }]', { web1: 'ssh u@w1:2' }],
    [
      'targets: [{ name: web1, uri: "a@w1:3", config: { ssh: { host: w2, port: 2, user: u } } }]',
      { web1: 'ssh a@w1:3' },
    ],
    ['targets: [{ name: web1 }]\nconfig: { ssh: { host: all } }', { web1: 'ssh all:22' }],
    ['targets: [{ name: web1 }]', { web1: `ssh web1:22 ${noHost}` }],
    ['targets: ["winrm://win1"]', { 'winrm://win1': `winrm win1:22 ${noSsh('winrm')}` }],
    ['targets: [win1]\nconfig: { transport: winrm }', { win1: `winrm win1:22 ${noSsh('winrm')}` }],
    ['targets: ["ssh://win1"]\nconfig: { transport: winrm }', { 'ssh://win1': 'ssh win1:22' }],
    [
      'targets: ["local://here", localhost]',
      { 'local://here': 'local here:22', localhost: 'local localhost:22' },
    ],
    ['targets: [localhost]\nconfig: { transport: ssh }', { localhost: 'local localhost:22' }],
    ['targets: [{ uri: localhost, config: { transport: ssh } }]', { localhost: 'ssh localhost:22' }],
    ['targets: ["ssh://ann:hunter2@web1"]', { 'ssh://ann@web1': 'ssh ann@web1:22' }],
    ['targets: ["ssh://a%40b@web1"]', { 'ssh://a%40b@web1': 'ssh a@b@web1:22' }],
  ];
  for (const [text, expected] of targets) {
    it(`reads ${JSON.stringify(text)}`, () => assert.deepEqual(connections(text), expected));
  }

  it('finds targets of other groups by name and by alias, whichever comes first', () => {
    const part = read(`
groups:
  - name: first
    targets: [web1, db]
  - name: second
    targets:
      - { name: web1, uri: 10.0.0.1, alias: front }
      - { uri: 10.0.0.2, alias: [db, store] }
  - name: third
    targets: [front]`);
    assert.deepEqual(problemsOf(part), []);
    assert.deepEqual(
      part.groups.map(({ name, nodes }) => [name, nodes]),
      [
        ['first', ['web1', '10.0.0.2']],
        ['second', ['web1', '10.0.0.2']],
        ['third', ['web1']],
        ['front', ['web1']],
        ['db', ['10.0.0.2']],
        ['store', ['10.0.0.2']],
      ],
    );
    assert.deepEqual(
      part.nodes.map(({ facts }) => facts.get('alias')?.value),
      ['front', ['db', 'store']],
    );
    assert.equal(part.nodes[0]?.place.range?.line, 7);
  });

  it('maps what ssh has, paths from the folder of the file', () => {
    const part = read(`
config:
  transport: ssh
  ssh:
    user: deploy
    private-key: keys/id
    connect-timeout: 5
    host-key-check: no
    proxyjump: ann@bastion:22,inner
    tmpdir: /var/tmp
    run-as: root
    ssh-command: [touch, x]
    password: hunter2
targets: [{ name: web1, config: { ssh: { host: w1, private-key: ~/.ssh/id } } }]`);
    assert.deepEqual(plainSettings(part.defaults.settings), {
      cwd: '/home/ann/project',
      transport: 'ssh',
      user: 'deploy',
      identityFiles: ['/home/ann/project/keys/id'],
      connectTimeoutMs: 5000,
      strictHostKeyChecking: 'no',
      jump: ['ann@bastion:22', 'inner'],
      auth: ['agent', 'key', 'password'],
    });
    assert.deepEqual(
      part.nodes.map(({ settings }) => plainSettings(settings)),
      [{ host: 'w1', identityFiles: ['/home/ann/.ssh/id'] }],
    );
    assert.deepEqual(problemsOf(part), [
      '11:5 bolt/run-as "run-as" is not applied: say with each run as whom it is to run.',
      '12:5 bolt/ssh-command "ssh-command" is a command on this machine: it is never executed.',
      '13:5 bolt/password The password is not read: it is asked for where a node wants one.',
    ]);
    assert.ok(
      !/hunter2|touch/.test(JSON.stringify([part.nodes, [...part.groups], part.defaults, part.problems])),
    );
  });

  it('never shows a private key that stands in the file', () => {
    const part = read('targets: [web1]\nconfig: { ssh: { private-key: { key-data: SECRET } } }');
    assert.equal(
      part.defaults.settings.identityFiles?.unresolved,
      'The private key stands in the inventory; save it to a file and name that.',
    );
    assert.ok(!JSON.stringify([part.defaults.settings, part.problems]).includes('SECRET'));
  });

  it('lets targets win over groups, inner groups over outer ones, and earlier branches over later ones', () => {
    const [node] = merged(`
vars: { a: all, b: all, c: all, d: all, e: all }
groups:
  - name: early
    vars: { b: early, c: early, d: early, e: early }
    targets: [web1]
  - name: late
    vars: { b: late, c: late, f: late }
    groups:
      - name: deep
        vars: { c: deep, d: deep, f: deep, g: deep }
        config: { ssh: { user: deep, port: 4 } }
        targets: [{ uri: web1, vars: { e: own } }]
    config: { ssh: { user: late } }`).nodes;
    assert.deepEqual(node?.vars, {
      a: 'all',
      b: 'early',
      c: 'early',
      d: 'early',
      e: 'own',
      f: 'deep',
      g: 'deep',
    });
    assert.deepEqual([node.connection.user, node.connection.port], ['deep', 4]);
  });

  it('merges facts key by key and replaces vars as a whole', () => {
    const [node] = merged(`
facts: { os: { family: debian, name: x }, site: ams }
vars: { m: { a: 1 } }
groups:
  - name: g
    facts: { os: { name: y, release: { major: 12 } } }
    vars: { m: { b: 2 } }
    targets: [{ uri: web1, facts: { os: { release: { minor: 1 } } } }]`).nodes;
    assert.deepEqual(node?.facts, {
      os: { family: 'debian', name: 'y', release: { major: 12, minor: 1 } },
      site: 'ams',
    });
    assert.deepEqual(node.vars, { m: { b: 2 } });
  });

  it('merges several definitions of a target, the first and the innermost winning', () => {
    const inventory = merged(`
groups:
  - name: one
    targets: [{ name: web1, uri: 10.0.0.1, vars: { a: 1 }, config: { ssh: { port: 1 } } }]
  - name: two
    targets: [{ name: web1, uri: 10.0.0.1, vars: { a: 2, b: 2 }, config: { ssh: { port: 2, user: two } } }]`);
    const [node] = inventory.nodes;
    assert.deepEqual(node?.vars, { a: 1, b: 2 });
    assert.deepEqual([node.connection.port, node.connection.user], [1, 'two']);
  });

  it('keeps values of plugins, unresolved, and blocks what they would reach', () => {
    const text = `
targets: [{ uri: web1, vars: { key: { _plugin: vault, path: x } } }, { uri: web2, config: { ssh: { user: ann } } }]
config:
  ssh:
    user: { _plugin: env_var, var: USER }
    password: { _plugin: prompt, message: password }`;
    const part = read(text);
    assert.deepEqual(part.nodes[0]?.vars.get('key')?.value, { _plugin: 'vault', path: 'x' });
    assert.equal(
      part.nodes[0]?.vars.get('key')?.unresolved,
      'Bolt\'s plugin "vault" gives it, and Muster executes no plugins.',
    );
    assert.deepEqual(
      merged(text).nodes.map(({ name, blocked }) => [name, blocked]),
      [
        ['web1', 'Its user is "_plugin": Bolt\'s plugin "env_var" gives it, and Muster executes no plugins.'],
        ['web2', undefined],
      ],
    );
  });

  it('treats `__proto__` as a name', () => {
    const part = read(
      'targets: [{ uri: __proto__, vars: { __proto__: 1 } }]\ngroups: [{ name: constructor }]',
    );
    assert.deepEqual(
      part.nodes.map(({ name, vars }) => [name, [...vars.keys()]]),
      [['__proto__', ['__proto__']]],
    );
    assert.deepEqual(
      part.groups.map(({ name }) => name),
      ['constructor'],
    );
  });

  it('never throws', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'targets:',
        'groups:',
        'name: a',
        ' ',
        '\n',
        '  - ',
        '{',
        '}',
        '[',
        ']',
        'config: ',
        'ssh: ',
        '_plugin: x',
        'uri: ',
        'ssh://a:b@c',
        'alias: ',
        'null',
        '12',
        '.inf',
        ', ',
      ),
    );
    fc.assert(fc.property(fc.array(piece), (pieces) => void read(pieces.join(''))));
    const value = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom(null, 1, true, '', 'a', 'ssh', 'ssh://u:p@h:22'),
        fc.array(tie('tree')),
        fc.dictionary(
          fc.constantFrom(
            'targets',
            'groups',
            'name',
            'uri',
            'alias',
            'config',
            'ssh',
            'vars',
            'facts',
            '_plugin',
            'port',
            '__proto__',
          ),
          tie('tree'),
        ),
      ),
    })).tree;
    fc.assert(fc.property(value, (data) => void read(JSON.stringify(data))));
  });

  it('reads thousands of targets in groups inside each other in bounded time', () => {
    const targetList = Array.from(
      { length: 20_000 },
      (_each, at) => `  - { uri: n${at}, facts: { os: { a: ${at} } } }`,
    );
    assert.equal(read(`facts: { os: { b: 1 } }\ntargets:\n${targetList.join('\n')}`).nodes.length, 20_000);
    const deep = `${'{groups: [{name: g, '.repeat(1)}${'groups: [{name: h, '.repeat(2000)}`;
    assert.ok(hasErrors(read(deep).problems));
  });
});
