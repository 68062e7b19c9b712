import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { mergeSources } from '../../../../core/inventory/merge/merge.ts';
import { parseSshConfig } from '../../../../core/inventory/sshConfig/parseSshConfig.ts';
import { readConfig } from '../../../../core/inventory/sshConfig/readConfig.ts';
import { formatProblem, hasErrors } from '../../../../core/util/problem.ts';
import { inputFor, statedFiles } from '../diskFiles.ts';
import { source, sourceOf } from '../merge/sources.ts';
import { printed } from './printed.ts';

const path = '/home/me/.ssh/config';
const part = (text: string, others: Readonly<Record<string, string>> = {}) =>
  parseSshConfig(inputFor(path, statedFiles({ [path]: text, ...others })));
const problemsOf = (text: string, others?: Readonly<Record<string, string>>) =>
  part(text, others).problems.map((problem) => formatProblem(problem).replace(`${path}:`, ''));
const brief = (text: string, others?: Readonly<Record<string, string>>) =>
  mergeSources([sourceOf(path, part(text, others))]).inventory.nodes.map(({ name, connection, blocked }) => {
    const { host, port, user = '-', jump } = connection;
    return [name, host, port, user, jump.join('>'), blocked]
      .filter((each) => each !== '' && each !== undefined)
      .join(' ');
  });

/** Nodes that the system's ssh is to reach: name, configuration, reason. */
const opensshOf = (text: string) => [
  mergeSources([sourceOf(path, part(text))]).inventory.nodes.flatMap(({ name, connection, blocked }) => {
    assert.equal(blocked, undefined);
    const { transport, sshConfig, needsOpenssh } = connection;
    return transport === 'openssh' ? [`${name} ${sshConfig} ${needsOpenssh}`] : [];
  }),
];

