import assert from 'node:assert/strict';
import fc from 'fast-check';
import { emptyInventory, type Inventory } from '../../../../core/inventory/model.ts';
import { readInventory } from '../../../../core/inventory/readInventory.ts';
import { writeInventory } from '../../../../core/inventory/write/writeInventory.ts';
import { hasErrors } from '../../../../core/util/problem.ts';
import type { MusterContext } from '../../../../core/inventory/muster/parseMuster.ts';
import { resolvePath } from '../../../../core/inventory/paths.ts';

const context: MusterContext = {
  source: 'inventory.yaml',
  resolvePath: (path) => resolvePath(path, { path: '/ws/inventory.yaml', home: '/home/me' }),
};

function read(source: string): Inventory {
  return readInventory(source, context).inventory;
}

const nodeNames = [
  'web01',
  'web02',
  'web03',
  'web10',
  'web9',
  'db1',
  'r1-n1',
  'r1-n2',
  'r2-n1',
  '012',
  'bastion',
];
const label = fc.constantFrom('prod', 'canary', 'null', '012', 'a.b', 'tag@x', 'true');
const text = fc.oneof(
  fc.string(),
  fc.constantFrom('yes', '1', '1e3', '~', ' a', '# no', '{{ x }}', '\u2028', 'ünï'),
);
const values = fc
  .dictionary(
    fc.oneof(fc.constantFrom('port', '__proto__', '<<', 'null', 'a b'), fc.string({ minLength: 1 })),
    fc.jsonValue(),
    { maxKeys: 3 },
  )
  .map((record) => Object.fromEntries<unknown>(Object.entries(JSON.parse(JSON.stringify(record)))));
const settings = fc.record(
  {
    host: fc.constantFrom('10.0.0.1', 'a.example.com', '2001:db8::1'),
    user: fc.constantFrom('deploy', 'null', '0', 'DOMAIN\\me'),
    port: fc.integer({ min: 1, max: 65_535 }),
    connectTimeout: fc.constantFrom('30s', '1500ms', 5),
    knownHosts: fc.constantFrom('/a/known hosts', ['/a', '/b']),
    identityFile: fc.constantFrom('/keys/id', ['/keys/a', '/keys/b: c']),
    auth: fc.constantFrom('password', ['key', 'agent']),
    jump: fc.constantFrom('me@gate:2222', ['gate', 'inner']),
    proxyCommand: fc.constantFrom('nc %h %p', 'a "b" # c'),
    tags: fc.uniqueArray(label, { maxLength: 3 }),
    vars: values,
    facts: values,
  },
  { requiredKeys: [] },
);

/** Files that a person could have written; JSON is YAML. */
const file = fc
  .record({
    names: fc.shuffledSubarray(nodeNames, { minLength: 1 }),
    settings: fc.array(settings, { minLength: 1, maxLength: 3 }),
    order: fc.infiniteStream(fc.nat(2)),
    groups: fc.array(
      fc.record({
        nodes: fc.infiniteStream(fc.boolean()),
        tags: fc.uniqueArray(label, { maxLength: 2 }),
        vars: values,
      }),
      { maxLength: 4 },
    ),
    defaults: fc.record({ user: fc.constant('root'), port: fc.constant(2200) }, { requiredKeys: [] }),
  })
  .map(({ names, settings: choices, order, groups, defaults }) => {
    const nodes = names.map((name) => [name, choices[(order.next().value ?? 0) % choices.length]] as const);
    const sets = groups.map(({ nodes: isIn, tags, vars }, at) => {
      const members = names.filter(() => isIn.next().value);
      return [`g${at}`, { nodes: members, groups: at > 1 ? ['g0'] : [], tags, vars }] as const;
    });
    return JSON.stringify({ defaults, nodes: mapOf(nodes), groups: mapOf(sets) });
  });

function mapOf<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  return Object.fromEntries(entries);
}

/** The text keeps the order of keys that look like numbers only where they are not keys of an object. */
function plain({ nodes, groups }: Inventory) {
  return {
    nodes: nodes.map(({ name, tags, vars, facts, connection }) => ({ name, tags, vars, facts, connection })),
    groups: groups.map(({ name, nodes: members, groups: inner, tags, vars }) => ({
      name,
      members,
      inner,
      tags,
      vars,
    })),
  };
}

