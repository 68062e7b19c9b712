import assert from 'node:assert/strict';
import { indexInventory } from '../../../core/inventory/model.ts';
import { read } from './context.ts';

const example = `# inventory.yaml
version: 1
defaults: { user: deploy, transport: ssh, connectTimeout: 30s, knownHosts: ~/.ssh/known_hosts }
nodes:
  web[01-20].example.com: { tags: [web, prod], vars: { http_port: 8080 } }
  db01: { host: 10.0.0.5, user: postgres, jump: bastion, tags: [db, prod, protected] }
  build: { transport: local, cwd: ../build }
groups:
  frontend: { nodes: "web[01-10].example.com", vars: { role: front } }
  site: { groups: [frontend], nodes: [db01] }
`;

describe('parseInventory', () => {
  it('reads the example of the product description', () => {
    const inventory = read(example);
    assert.deepEqual(inventory.problems, []);
    assert.equal(inventory.nodes.length, 22);
    assert.deepEqual(inventory.nodes[0], {
      name: 'web01.example.com',
      tags: ['web', 'prod'],
      vars: { role: 'front', http_port: 8080 },
      facts: {},
      sources: ['inventory.yaml'],
      connection: {
        transport: 'ssh',
        host: 'web01.example.com',
        port: 22,
        user: 'deploy',
        jump: [],
        auth: ['agent', 'key'],
        identityFiles: [],
        knownHosts: ['/home/me/.ssh/known_hosts'],
        connectTimeoutMs: 30_000,
      },
      origin: { source: 'inventory.yaml', range: { start: 133, end: 155, line: 5, column: 3 } },
    });
    assert.deepEqual(inventory.nodes[10]?.vars, { http_port: 8080 });
    assert.deepEqual(inventory.nodes[20]?.connection.jump, ['bastion']);
    assert.equal(inventory.nodes[20]?.connection.host, '10.0.0.5');
    assert.equal(inventory.nodes[20]?.connection.user, 'postgres');
    assert.equal(inventory.nodes[21]?.connection.cwd, '/ws/../build');
    const index = indexInventory(inventory);
    assert.equal(index.members('site').length, 11);
    assert.equal(index.tags.get('prod')?.length, 21);
  });

  it('takes an empty file as an empty inventory', () => {
    for (const text of ['', '# nothing\n', '---\n', 'nodes:\n', '{}']) {
      const { nodes, groups, problems } = read(text);
      assert.deepEqual(
        { nodes, groups, problems },
        { nodes: [], groups: [], problems: [] },
        JSON.stringify(text),
      );
    }
  });

  it('keeps what was written in names: 012, 1e3, yes, no and dates', () => {
    const names = ['012', '1e3', '12', 'yes', '0x1f', '2026-01-01', 'true', '1.10'];
    const inventory = read(`nodes:\n${names.map((name) => `  ${name}:\n`).join('')}`);
    assert.deepEqual(inventory.problems, []);
    assert.deepEqual(
      inventory.nodes.map((node) => node.name),
      names,
    );
  });

  it('keeps what was written in settings that are text', () => {
    const [node] = read('nodes:\n  a: { user: 007, tags: [1e3, 012], jump: 010 }\n').nodes;
    assert.equal(node?.connection.user, '007');
    assert.deepEqual(node.tags, ['1e3', '012']);
    assert.deepEqual(node.connection.jump, ['010']);
  });

  it('takes names of object methods as plain data', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    const text = `nodes:\n${names.map((name) => `  ${name}: { vars: { ${name}: 1 } }\n`).join('')}`;
    const inventory = read(`${text}groups:\n${names.map((name) => `  g${name}: ${name}\n`).join('')}`);
    assert.deepEqual(inventory.problems, []);
    for (const [at, name] of names.entries()) {
      assert.equal(inventory.nodes[at]?.name, name);
      assert.deepEqual(Object.entries(inventory.nodes[at]?.vars ?? {}), [[name, 1]]);
    }
    assert.equal(Object.getPrototypeOf({}), Object.prototype);
    assert.equal(Reflect.get({}, 'polluted'), undefined);
  });

  it('reads short forms: an address for a node, nodes for a group, one value for a list', () => {
    const inventory = read(`nodes:
  db01: postgres@10.0.0.5:2222
  v6: "[2001:db8::1]:22"
  a: { auth: key, tags: web, jump: db01 }
groups:
  one: db01, a
  two: [db01, v6]
  empty:
`);
    assert.deepEqual(inventory.problems, []);
    const [db, v6, a] = inventory.nodes.map((node) => node.connection);
    assert.deepEqual([db?.user, db?.host, db?.port], ['postgres', '10.0.0.5', 2222]);
    assert.deepEqual([v6?.host, v6?.port], ['2001:db8::1', 22]);
    assert.deepEqual([a?.auth, a?.jump], [['key'], ['db01']]);
    assert.deepEqual(
      inventory.groups.map((group) => group.nodes),
      [['db01', 'a'], ['db01', 'v6'], []],
    );
  });

  it('lets a group inside another win, of equals the later one, and the node over all', () => {
    const inventory = read(`nodes:
  a: { vars: { own: node } }
groups:
  inner: { nodes: a, vars: { depth: inner, own: group }, tags: [in] }
  first: { nodes: a, vars: { depth: first, order: first } }
  second: { nodes: a, vars: { order: second } }
  outer: { groups: inner, vars: { depth: outer, order: outer, only: outer }, tags: [out] }
`);
    assert.deepEqual(inventory.nodes[0]?.vars, {
      depth: 'inner',
      order: 'outer',
      only: 'outer',
      own: 'node',
    });
    assert.deepEqual(inventory.nodes[0]?.tags, ['in', 'out']);
  });

  it('lets the hops of the defaults go straight', () => {
    const inventory = read('defaults: { jump: bastion }\nnodes:\n  bastion:\n  a:\n  b: { jump: [] }\n');
    assert.deepEqual(inventory.problems, []);
    assert.deepEqual(
      inventory.nodes.map((node) => node.connection.jump),
      [[], ['bastion'], []],
    );
  });

  it('reads ordinary anchors and aliases', () => {
    const inventory = read(
      'nodes:\n  a: { vars: &v { port: 1 } }\n  b: { vars: *v }\n  c: { tags: &t [x] }\n  d: { tags: *t }\n',
    );
    assert.deepEqual(inventory.problems, []);
    assert.deepEqual(inventory.nodes[1]?.vars, { port: 1 });
    assert.deepEqual(inventory.nodes[3]?.tags, ['x']);
  });

  it('shows the nodes that are right beside a mistake', () => {
    const inventory = read('nodes:\n  a: { port: 99999, user: me }\n  b:\ntypo: 1\n');
    assert.equal(inventory.problems.length, 2);
    assert.deepEqual(
      inventory.nodes.map((node) => [node.name, node.connection.port, node.connection.user]),
      [
        ['a', 22, 'me'],
        ['b', 22, undefined],
      ],
    );
  });

  it('is plain JSON', () => {
    const inventory = read(example);
    assert.deepEqual(JSON.parse(JSON.stringify(inventory)), inventory);
  });

  it('reads 5,000 nodes in well under the test timeout', () => {
    const nodes = Array.from({ length: 5000 }, (_none, at) => `  n${at}: { host: 10.0.0.1, tags: [a, b] }\n`);
    const inventory = read(`nodes:\n${nodes.join('')}groups:\n  g: "n[0-4999]"\n`);
    assert.equal(inventory.problems.length, 0);
    assert.equal(inventory.groups[0]?.nodes.length, 5000);
  });
});