describe('an ssh configuration', () => {
  it('has a node for every plain name of a Host line, once, with what ssh would use', () => {
    const text = [
      'User first',
      'Host web1 web2 !web9 *.example.com',
      '  HostName %h.example.com',
      '  Port = 2222',
      'Host web2 db "odd name"',
      '  User second',
      '  ProxyJump me@bastion:2200,[2001:db8::1]',
      'Host *',
      '  Port 99',
    ].join('\n');
    assert.deepEqual(brief(text), [
      'web1 web1.example.com 2222 first',
      'web2 web2.example.com 2222 first me@bastion:2200>[2001:db8::1]',
      'db db 99 first me@bastion:2200>[2001:db8::1]',
      'odd name odd name 99 first me@bastion:2200>[2001:db8::1] The host "odd name" contains " ". Write a host name or an IP address.',
    ]);
  });

  it('says for nodes of other sources what ssh would use, below what they say themselves', () => {
    const config = part(
      'Host *.example.com\n  User deploy\n  ProxyJump bastion\n  IdentityFile ~/.ssh/%h_key\nHost bastion\n',
    );
    const other = source('inv.yaml', 'nodes:\n  a.example.com:\n  b.example.com: { user: own }\n  c:\n');
    const { inventory, detail } = mergeSources([other, sourceOf(path, config)]);
    assert.deepEqual(
      inventory.nodes.map(({ name, connection }) => [
        name,
        connection.user,
        connection.jump[0],
        connection.identityFiles[0],
      ]),
      [
        ['a.example.com', 'deploy', 'bastion', '/home/me/.ssh/a.example.com_key'],
        ['b.example.com', 'own', 'bastion', '/home/me/.ssh/b.example.com_key'],
        ['c', undefined, undefined, undefined],
        ['bastion', undefined, undefined, undefined],
      ],
    );
    assert.equal(
      detail('a.example.com')?.connection.find(({ key }) => key === 'user')?.origin.range?.line,
      2,
    );
  });

  it('includes files where they stand, in the scope of their block, and stops at circles', () => {
    const others = {
      '/home/me/.ssh/conf.d/10-a': 'Host a\n  Port 1\n',
      '/home/me/.ssh/conf.d/20-b': 'Host b\n  Port 2\n',
      '/home/me/.ssh/conf.d/.hidden': 'Host h\n',
      '/home/me/.ssh/only': 'User inner\n',
      '/home/me/.ssh/loop': 'Include loop\n',
    };
    assert.deepEqual(brief('Include conf.d/*\nHost c\n  Include only\nHost d\n  Port 4\n', others), [
      'a a 1 -',
      'b b 2 -',
      'c c 22 inner',
      'd d 4 -',
    ]);
    assert.match(problemsOf('Include ~/.ssh/loop\n', others).join(), /More than 16 files include each other/);
    assert.deepEqual(problemsOf('Include /nowhere nothing*\n'), []);
  });

  it('never runs a Match exec: nodes about which it decides are left to ssh', () => {
    const text = 'Host a\n  User x\nMatch host b exec "touch /tmp/canary"\n  User y\nHost a b c\n  Port 7\n';
    const [a, b, c] = brief(text);
    assert.equal(a, 'a a 7 x');
    assert.equal(b, 'b b 22 -');
    assert.equal(c, 'c c 7 -');
    assert.deepEqual(opensshOf(text), [[`b ${path} Match exec (${path}:3)`]]);
  });

  const beyond: readonly [string, string][] = [
    ['CanonicalizeHostname yes', 'CanonicalizeHostname'],
    ['CertificateFile ~/.ssh/id-cert.pub', 'CertificateFile'],
    ['GSSAPIAuthentication yes', 'GSSAPIAuthentication'],
    ['PKCS11Provider /usr/lib/token.so', 'PKCS11Provider'],
    ['HostKeyAlgorithms +ssh-rsa', 'HostKeyAlgorithms'],
    ['IdentityFile ~/.ssh/id_ed25519_sk', 'the security key ~/.ssh/id_ed25519_sk'],
  ];
  for (const [line, what] of beyond) {
    it(`leaves a node with ${line} to the system's ssh, also one of another source`, () => {
      assert.deepEqual(opensshOf(`Host a\n  User x\n  ${line}\n`), [[`a ${path} ${what} (${path}:3)`]]);
      const other = source('inv.yaml', 'nodes:\n  a.corp:\n  b.corp: { transport: ssh }\n');
      const { inventory } = mergeSources([
        other,
        sourceOf(path, part(`Match originalhost *.corp\n  ${line}\n`)),
      ]);
      const [a, b] = inventory.nodes.map(({ connection }) => connection.transport);
      // What the DNS decides about is said for its own nodes only.
      assert.deepEqual([a, b], [what === 'CanonicalizeHostname' ? 'ssh' : 'openssh', 'ssh']);
    });
  }

  for (const line of [
    'CertificateFile none',
    'GSSAPIAuthentication no',
    'Ciphers aes256-ctr',
    'CanonicalizeHostname no',
  ]) {
    it(`reaches a node with ${line} over ssh`, () => {
      assert.deepEqual(opensshOf(`Host a\n  ${line}\n`), [[]]);
    });
  }

  it('tells that nothing can weaken the check of host keys', () => {
    const text = 'Host a\n  StrictHostKeyChecking no\n  UserKnownHostsFile /dev/null\n';
    assert.deepEqual(problemsOf(text), [
      '2:3 stricthostkeychecking no has no effect: Muster always verifies host keys.',
      '3:3 userknownhostsfile /dev/null has no effect: Muster always verifies host keys.',
    ]);
    assert.equal(part(text).nodes[0]?.settings.knownHosts, undefined);
  });

  it('does not use a path whose tokens only ssh can fill in', () => {
    const { inventory } = mergeSources([sourceOf(path, part('Host a\n  IdentityFile ${KEYS}/id\n'))]);
    assert.match(inventory.nodes[0]?.blocked ?? '', /^Its identityFiles .*\$\{KEYS\}/);
  });

  it('blocks a node whose HostName or connection ssh refuses', () => {
    const text =
      'Host a\n  HostName %n.x\nHost b\n  HostName x%\nHost c\n  HostName %h.%%x\nHost d\n  RefuseConnection "gone since May"\n';
    const [a, b, c, d] = brief(text);
    assert.match(a ?? '', /HostName takes %h and %%: ssh refuses "%n"/);
    assert.match(b ?? '', /ssh refuses "%"/);
    assert.doesNotMatch(c ?? '', /refuses/);
    assert.match(d ?? '', /RefuseConnection: "gone since May" \(.*config:8\)/);
  });

  it('knows the options of newer versions, and applies tags', () => {
    const text = [
      'ObscureKeystrokeTiming interval:80',
      'ChannelTimeout session=5m direct-tcpip=1h',
      'EnableEscapeCommandline yes',
      'RequiredRSASize 2048',
      'VersionAddendum none',
      'WarnWeakCrypto no',
      'Host a',
      '  Tag office',
      'Match tagged "home,off*"',
      '  Port 7',
      'Host a b',
      'Match sessiontype shell host b',
      '  Port 8',
    ].join('\n');
    assert.deepEqual(problemsOf(text), []);
    assert.equal(part(text).nodes[0]?.settings.needsOpenssh?.value, `Match sessiontype (${path}:12)`);
    const without = text.slice(0, text.indexOf('Match sessiontype'));
    assert.deepEqual(brief(without), ['a a 7 -', 'b b 22 -']);
  });

  it('refuses an Include that can not be read, other than a folder', () => {
    const files = statedFiles({ [path]: 'Include pipe dir\nHost a\n', '/home/me/.ssh/dir/x': '' });
    const read: typeof files.read = (file) =>
      /pipe$|dir$/.test(file) ? { unreadable: 'It is not a regular file.' } : files.read(file);
    const { problems } = parseSshConfig(inputFor(path, { ...files, read }));
    assert.deepEqual(
      problems.map(({ severity, message }) => [severity, message]),
      [
        ['error', '/home/me/.ssh/pipe: It is not a regular file.'],
        ['warning', '/home/me/.ssh/dir: It is not a regular file.'],
      ],
    );
  });

  it('takes time in proportion to the number of hosts, and says where it has a limit', () => {
    const hosts = (count: number) =>
      Array.from({ length: count }, (_, at) => `Host h${at}\n  HostName 10.0.0.1\n  Port ${at + 1}\n`).join(
        '',
      );
    const started = performance.now();
    const { nodes, problems } = part(`User u\n${hosts(20_000)}Host *\n  User late\n`);
    assert.ok(performance.now() - started < 5000);
    assert.deepEqual([nodes.length, problems.length], [20_000, 0]);
    assert.equal(nodes[19_999]?.settings.port?.value, 20_000);
    assert.match(problemsOf(hosts(20_001)).join(), /more than 20,000 plain names of hosts/);
    const patterns = Array.from({ length: 5000 }, (_, at) => `Host *.x${at}\n  User u\n`).join('');
    assert.match(problemsOf(hosts(5000) + patterns).join(), /5000 hosts and 10001 lines below patterns/);
  });

  const refusals: readonly [string, string][] = [
    ['Usr me\n', '1:1 ssh has no option "usr". Take it out, or name it in IgnoreUnknown above.'],
    ['Port many\n', '1:1 "many" is no port.'],
    ['Host\n', '1:1 "host" has no value. Write one, or take the line out.'],
    ['Compression maybe\n', '1:1 "compression" is yes or no, not "maybe".'],
    ['User "me\n', '1:1 A quote is not closed. Add the other one.'],
    ['HostName a b\n', '1:1 "hostname" has more than one value.'],
    ['ProxyJump a,,b\n', '1:1 "a,,b" is no jump host.'],
    ['Match\n', '1:1 Match has no condition.'],
    ['Match hots a\n', '1:1 Match has no condition "hots".'],
    ['Match host\n', '1:1 Match "host" has no value.'],
  ];
  for (const [text, problem] of refusals) {
    it(`refuses ${JSON.stringify(text)}`, () => assert.deepEqual(problemsOf(text), [problem]));
  }

  it('takes unknown options that IgnoreUnknown names', () => {
    assert.deepEqual(problemsOf('IgnoreUnknown Use*,x\nUseKeychain yes\nX 1\n'), []);
  });

  it('is refused where it has more hosts than it may: none is left out in silence', () => {
    const hosts = Array.from({ length: 20_001 }, (_, at) => `h${at}`);
    const { nodes, problems } = part(hosts.map((name) => `Host ${name}`).join('\n'));
    assert.deepEqual(nodes, []);
    assert.deepEqual(
      problems.map(({ code, severity }) => `${severity} ${code}`),
      ['error ssh-config/too-many'],
    );
  });

  it('never throws, and puts every problem into the text', () => {
    const piece = fc.constantFrom(
      'Host ',
      'Match ',
      'Include ',
      'ProxyJump ',
      'Port ',
      '"',
      '\\',
      '\n',
      '\n',
      '=',
      '*',
      '!',
      'host ',
      'exec ',
      'all',
      '%h',
      '#',
      '\t',
      'a',
      '\0',
    );
    const text = fc
      .array(fc.oneof(piece, fc.string({ maxLength: 3 })), { maxLength: 40 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (written) => {
        const read = part(written);
        for (const { range } of read.problems) assert.ok(!range || range.start <= written.length);
        read.settingsFor?.('other');
        mergeSources([sourceOf(path, read)]);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the same as ssh -G', function () {
  const hasSsh = existsSync('/usr/bin/ssh');
  const texts = [
    'Host a\n  HostName = B.example.com\n  IdentityFile x\n  IdentityFile y\n  IdentityFile x\nHost *\n  IdentityFile z\n  User u\n',
    'Match originalhost a user root\n  Port 1\nMatch host c\n  Port 2\nHost a\n  HostName c\n',
    'Host a\n HostName c\nMatch host c\n Port 7\nMatch !host c\n Port 8\n',
    'Match final host a\n Port 5\nHost a\n User q\n',
    'Host "a" b\n User "x y"\n ProxyCommand nc %h %p # not a comment\n ProxyJump later\n',
    "Host 'a'\n ProxyJump ssh://me@h:22/ # comment\n ProxyCommand later\n",
    'Host ?\n  User one\nHost !a *\n  User two\n',
    'Host a # comment\n  Port 22 # comment\n  User=x\n UserKnownHostsFile ~/a "~/b c"\n',
    'host=a\nport=3\nStrictHostKeyChecking accept-new\n',
    'Host a\n ProxyJump none\nHost *\n ProxyJump b\n ProxyCommand c\n',
    'Host *,a\n User x\nHost a,b\n User y\n',
    'Host b\n Port 3\nHost a\n Port 4\nHost a*\n User u\nHost a\n HostName %h.%%x\n Port 5\n',
  ];
  for (const text of texts) {
    it(JSON.stringify(text), function () {
      if (!hasSsh) return this.skip();
      const folder = mkdtempSync(join(tmpdir(), 'muster-ssh-'));
      try {
        const file = join(folder, 'config');
        writeFileSync(file, text);
        const out = execFileSync('/usr/bin/ssh', ['-G', '-F', file, 'a'], {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
        });
        const read = readConfig(inputFor(file, statedFiles({ [file]: text })));
        assert.equal(hasErrors(read.problems), false);
        const fields = printed(read, 'a', userInfo().username).fields;
        const said = (name: string) =>
          out
            .split('\n')
            .filter((line) => line.startsWith(`${name} `))
            .map((line) => line.slice(name.length + 1).replaceAll(`${homedir()}/`, '~/'))
            .join(' ;; ');
        assert.deepEqual(fields, Object.fromEntries(Object.keys(fields).map((name) => [name, said(name)])));
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }
});
