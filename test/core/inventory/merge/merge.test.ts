import assert from 'node:assert/strict';
import { mergeSources } from '../../../../core/inventory/merge/merge.ts';
import { indexInventory } from '../../../../core/inventory/model.ts';
import { undescribed, type SettingEntries } from '../../../../core/inventory/part.ts';
import { source, sourceOf } from './sources.ts';

const own = `
defaults: { user: deploy, jump: bastion }
nodes:
  web1: { tags: [web], vars: { port: 80 } }
  bastion:
groups:
  front: { nodes: web1, vars: { role: front, level: group } }
`;
const other = `
nodes:
  web1: { user: admin, port: 2222, tags: [prod], vars: { port: 8080, site: ams } }
  db1: { vars: { level: node } }
groups:
  front: { nodes: db1, vars: { role: back, rack: 7 } }
`;

function merged(...sources: Parameters<typeof source>[]) {
  return mergeSources(sources.map((each) => source(...each)));
}

describe('merging sources', () => {
  it('lets the source of higher priority win, key by key', () => {
    const { inventory } = merged(['a.yaml', own, 100], ['b.yaml', other, 50]);
    const web = inventory.nodes[0];
    assert.deepEqual(inventory.problems, []);
    assert.deepEqual(web?.vars, { role: 'front', rack: 7, level: 'group', port: 80, site: 'ams' });
    assert.deepEqual(web?.tags, ['web', 'prod']);
    assert.deepEqual(web?.sources, ['a.yaml', 'b.yaml']);
    // What a node itself says wins over the defaults of any source.
    assert.equal(web?.connection.user, 'admin');
    assert.equal(web?.connection.port, 2222);
    assert.deepEqual(web?.connection.jump, ['bastion']);
    assert.deepEqual(inventory.nodes.find(({ name }) => name === 'bastion')?.connection.jump, []);
  });

  it('unites groups of one name, and gives their values to the nodes of both', () => {
    const { inventory } = merged(['a.yaml', own, 100], ['b.yaml', other, 50]);
    const index = indexInventory(inventory);
    assert.deepEqual(index.members('front'), ['web1', 'db1']);
    assert.deepEqual(index.nodes.get('db1')?.vars, { role: 'front', rack: 7, level: 'node' });
    assert.equal(index.groups.get('front')?.origin.source, 'a.yaml');
  });

  it('takes the later of equals', () => {
    const { inventory } = merged(['a.yaml', own], ['b.yaml', other]);
    assert.equal(inventory.nodes[0]?.vars['port'], 8080);
    assert.deepEqual(inventory.nodes[0]?.sources, ['b.yaml', 'a.yaml']);
  });

  it('says where every value comes from and what it won over', () => {
    const detail = merged(['a.yaml', own, 100], ['b.yaml', other, 50]).detail('web1');
    const brief = (list: NonNullable<typeof detail>['vars'] = []) =>
      list.map(({ key, value, origin, from, instead }) => [
        `${key}=${JSON.stringify(value)} ${origin.source}:${origin.range?.line} ${from}`,
        ...instead.map(
          (lost) =>
            `${JSON.stringify(lost.value)} ${lost.origin.source}:${lost.origin.range?.line} ${lost.from}`,
        ),
      ]);
    assert.deepEqual(brief(detail?.vars), [
      ['port=80 a.yaml:4 node', '8080 b.yaml:3 node'],
      ['site="ams" b.yaml:3 node'],
      ['role="front" a.yaml:7 group:front', '"back" b.yaml:6 group:front'],
      ['level="group" a.yaml:7 group:front'],
      ['rack=7 b.yaml:6 group:front'],
    ]);
    assert.deepEqual(brief(detail?.connection), [
      ['port=2222 b.yaml:3 node'],
      ['user="admin" b.yaml:3 node', '"deploy" a.yaml:2 defaults'],
      ['jump=["bastion"] a.yaml:2 defaults'],
    ]);
    assert.deepEqual(detail?.groups, [['front']]);
    assert.deepEqual(
      detail?.origins.map((origin) => `${origin.source}:${origin.range?.line}`),
      ['a.yaml:4', 'b.yaml:3'],
    );
  });

  it('lists every way into a group, and stops at a hundred of them', () => {
    const ladder = Array.from({ length: 12 }, (_, at) => [
      `  a${at}: { groups: [${at > 0 ? `a${at - 1}, b${at - 1}` : 'g'}] }`,
      `  b${at}: { groups: [${at > 0 ? `a${at - 1}, b${at - 1}` : 'g'}] }`,
    ]).flat();
    const { inventory, detail } = merged(['a.yaml', `nodes:\n  n:\ngroups:\n  g: n\n${ladder.join('\n')}\n`]);
    assert.deepEqual(inventory.problems, []);
    assert.equal(detail('n')?.groups.length, 100);
  });

  it('applies what a source knows about nodes of others below everything else', () => {
    const settingsFor = (name: string): SettingEntries =>
      name === 'db1' ? { user: { value: 'from-pattern' }, port: { value: 2200 } } : {};
    const patterns = sourceOf('ssh_config', {
      nodes: [],
      groups: [],
      defaults: undescribed,
      sources: [],
      problems: [],
      settingsFor,
    });
    const { inventory, detail } = mergeSources([source('b.yaml', other), patterns]);
    assert.equal(inventory.nodes[1]?.connection.port, 2200);
    assert.equal(inventory.nodes[0]?.connection.port, 2222);
    assert.equal(detail('db1')?.connection[0]?.from, 'pattern');
  });

  it('takes names of object methods as plain data', () => {
    const text =
      'nodes:\n  __proto__: { vars: { __proto__: { polluted: 1 }, constructor: 2 }, tags: [toString] }\n';
    const { inventory, detail } = merged(['a.yaml', text], ['b.yaml', `groups:\n  __proto__: []\n${text}`]);
    const [node] = inventory.nodes;
    assert.deepEqual(Object.keys(node?.vars ?? {}), ['__proto__', 'constructor']);
    assert.equal(Object.getPrototypeOf(node?.vars), Object.prototype);
    assert.equal(detail('__proto__')?.vars.length, 2);
    assert.equal('polluted' in {}, false);
  });
});

