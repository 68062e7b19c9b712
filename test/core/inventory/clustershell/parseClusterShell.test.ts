import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseClusterShell } from '../../../../core/inventory/clustershell/parseClusterShell.ts';
import { indexInventory } from '../../../../core/inventory/model.ts';
import { mergeSources } from '../../../../core/inventory/merge/merge.ts';
import type { InventoryPart } from '../../../../core/inventory/part.ts';
import { foldNames } from '../../../../core/selection/nodeset.ts';
import { filesOf, inputOf, problemsOf } from '../hosts/read.ts';

function readFiles(files: Readonly<Record<string, string>>, path: string): InventoryPart {
  return parseClusterShell({ path, files: filesOf(files), home: '/home/ann', user: 'ann' });
}

function read(text: string, path = '/etc/groups.yaml'): InventoryPart {
  return parseClusterShell(inputOf(text, path));
}

/** Every group with all of its nodes, folded. */
function groupsOf(part: InventoryPart): Record<string, string> {
  const state = {
    id: 'groups',
    type: 'clustershell' as const,
    ref: { path: '/etc/groups' },
    status: 'ok' as const,
    nodes: 0,
    groups: 0,
    files: [],
    readAt: 0,
    approvals: [],
  };
  const { inventory } = mergeSources([{ state, part, priority: 50 }]);
  const index = indexInventory(inventory);
  return Object.fromEntries(inventory.groups.map(({ name }) => [name, foldNames(index.members(name))]));
}

