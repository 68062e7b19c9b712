import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseHosts } from '../../../../core/inventory/hosts/parseHosts.ts';
import { inputOf, problemsOf } from './read.ts';

function read(text: string): string[] {
  const part = parseHosts(inputOf(text));
  assert.deepEqual(problemsOf(part), []);
  return part.nodes.map(({ name, settings: { host, user, port } }) => {
    const address = `${user ? `${user.value}@` : ''}${host?.value ?? name}${port ? `:${port.value}` : ''}`;
    return address === name ? name : `${name}=${address}`;
  });
}

describe('A list of nodes', () => {
  const lists: readonly (readonly [string, readonly string[]])[] = [
    ['', []],
    ['# only a comment\n\n   \n', []],
    ['web1\nweb2\n', ['web1', 'web2']],
    ['\ufeffweb1\r\nweb2\r\n', ['web1', 'web2']],
    ['web1 # the first\n\tweb2\t\n', ['web1', 'web2']],
    ['web1 web2, db1,db2,\n', ['web1', 'web2', 'db1', 'db2']],
    ['web[01-03].example.com', ['web01.example.com', 'web02.example.com', 'web03.example.com']],
    ['n[1,3] m[1-5/2]', ['n1', 'n3', 'm1', 'm3', 'm5']],
    ['root@web1:2222', ['web1=root@web1:2222']],
    ['root@web[1-2]:2222', ['web1=root@web1:2222', 'web2=root@web2:2222']],
    ['dom\\ann@web1', ['web1=dom\\ann@web1']],
    ['ann@example.com@web1', ['web1=ann@example.com@web1']],
    [
      '10.0.0.1:22 2001:db8::1 [2001:db8::2]:2200',
      ['10.0.0.1=10.0.0.1:22', '2001:db8::1', '2001:db8::2=2001:db8::2:2200'],
    ],
    ['web1\nweb1\nweb[1-2]', ['web1', 'web2']],
    ['localhost:2201\nlocalhost:2202', ['localhost:2201', 'localhost:2202']],
    ['web1 root\nweb2 ann', ['web1=root@web1', 'web2=ann@web2']],
    ['web1 bob\nweb2 bob\nweb3:22', ['web1=bob@web1', 'web2=bob@web2', 'web3=web3:22']],
    ['carol@web1 root', ['web1=carol@web1']],
    ['web1 db1', ['web1', 'db1']],
    ['alpha beta', ['alpha', 'beta']],
    ['10.0.0.1 root\n10.0.0.2 10.0.0.3', ['10.0.0.1=root@10.0.0.1', '10.0.0.2', '10.0.0.3']],
    ['web1, bob', ['web1', 'bob']],
    ['web1 bob carol', ['web1', 'bob', 'carol']],
    ['__proto__ constructor', ['__proto__', 'constructor']],
    ['größe.example', ['größe.example']],
  ];
  for (const [text, expected] of lists) {
    it(`reads ${JSON.stringify(text)}`, () => assert.deepEqual(read(text), expected));
  }

  const refusals: readonly (readonly [string, string])[] = [
    [
      'web1\n  -oProxyCommand=x',
      '2:3 hosts/host "-oProxyCommand=x" is not a node. A list has names only; read an Ansible inventory as "ansible".',
    ],
    ['web1\n-v', '2:1 hosts/host The host "-v" begins with "-". Write a host name or an IP address.'],
    ['web1;id', '1:1 hosts/host The host "web1;id" contains ";". Write a host name or an IP address.'],
    ['$(id)@web1', '1:1 hosts/host The user "$(id)" contains "$". Write the name of an account on the node.'],
    [
      '[web]\nweb1',
      '1:1 hosts/host "[web]" is not a node. A list has names only; read an Ansible inventory as "ansible".',
    ],
    [
      'web1 ansible_host=10.0.0.1',
      '1:6 hosts/host "ansible_host=10.0.0.1" is not a node. A list has names only; read an Ansible inventory as "ansible".',
    ],
    ['web1:70000', '1:1 hosts/host 70000 is not a port. Write a number from 1 to 65535.'],
    ['web1:0', '1:1 hosts/host 0 is not a port. Write a number from 1 to 65535.'],
    ['web1:ssh', '1:1 hosts/host The host "web1:ssh" has a colon. Write "host" and "port" apart.'],
    ['@web1', '1:1 hosts/host The user is empty. Write the name of an account on the node.'],
    ['root@', '1:1 hosts/host The host is empty. Write a host name or an IP address.'],
    [
      'web1\nweb[0-99999999]',
      '2:1 hosts/range “web[0-99999999]” stands for 100,000,000 names, the limit is 100,000. Write a smaller range.',
    ],
    ['web[1-2', '1:4 hosts/range “[” is not closed. Add “]”.'],
    ['web*', '1:1 hosts/host The host "web*" contains "*". Write a host name or an IP address.'],
    ['web1\0', '1:5 hosts/binary The file is not text: it has a NUL byte here.'],
    [
      'web01 bob',
      '1:7 hosts/unclear "bob" may be a node or the user of web01. Write bob@web01 for a user, or a comma between nodes.',
    ],
    [
      '127.0.0.1 localhost',
      '1:11 hosts/unclear "localhost" is the name of 127.0.0.1, as in /etc/hosts, or a node of its own. Write one of them, or a comma between nodes.',
    ],
    [
      '::1 ip6-localhost ip6-loopback',
      '1:5 hosts/unclear "ip6-localhost" is the name of ::1, as in /etc/hosts, or a node of its own. Write one of them, or a comma between nodes.',
    ],

    [
      'web1\nroot@web1',
      '2:1 hosts/repeated-node Node "web1" is there already, on line 1, with another user. Keep one of them.',
    ],
  ];
  for (const [text, expected] of refusals) {
    it(`refuses ${JSON.stringify(text)}`, () =>
      assert.deepEqual(problemsOf(parseHosts(inputOf(text))), [expected]));
  }

  it('says when there is no file, or none that can be read', () => {
    const input = inputOf('', '/nodes');
    assert.deepEqual(problemsOf(parseHosts({ ...input, path: '/other' })), [
      'hosts/unreadable There is no such file. Check the path.',
    ]);
    const files = { ...input.files, read: () => ({ unreadable: 'It is a folder.' }) };
    assert.deepEqual(problemsOf(parseHosts({ ...input, files })), ['hosts/unreadable It is a folder.']);
  });

  it('never throws, and makes no more nodes than its limit', () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'web[1-3]',
        'a[0-99999999]',
        '[',
        ']',
        '@',
        ':22',
        ' ',
        ',',
        '\n',
        '#',
        '[::1]:22',
        '-x',
      ),
    );
    fc.assert(
      fc.property(fc.array(line), (parts) => {
        const part = parseHosts(inputOf(parts.join('')));
        assert.ok(part.nodes.length <= 300_000);
        assert.ok(part.problems.every(({ file }) => file !== undefined));
      }),
    );
  });

  it('reads 10 MB in time that grows with its size', () => {
    const text = Array.from(
      { length: 95_000 },
      (_each, at) => `node${at}.example.com ${'x'.repeat(80)}${at}z.org`,
    );
    const part = parseHosts(inputOf(text.join('\n')));
    assert.equal(part.nodes.length, 100_000);
    assert.deepEqual(problemsOf(part), [
      '50001:1 hosts/too-many The file lists more than 100,000 nodes. Split it.',
    ]);
  }).timeout(20_000);
});
