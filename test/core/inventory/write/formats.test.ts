import assert from 'node:assert/strict';
import { parseCsv } from '../../../../core/inventory/csv/parseCsv.ts';
import { parseHosts } from '../../../../core/inventory/hosts/parseHosts.ts';
import { emptyInventory, type Inventory } from '../../../../core/inventory/model.ts';
import { isSecretName } from '../../../../core/inventory/write/secrets.ts';
import { writeInventory } from '../../../../core/inventory/write/writeInventory.ts';
import { read } from '../context.ts';
import { inputOf, plainSettings, problemsOf } from '../hosts/read.ts';

const fleet = read(`
defaults: { user: deploy }
nodes:
  web[01-02]: { tags: [web, prod], facts: { os: { id: debian }, cpus: 4 } }
  db01: { host: 10.0.0.5, port: 2222, user: postgres, jump: [bastion, me@gate], vars: { db_password: hunter2, nested: { api_token: t, user: me } } }
  v6: { host: "2001:db8::1", port: 2200, facts: { user: ann, os: linux } }
  build: { transport: local, cwd: /ws }
groups:
  frontend: { nodes: "web[01-02]", vars: { become_pass: x, ansible_ssh_private_key_file: /k } }
  site: { groups: [frontend], nodes: [db01] }
  empty: { nodes: [build] }
`);

function withFacts(...facts: readonly Record<string, string>[]): Inventory {
  const [node] = fleet.nodes;
  assert.ok(node);
  return { ...emptyInventory, nodes: facts.map((each, at) => ({ ...node, name: `n${at}`, facts: each })) };
}

describe('Secrets of an inventory', () => {
  const names: readonly (readonly [string, boolean])[] = [
    ['ansible_password', true],
    ['ansible_ssh_pass', true],
    ['become_pass', true],
    ['ansible_become_password', true],
    ['dbPassword', true],
    ['vault_secret', true],
    ['API_TOKEN', true],
    ['private_key', true],
    ['ansible_ssh_private_key_file', false],
    ['pass', true],
    ['bypass', false],
    ['compass_url', false],
    ['http_port', false],
  ];
  for (const [name, isSecret] of names) {
    it(`${isSecret ? 'are' : 'are not'} in ${name}`, () => assert.equal(isSecretName(name), isSecret));
  }

  for (const format of ['muster', 'ansible', 'json', 'csv', 'hosts'] as const) {
    it(`are masked in ${format} unless they are to be shown`, () => {
      const text = writeInventory(fleet, format, { secrets: 'masked' });
      assert.doesNotMatch(text, /hunter2|api_token"?: "?t\b/);
      if (format === 'hosts' || format === 'csv') return;
      if (format !== 'ansible') assert.match(text, /\*{8}/);
      assert.match(writeInventory(fleet, format, { secrets: 'shown' }), /hunter2/);
      assert.match(text, /\/k/);
    });
  }
});

describe('An inventory as JSON', () => {
  it('has its version, nodes, groups and sources', () => {
    const json: unknown = JSON.parse(writeInventory(fleet, 'json', { secrets: 'shown' }));
    const { nodes, groups } = fleet;
    const sources = [
      { id: 'inventory.yaml', type: 'muster', status: 'ok', nodes: 5, groups: 3, files: ['inventory.yaml'] },
    ];
    assert.deepEqual(json, { version: 1, nodes, groups, sources, problems: [] });
  });

  it('shrinks to the nodes that are asked for', () => {
    const text = writeInventory(fleet, 'ansible', { secrets: 'masked', only: new Set(['web01']) });
    assert.deepEqual(JSON.parse(text), {
      _meta: {
        hostvars: {
          web01: {
            ansible_connection: 'ssh',
            ansible_host: 'web01',
            ansible_port: 22,
            ansible_user: 'deploy',
            ansible_ssh_private_key_file: '/k',
          },
        },
      },
      all: { children: ['ungrouped', 'site'] },
      frontend: { hosts: ['web01'] },
      site: { children: ['frontend'] },
    });
    assert.match(text, /^ {4}"_meta"/m);
  });
});

describe('An inventory as a list', () => {
  const text = writeInventory(fleet, 'hosts', { secrets: 'masked' });

  it('has a line for each node, and says what a list can not hold', () => {
    assert.equal(
      text,
      'deploy@web01 # web01\ndeploy@web02 # web02\npostgres@10.0.0.5:2222 # db01\n' +
        'deploy@[2001:db8::1]:2200 # v6\n# build left out: it is a folder on this machine.\n',
    );
  });

  it('reads back', () => {
    const part = parseHosts(inputOf(text));
    assert.deepEqual(problemsOf(part), []);
    assert.deepEqual(
      part.nodes.map(({ name, settings }) => ({ name, ...plainSettings(settings) })),
      [
        { name: 'web01', user: 'deploy' },
        { name: 'web02', user: 'deploy' },
        { name: '10.0.0.5', user: 'postgres', port: 2222 },
        { name: '2001:db8::1', user: 'deploy', port: 2200 },
      ],
    );
  });

  it('leaves out a second account on one address, and what is no address', () => {
    const [web] = fleet.nodes;
    assert.ok(web);
    const nodes = [
      { ...web, name: 'a', connection: { ...web.connection, host: 'h' } },
      { ...web, name: 'b', connection: { ...web.connection, host: 'h', user: 'root' } },
      { ...web, name: 'c\nevil', connection: { ...web.connection, host: '-oProxyCommand=x' } },
    ];
    assert.equal(
      writeInventory({ ...emptyInventory, nodes }, 'hosts', { secrets: 'masked' }),
      'deploy@h # a\n# b left out: h is there with another user.\n' +
        '# c␊evil left out: The host "-oProxyCommand=x" begins with "-".\n',
    );
  });
});

