import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseCsv } from '../../../../core/inventory/csv/parseCsv.ts';
import type { InventoryPart } from '../../../../core/inventory/part.ts';
import { inputOf, plainSettings, problemsOf } from '../hosts/read.ts';

function read(text: string): InventoryPart {
  return parseCsv(inputOf(text, '/home/ann/fleet/nodes.csv'));
}

/** Nodes without their places. */
function nodesOf(text: string): unknown[] {
  const part = read(text);
  assert.deepEqual(problemsOf(part), []);
  return part.nodes.map(({ name, settings, facts, tags }) => ({
    name,
    ...plainSettings(settings),
    ...(tags.length > 0 && { tags: tags.map(({ value }) => value) }),
    ...(facts.size > 0 && { facts: Object.fromEntries([...facts].map(([key, { value }]) => [key, value])) }),
  }));
}

describe('A table of nodes', () => {
  const tables: readonly (readonly [string, readonly unknown[]])[] = [
    ['', []],
    ['\n\n', []],
    ['name\n', []],
    ['name\nweb1\nweb2', [{ name: 'web1' }, { name: 'web2' }]],
    ['host,ip\nweb1,10.0.0.1', [{ name: 'web1', host: '10.0.0.1' }]],
    [
      '\ufeffName;Address;Port\r\nweb1;10.0.0.1;2222\r\n\r\n',
      [{ name: 'web1', host: '10.0.0.1', port: 2222 }],
    ],
    ['name\thost\tuser\nweb1\tw1.example.com\tann', [{ name: 'web1', host: 'w1.example.com', user: 'ann' }]],
    [
      'name,tags\nweb1,a;b\nweb2,a|b\nweb3,a b',
      ['web1', 'web2', 'web3'].map((name) => ({ name, tags: ['a', 'b'] })),
    ],
    ['name;tags\nweb1;"a;b,c"', [{ name: 'web1', tags: ['a', 'b', 'c'] }]],
    ['name,jump\nweb1,ann@b1:22;b2', [{ name: 'web1', jump: ['ann@b1:22', 'b2'] }]],
    [
      'name,identity_file\nweb1,~/.ssh/a;keys/b',
      [{ name: 'web1', identityFiles: ['/home/ann/.ssh/a', '/home/ann/fleet/keys/b'] }],
    ],
    [
      'name,site,rack\nweb1,ams,\nweb2,,r1',
      [
        { name: 'web1', facts: { site: 'ams' } },
        { name: 'web2', facts: { rack: 'r1' } },
      ],
    ],
    [
      'name,os.id,os.version.major,cpus\nweb1,debian,12,4',
      [{ name: 'web1', facts: { os: { id: 'debian', version: { major: 12 } }, cpus: 4 } }],
    ],
    [
      'name,a,b,c,d\nweb1,0042,1.10,true,1e5',
      [{ name: 'web1', facts: { a: '0042', b: '1.10', c: true, d: '1e5' } }],
    ],
    [
      'name,note\nweb1,"a ""quoted"", long\nnote"',
      [{ name: 'web1', facts: { note: 'a "quoted", long\nnote' } }],
    ],
    [
      'name,transport,cwd\nbuild,local,\ndocs,local,../docs\nweb1,ssh,',
      [
        { name: 'build', transport: 'local', cwd: '/home/ann/fleet' },
        { name: 'docs', transport: 'local', cwd: '/home/ann/docs' },
        { name: 'web1', transport: 'ssh' },
      ],
    ],
    [
      "name,note\nweb1,'=1+1\nweb2,'=",
      ['=1+1', '='].map((note, at) => ({ name: `web${at + 1}`, facts: { note } })),
    ],
    ['name,site,,\nweb1,ams,,\n,,,', [{ name: 'web1', facts: { site: 'ams' } }]],
    ['name,host\rweb1,10.0.0.1\r', [{ name: 'web1', host: '10.0.0.1' }]],
    ['name,constructor\n__proto__,x', [{ name: '__proto__', facts: { constructor: 'x' } }]],
    [
      'name,host,ip\nweb1,w1.example.com,10.0.0.1',
      [{ name: 'web1', host: 'w1.example.com', facts: { ip: '10.0.0.1' } }],
    ],
  ];
  for (const [text, expected] of tables) {
    it(`reads ${JSON.stringify(text)}`, () => assert.deepEqual(nodesOf(text), expected));
  }

  it('gathers groups in the order in which rows name them, and places them', () => {
    const part = read('name,groups\nweb1,front;site\nweb2,site\ndb1,');
    assert.deepEqual(
      part.groups.map(({ name, nodes, place }) => [name, nodes, place.range?.line]),
      [
        ['front', ['web1'], 2],
        ['site', ['web1', 'web2'], 2],
      ],
    );
    assert.deepEqual(
      part.nodes.map(({ place }) => place.range?.line),
      [2, 3, 4],
    );
  });

  it('keeps `__proto__` as the name of a fact', () => {
    const [node] = read('name,__proto__.x\nweb1,1').nodes;
    assert.deepEqual([...(node?.facts.keys() ?? [])], ['__proto__']);
  });

  const refusals: readonly (readonly [string, readonly string[]])[] = [
    [
      'web1,10.0.0.1',
      [
        '1:1 csv/no-name No column is called "name" or "host". Write the names of the columns into the first row: name,host,user,port,tags.',
      ],
    ],
    [
      'name,user,User',
      [
        '1:11 csv/repeated-column There are two columns "User". Rename one.',
        '1:11 csv/repeated-column "User" says what another column says already. Take one out.',
      ],
    ],
    [
      'name,tag,tags',
      ['1:10 csv/repeated-column "tags" says what another column says already. Take one out.'],
    ],
    ['name,os,os.id', ['1:9 csv/column "os" has a column of its own, and can not hold "os.id". Rename one.']],
    ['name,os..id', ['1:6 csv/column A part of "os..id" is empty. Write os.id.']],
    ['name,host\n,10.0.0.1', ['2:1 csv/name The row has no name. Write one, or take the row out.']],
    [
      'name,host\nweb1,a\nweb2,b\nweb1,c',
      ['4:1 csv/repeated-node Node "web1" is there already, on line 2. Keep one of them.'],
    ],
    [
      'name,host\nweb1',
      [
        '2:1 csv/ragged The row has 1 cells, the first row 2. Put cells that contain the separator in quotes.',
      ],
    ],
    [
      'name,host\nweb1,a,b',
      [
        '2:1 csv/ragged The row has a cell without a column name. Put cells that contain the separator in quotes.',
      ],
    ],
    [
      'name,port\nweb1,ssh\nweb2,0\nweb3,65536',
      [2, 3, 4].map((line) => `${line}:6 csv/port This is not a port. Write a number from 1 to 65535.`),
    ],
    [
      'name,transport\nweb1,telnet',
      ['2:6 csv/transport This is not a transport. Write ssh or local, or nothing.'],
    ],
    [
      'name,host\nweb1,-oProxyCommand=x',
      ['2:6 csv/host The host "-oProxyCommand=x" begins with "-". Write a host name or an IP address.'],
    ],
    [
      'name,user\nweb1,$(id)',
      ['2:6 csv/user The user "$(id)" contains "$". Write the name of an account on the node.'],
    ],
    [
      'name,jump\nweb1,a;`id`',
      ['2:6 csv/jump The host "`id`" contains "`". Write a host name or an IP address.'],
    ],
    [
      'name\n"web 1"',
      ['2:1 csv/name The name "web 1" contains " ". Use letters, digits and . _ - : @ % / +'],
    ],
    ['name\na/b', ['2:1 csv/name The host "a/b" contains "/". Write a host name or an IP address.']],
    [
      'name,tags\nweb1,"<b>"',
      ['2:1 csv/tags The name "<b>" contains "<". Use letters, digits and . _ - : @ % / +'],
    ],
    [
      'name,host\n"web1,a\nweb2,b',
      [
        '2:1 csv/quote A quote is not closed, or text follows behind it. Write "" for a quote inside quotes.',
        '2:1 csv/ragged The row has 1 cells, the first row 2. Put cells that contain the separator in quotes.',
      ],
    ],
    ['name\nweb\0', ['2:4 csv/binary The file is not text: it has a NUL byte here.']],
    [
      'name,password\nweb1,hunter2',
      [
        '1:6 csv/secret This column is not read: secrets are asked for where a node wants one. Take it out of the file.',
      ],
    ],
  ];
  for (const [text, expected] of refusals) {
    it(`says what is wrong with ${JSON.stringify(text)}`, () =>
      assert.deepEqual(problemsOf(read(text)), expected));
  }

  it('does not read passwords', () => {
    assert.ok(!JSON.stringify(read('name,password\nweb1,hunter2').nodes).includes('hunter2'));
  });

  it('never throws', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'name',
        'host',
        'port',
        'os.id',
        ',',
        ';',
        '\t',
        '"',
        '""',
        '\n',
        '\r\n',
        '\r',
        'web1',
        '.',
      ),
    );
    fc.assert(fc.property(fc.array(piece), (pieces) => void read(pieces.join(''))));
  });

  it('reads back what was written, quotes and separators included', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ',', ';', '"', '\n', ' ', '\t', 'x') });
    fc.assert(
      fc.property(fc.constantFrom(',', ';', '\t'), fc.array(cell), (sign, cells) => {
        const rows = cells.map((text, at) => `n${at}${sign}"${text.replaceAll('"', '""')}"`);
        const part = read([`name${sign}note`, ...rows].join('\n'));
        assert.deepEqual(problemsOf(part), []);
        assert.deepEqual(
          part.nodes.map(({ facts }) => facts.get('note')?.value ?? ''),
          cells.map((text) => text.trim()),
        );
      }),
    );
  });

  it('reads 10 MB in time that grows with its size', () => {
    const rows = Array.from({ length: 95_000 }, (_row, at) => `node${at},10.0.0.1,"${'x'.repeat(80)}",a;b`);
    assert.equal(read(['name,host,note,tags', ...rows].join('\n')).nodes.length, 95_000);
    assert.equal(problemsOf(read(`name\n${'"'.repeat(1_000_001)}`)).length > 0, true);
  });
});