describe('the way to a node', () => {
  const way = (...sources: Parameters<typeof merged>) => {
    const { jump, proxyCommand } = merged(...sources).inventory.nodes[0]?.connection ?? {};
    return { jump, proxyCommand };
  };

  it('is that of one source: the jump hosts of one displace the proxy command of another', () => {
    const jump = 'nodes:\n  db: { jump: gate.example.com }\n';
    const command = 'nodes:\n  db: { proxyCommand: nc %h %p }\n';
    assert.deepEqual(way(['a.yaml', command], ['b.yaml', jump]), {
      jump: ['gate.example.com'],
      proxyCommand: undefined,
    });
    assert.deepEqual(way(['a.yaml', jump], ['b.yaml', command]), { jump: [], proxyCommand: 'nc %h %p' });
  });

  it('may be a proxy command to the jump host where one source says both', () => {
    const both = 'defaults: { proxyCommand: nc %h %p }\nnodes:\n  db: { jump: gate.example.com }\n';
    assert.deepEqual(way(['a.yaml', both]), { jump: ['gate.example.com'], proxyCommand: 'nc %h %p' });
  });
});

describe('what may not run', () => {
  const blocked = (inventory: ReturnType<typeof merged>['inventory']) =>
    Object.fromEntries(inventory.nodes.map(({ name, blocked: why }) => [name, why]));

  it('is everything that a source with errors speaks of, and nothing else', () => {
    const broken = 'nodes:\n  web1:\n  x1:\n  bad: { port: many }\ngroups:\n  linked: [x1]\n';
    const fine = 'nodes:\n  web1:\n  y1:\n  z1:\ngroups:\n  linked: [y1]\n';
    const { inventory } = merged(['bad.yaml', broken], ['fine.yaml', fine]);
    const why = 'bad.yaml has errors: nothing in it can run until they are mended.';
    assert.deepEqual(blocked(inventory), { web1: why, x1: why, bad: why, y1: why, z1: undefined });
  });

  it('is a circle of groups or jumps over several sources, with the path', () => {
    const one =
      'nodes:\n  a: { jump: b }\n  c:\ngroups:\n  g: { nodes: c, groups: [h] }\nsources: [{ type: csv, path: x }]\n';
    const two =
      'nodes:\n  b: { jump: a }\n  d:\ngroups:\n  h: { groups: [g] }\nsources: [{ type: csv, path: x }]\n';
    const { inventory } = merged(['one.yaml', one], ['two.yaml', two]);
    assert.deepEqual(
      inventory.problems.map(({ code, message, file }) => [code, message, file]),
      [
        ['inventory/group-cycle', 'Group "g" contains itself: g → h → g.', 'one.yaml'],
        ['inventory/jump-cycle', 'Node "a" is reached through itself: a → b → a.', 'one.yaml'],
      ],
    );
    assert.deepEqual(Object.values(blocked(inventory)).map(Boolean), [true, true, true, false]);
  });

  it('is a source whose group has a member that nobody has', () => {
    const text =
      'groups:\n  g: { nodes: [web1, wbe2], groups: [frotn] }\nsources: [{ type: csv, path: x }]\n';
    const fine = 'nodes:\n  web[1-2]:\ngroups:\n  front: web2\n';
    const { inventory } = merged(['a.yaml', text], ['b.yaml', fine]);
    assert.deepEqual(
      inventory.problems.map(({ message, fix, range }) => [range?.line, range?.column, message, fix]),
      [
        [2, 22, 'There is no node "wbe2" in any source.', 'Did you mean "web2"?'],
        [2, 38, 'There is no group "frotn" in any source.', 'Did you mean "front"?'],
      ],
    );
    assert.equal(inventory.sources[0]?.status, 'refused');
    assert.match(blocked(inventory)['web1'] ?? '', /^a\.yaml has errors/);
    assert.equal(blocked(inventory)['web2'], undefined);
  });

  it('is no source whose group has a member that a source which is not used may have', () => {
    const text = 'nodes: { web1: }\ngroups:\n  g: { nodes: [web1, x1] }\nsources: [{ type: csv, path: x }]\n';
    const { inventory } = merged(['a.yaml', text], ['b.yaml', 'nodes:\n  bad: { port: many }\n']);
    assert.deepEqual(
      inventory.problems
        .filter(({ file }) => file === 'a.yaml')
        .map(({ severity, message }) => [severity, message]),
      [['warning', 'There is no node "x1" while b.yaml is not used.']],
    );
    assert.equal(inventory.sources[0]?.status, 'ok');
    assert.equal(blocked(inventory)['web1'], undefined);
  });

  it('is a node with a setting that nobody can fill in, or with an address that could become an option', () => {
    const node = (name: string, settings: SettingEntries) => ({ name, place: {}, ...undescribed, settings });
    const part = {
      nodes: [
        node('a', {
          host: { value: '{{ ip }}', unresolved: 'It is a template that only Ansible fills in.' },
        }),
        node('b', { host: { value: '-oProxyCommand=x' } }),
        node('c', { user: { value: 'a;b' } }),
        node('d', { user: { value: 'a;b' }, transport: { value: 'local' } }),
      ],
      groups: [],
      defaults: undescribed,
      sources: [],
      problems: [],
    };
    const { inventory } = mergeSources([sourceOf('hosts', part)]);
    assert.deepEqual(blocked(inventory), {
      a: 'Its host is "{{ ip }}": It is a template that only Ansible fills in.',
      b: 'The host "-oProxyCommand=x" begins with "-". Write a host name or an IP address.',
      c: 'The user "a;b" contains ";". Write the name of an account on the node.',
      d: undefined,
    });
  });
});