describe('An inventory as a table', () => {
  const text = writeInventory(fleet, 'csv', { secrets: 'masked' });

  it('has a row for each node and columns for its facts', () => {
    assert.equal(
      text,
      'name,transport,host,port,user,jump,tags,groups,cwd,cpus,fact.user,os\r\n' +
        'web01,ssh,,22,deploy,,"web;prod","frontend;site",,4,,"{""id"":""debian""}"\r\n' +
        'web02,ssh,,22,deploy,,"web;prod","frontend;site",,4,,"{""id"":""debian""}"\r\n' +
        'db01,ssh,10.0.0.5,2222,postgres,"bastion;me@gate",,site,,,,\r\n' +
        'v6,ssh,2001:db8::1,2200,deploy,,,,,,ann,linux\r\n' +
        'build,local,,,,,,empty,/ws//ws,,,\r\n',
    );
  });

  it('reads back', () => {
    const part = parseCsv(inputOf(text, '/ws/nodes.csv'));
    assert.deepEqual(problemsOf(part), []);
    assert.deepEqual(
      part.nodes.map(({ name, settings, tags }) => [
        name,
        plainSettings(settings),
        tags.map(({ value }) => value),
      ]),
      [
        ['web01', { transport: 'ssh', port: 22, user: 'deploy' }, ['web', 'prod']],
        ['web02', { transport: 'ssh', port: 22, user: 'deploy' }, ['web', 'prod']],
        [
          'db01',
          { transport: 'ssh', host: '10.0.0.5', port: 2222, user: 'postgres', jump: ['bastion', 'me@gate'] },
          [],
        ],
        ['v6', { transport: 'ssh', host: '2001:db8::1', port: 2200, user: 'deploy' }, []],
        ['build', { transport: 'local', cwd: '/ws/ws' }, []],
      ],
    );
    assert.deepEqual(
      part.groups.map(({ name, nodes }) => [name, nodes]),
      [
        ['frontend', ['web01', 'web02']],
        ['site', ['web01', 'web02', 'db01']],
        ['empty', ['build']],
      ],
    );
  });

  it('reads lists and maps of facts back, and leaves what is no JSON as text', () => {
    const [node] = fleet.nodes;
    assert.ok(node);
    const facts = { disks: ['sda', { size: 1 }], odd: '[x]', deep: '['.repeat(200) + ']'.repeat(200) };
    const one = { ...emptyInventory, nodes: [{ ...node, facts }] };
    const part = parseCsv(inputOf(writeInventory(one, 'csv', { secrets: 'shown' })));
    const back = [...(part.nodes[0]?.facts ?? [])].map(([key, { value }]) => [key, value]);
    assert.deepEqual(Object.fromEntries(back), facts);
  });

  it('reads odd names of facts back without a problem', () => {
    const odd = withFacts({
      'a b': '1',
      'A-B': '2',
      '': '3',
      'x..y': '4',
      Tags: '5',
      ip: '6',
      'x.y': '7',
      token: 'x',
    });
    const part = parseCsv(inputOf(writeInventory(odd, 'csv', { secrets: 'masked' }), '/ws/nodes.csv'));
    assert.deepEqual(problemsOf(part), []);
  });

  const formulas: readonly (readonly [string, string])[] = [
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', `"'\t=1"`],
    ['\rx', `"'\rx"`],
    ['"=1"', `"'""=1"""`],
    [',=1', `"',=1"`],
    ['\n=1', `"'\n=1"`],
    ['＝1', "'＝1"],
    ['a=1', 'a=1'],
    ['a"b', '"a""b"'],
  ];
  for (const [value, cell] of formulas) {
    it(`writes ${JSON.stringify(value)} so that no spreadsheet runs it`, () => {
      const table = writeInventory(withFacts({ note: value }), 'csv', { secrets: 'shown' });
      assert.equal(
        table.split('\r\n').slice(1).join('\r\n').slice('n0,ssh,web01,22,deploy,,"web;prod",,'.length),
        `${cell}\r\n`,
      );
    });
  }

  for (const value of ['=1+1', '+1 2', '@SUM(A1)', '"=1"', ',=1', '＝1', "'=1", 'a=1']) {
    it(`reads ${JSON.stringify(value)} back as it was`, () => {
      const table = writeInventory(withFacts({ note: value }), 'csv', { secrets: 'shown' });
      const [node] = parseCsv(inputOf(table, '/ws/nodes.csv')).nodes;
      assert.equal(node?.facts.get('note')?.value, value);
    });
  }
});