describe('An inventory written as inventory.yaml', () => {
  it('reads back to the same nodes, groups, tags, vars, facts and connections', () => {
    fc.assert(
      fc.property(file, (source) => {
        const before = read(source);
        fc.pre(!hasErrors(before.problems));
        const written = writeInventory(before, 'muster', { secrets: 'shown' });
        const after = read(written);
        assert.deepEqual(after.problems, [], written);
        assert.deepEqual(plain(after), plain(before), written);
      }),
      { numRuns: 200 },
    );
  });

  it('folds neighbours with equal settings, says what all share once, and leaves out what groups say', () => {
    const before = read(`
defaults: { user: deploy, connectTimeout: 30s }
nodes:
  web[01-20].example.com: { tags: [web], vars: { http_port: 8080 } }
  db01: { host: 10.0.0.5, user: postgres, tags: [protected] }
  build: { transport: local, cwd: ../build }
groups:
  frontend: { nodes: "web[01-10].example.com", vars: { role: front }, tags: [front] }
  site: { groups: [frontend], nodes: [db01] }
`);
    assert.equal(
      writeInventory(before, 'muster', { secrets: 'masked' }),
      `version: 1
defaults: { connectTimeout: 30s }
nodes:
  web[01-20].example.com: { user: deploy, tags: [web], vars: { http_port: 8080 } }
  db01: { host: 10.0.0.5, user: postgres, tags: [protected] }
  build: { transport: local, user: deploy, cwd: /build }
groups:
  frontend:
    nodes: web[01-10].example.com
    tags: [front]
    vars: { role: front }
  site:
    nodes: db01
    groups: [frontend]
`,
    );
  });

  it('keeps the order of names that a range would change', () => {
    const before = read('nodes: { web2: , web1: , "web3": }\n');
    assert.equal(
      writeInventory(before, 'muster', { secrets: 'masked' }),
      'version: 1\nnodes:\n  web2:\n  web[1,3]:\n',
    );
  });

  it('names what it can not hold on top, blocked nodes too', () => {
    const [node] = read('nodes: { web01: }\n').nodes;
    assert.ok(node);
    const inventory: Inventory = {
      ...emptyInventory,
      nodes: [
        node,
        { ...node, name: 'web02', blocked: 'Its host is a template.\nEvil: yes' },
        { ...node, name: 'web 03' },
        { ...node, name: 'win', connection: { ...node.connection, host: 'win', transport: 'winrm' } },
      ],
    };
    assert.equal(
      writeInventory(inventory, 'muster', { secrets: 'masked' }),
      '# Left out: Its host is a template.␊Evil: yes (web02)\n' +
        '# Left out: The name "web 03" contains " ". (web 03)\n' +
        '# Left out: transport winrm is of another plugin. (win)\n' +
        'version: 1\nnodes:\n  web01:\n',
    );
  });

  it('leaves out groups that contain themselves', () => {
    const before = read('nodes: { a: , b: }\ngroups: { x: { groups: y }, y: { groups: x }, z: b }\n');
    const nodes = before.nodes.map(({ blocked: _blocked, ...node }) => node);
    const written = writeInventory({ ...before, nodes }, 'muster', { secrets: 'masked' });
    assert.equal(
      written,
      '# Left out: group x: It contains itself.\n# Left out: group y: It contains itself.\n' +
        'version: 1\nnodes:\n  a:\n  b:\ngroups:\n  z:\n    nodes: b\n',
    );
  });

  it('writes any var, however odd, so that it reads back', () => {
    fc.assert(
      fc.property(text, (value) => {
        const [node] = read('nodes: { web01: }\n').nodes;
        assert.ok(node);
        const inventory = {
          ...emptyInventory,
          nodes: [{ ...node, vars: { x: value, inner: [{ [value]: value }] } }],
        };
        const written = writeInventory(inventory, 'muster', { secrets: 'shown' });
        assert.deepEqual(read(written).nodes[0]?.vars, { x: value, inner: [{ [value]: value }] }, written);
      }),
      { numRuns: 200 },
    );
  });
});