describe('ClusterShell groups', () => {
  const yaml: readonly (readonly [string, Record<string, string>])[] = [
    ['', {}],
    ['g:\n  a: n[1-3]\n  b: "@a"', { a: 'n[1-3]', b: 'n[1-3]' }],
    [
      'g:\n  a: n[1-3],m1\n  b: "@a!n2"\n  c: "@a&@b"\n  d: "@a^@c"',
      { a: 'n[1-3],m1', b: 'n[1,3],m1', c: 'n[1,3],m1', d: 'n2' },
    ],
    ['g:\n  a: [n1, "n[2-3],m1", "@b"]\n  b: x y', { a: 'n[1-3],m1,x,y', b: 'x,y' }],
    [
      'g:\n  r1: n1\n  r2: n2\n  r3: n3\n  old: "@r[1,3]"\n  all: "@r[1-3]"',
      { r1: 'n1', r2: 'n2', r3: 'n3', old: 'n[1,3]', all: 'n[1-3]' },
    ],
    [
      'g:\n  a: n1\nh:\n  a: "@g:a,m1"\n  b: "@a"\n  c: "@g:*"\ni:\n  d: "@h:*"\n  e: n1\n  all: "@e"\n  f: "@*"',
      {
        a: 'n1',
        'h:a': 'n1,m1',
        'h:b': 'n1,m1',
        'h:c': 'n1',
        'i:d': 'n1,m1',
        'i:e': 'n1',
        'i:all': 'n1',
        'i:f': 'n1',
        'g:a': 'n1',
      },
    ],
    ['g:\n  a: ["x1 m1", "n[1-3]&n[2-9]", n9]\n  b: x!x m', { a: 'n[2-3,9]', b: 'm' }],
    ['__proto__:\n  constructor: n1', { constructor: 'n1' }],
    ['g:\n  a: n[01-03]-ib[0-1]', { a: 'n[01-03]-ib[0-1]' }],
  ];
  for (const [text, expected] of yaml) {
    it(`reads ${JSON.stringify(text)}`, () => {
      const part = read(text);
      assert.deepEqual(problemsOf(part), []);
      assert.deepEqual(groupsOf(part), expected);
    });
  }

  it('reads lines, with comments, repeated groups and DOS line ends', () => {
    const text = '# groups\r\nadm: n0\r\nio: n4 n5 # two\r\n\r\nadm: n1\r\nall: @adm,@io\r\n';
    const part = read(text, '/etc/groups.d/local.cfg');
    assert.deepEqual(problemsOf(part), []);
    assert.deepEqual(groupsOf(part), { adm: 'n[0-1]', io: 'n[4-5]', all: 'n[0-1,4-5]' });
    assert.deepEqual(
      part.groups.map(({ place }) => place.range?.line),
      [2, 3, 6],
    );
  });

  it('reads lines in sections as sources', () => {
    const part = read('[default]\nadm: n0\n[racks]\nr1: n[0,2]\nall: @r1,@default:adm', '/etc/groups2');
    assert.deepEqual(groupsOf(part), {
      adm: 'n0',
      'racks:r1': 'n[0,2]',
      'racks:all': 'n[0,2]',
      'default:adm': 'n0',
    });
  });

  it('keeps groups of united groups inside each other', () => {
    const part = read('g:\n  a: n1\n  b: "@a,n2"\n  c: "@b!n2"');
    assert.deepEqual(
      part.groups.map(({ name, nodes, groups }) => [name, nodes, groups]),
      [
        ['a', ['n1'], []],
        ['b', ['n2'], ['a']],
        ['c', ['n1'], []],
      ],
    );
  });

  const conf = `[Main]
default: local
confdir: $CFGDIR/groups.conf.d /nowhere
autodir: /etc/cs/groups.d
[local]
map: [ -f $CFGDIR/groups ] && f=$CFGDIR/groups || f=$CFGDIR/groups.d/local.cfg; sed -n 's/^$GROUP:\\(.*\\)/\\1/p' $f
list: sed -n 's/x/y/p' $CFGDIR/groups.d/local.cfg
`;
  const files = {
    '/etc/cs/groups.conf': conf,
    '/etc/cs/groups.d/local.cfg': 'web: w[1-2]\nall: @web,@racks:r1\n',
    '/etc/cs/groups.d/a.yaml': 'racks: { r1: n1, gone: "n[5-6]" }',
    '/etc/cs/groups.d/b.yaml.example': 'never: { r1: n9 }',
  };

  it('reads a groups.conf with its folders, and the file that a sed command would', () => {
    for (const path of ['/etc/cs/groups.conf', '/etc/cs']) {
      const part = readFiles(files, path);
      assert.deepEqual(problemsOf(part), []);
      assert.deepEqual(groupsOf(part), {
        'racks:r1': 'n1',
        'racks:gone': 'n[5-6]',
        web: 'w[1-2]',
        all: 'n1,w[1-2]',
        'local:web': 'w[1-2]',
        'local:all': 'n1,w[1-2]',
      });
    }
    assert.equal(readFiles(files, '/etc/cs').groups[0]?.place.file, '/etc/cs/groups.d/a.yaml');
  });

  it('executes no command: groups that only one knows are left out, and said to be', () => {
    const text = `${conf}[slurm,sp]\nmap: sinfo -h -p $GROUP\n`;
    const part = readFiles({ ...files, '/etc/cs/groups.conf': text }, '/etc/cs/groups.conf');
    assert.deepEqual(problemsOf(part), [
      '9:6 clustershell/upcall The groups of "slurm" come from commands, which are not executed: they are left out. Put the groups into a YAML file, or print nodes with a command source.',
    ]);
    const using = {
      ...files,
      '/etc/cs/groups.conf': text,
      '/etc/cs/groups.d/a.yaml': 'racks: { r1: "@sp:x" }',
    };
    assert.match(
      problemsOf(readFiles(using, '/etc/cs')).join('\n'),
      /^1:15 clustershell\/upcall The groups of "sp"/m,
    );
  });

  it('reads a folder of group files', () => {
    const part = readFiles({ '/g/a.yaml': 'roles: { adm: n0 }', '/g/local.cfg': 'web: w1,@roles:adm' }, '/g');
    assert.deepEqual(problemsOf(part), []);
    assert.deepEqual(groupsOf(part)['web'], 'w1,n0');
  });

  const refusals: readonly (readonly [string, string])[] = [
    [
      'g:\n  a: "@b"\n  b: "@c"\n  c: "@a"',
      '4:7 clustershell/cycle Group "a" contains itself: a → b → c → a. Take one of them out.',
    ],
    [
      'g:\n  aa: n1\n  b: "n1!@ab"',
      '3:10 clustershell/unknown-group There is no group "ab" in the source "g". Did you mean "aa"?',
    ],
    ['g:\n  a: "@h:a"', '2:7 clustershell/unknown-source There is no group source "h".'],
    [
      'g:\n  a: n[0-99999999]',
      '2:6 clustershell/range The groups stand for more than 1,000,000 names. Write smaller ranges.',
    ],
    ['g:\n  a: n[1-2', '2:7 clustershell/nodeset “[” is not closed. Add “]”.'],
    ['g:\n  a: n1,,n2', '2:9 clustershell/nodeset A node set is missing here.'],
    [
      'g:\n  a: n*',
      '2:6 clustershell/nodeset Globs are not read in group files. Write the names, or @source:* for all nodes of a source.',
    ],
    [
      'g:\n  a: -oX',
      '2:6 clustershell/node The host "-oX" begins with "-". Write a host name or an IP address.',
    ],
    ['g:\n  a: n1;id', '2:8 clustershell/nodeset “;” is not an operator. Write “,”, “!”, “&” or “^”.'],
    [
      'g: n1',
      '1:1 clustershell/source The group source "g" is not a map of groups. Write "source:", and under it "group: node set".',
    ],
    ['g:\n  a: 12', '2:6 clustershell/value The value of "a" is not a node set. Put it in quotes.'],
    ['g:\n  "a b": n1', '2:3 clustershell/group "a b": The name has characters that a group can not have.'],
  ];
  for (const [text, expected] of refusals) {
    it(`refuses ${JSON.stringify(text)}`, () => assert.deepEqual(problemsOf(read(text)), [expected]));
  }

  const lines: readonly (readonly [string, string])[] = [
    [
      'NEIGHBORS=node1',
      '1:1 clustershell/group "NEIGHBORS": A ":" is missing after the name. Write "name: node set".',
    ],
    [
      'web1\n',
      '1:1 clustershell/line "web1" is not a group. Write "name: node set", such as "web: web[01-20]".',
    ],
    [
      'rio[1-2]: n1',
      '1:1 clustershell/group "rio[1-2]": The name has characters that a group can not have. Write "name: node set".',
    ],
    [
      '[Main]\nfanout: 64',
      '1:1 clustershell/no-source The configuration has no group source. Name its "autodir", or read a group file itself.',
    ],
    ['a: n1\0', '1:6 clustershell/binary The file is not text: it has a NUL byte here.'],
  ];
  for (const [text, expected] of lines) {
    it(`refuses the file ${JSON.stringify(text)}`, () =>
      assert.deepEqual(problemsOf(read(text, '/etc/groups')), [expected]));
  }

  it('counts before it makes names, however groups are put together', () => {
    const text = Array.from({ length: 60 }, (_each, at) => `  g${at}: "@g${at + 1}!x,@g${at + 1}"`).join(
      '\n',
    );
    const part = read(`s:\n${text}\n  g60: n[1-90000]`);
    assert.match(problemsOf(part).join(), /clustershell\/range/);
  });

  it('never throws', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'a: ',
        '@a',
        '[Main]\n',
        '[x]\n',
        'map: sed -n p /etc/a',
        '\n',
        'n[1-3]',
        '!',
        '&',
        ',',
        '@*',
        '@b:',
        '"',
        '  ',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece), fc.constantFrom('/a.yaml', '/a.cfg', '/groups.conf'), (pieces, path) => {
        read(pieces.join(''), path);
      }),
    );
  });

  it('reads 10 MB in time that grows with its size', () => {
    const text = Array.from(
      { length: 90_000 },
      (_line, at) => `group${at}: node${at},${'@group0,'.repeat(at === 0 ? 0 : 10)}x${at}`,
    );
    const part = read(text.join('\n'), '/etc/groups');
    assert.equal(part.groups.length, 90_000);
  });
});
