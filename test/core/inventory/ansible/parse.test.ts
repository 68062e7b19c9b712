import assert from 'node:assert/strict';
import fc from 'fast-check';
import { literalOf } from '../../../../core/inventory/ansible/literal.ts';
import { parseAnsible } from '../../../../core/inventory/ansible/parseAnsible.ts';
import { plainScalar } from '../../../../core/inventory/ansible/pyScalar.ts';
import { expandHosts } from '../../../../core/inventory/ansible/ranges.ts';
import { splitWords } from '../../../../core/inventory/ansible/words.ts';
import { mergeSources } from '../../../../core/inventory/merge/merge.ts';
import { formatProblem } from '../../../../core/util/problem.ts';
import { inputFor, statedFiles } from '../diskFiles.ts';
import { sourceOf } from '../merge/sources.ts';

const partOf = (texts: Readonly<Record<string, string>>, path = '/inv/hosts') =>
  parseAnsible(inputFor(path, statedFiles(texts)));
const read = (texts: Readonly<Record<string, string>>, path?: string) =>
  mergeSources([sourceOf(path ?? '/inv/hosts', partOf(texts, path))]).inventory;
const problemsOf = (text: string, path = '/inv/hosts') =>
  partOf({ [path]: text }, path).problems.map((problem) =>
    formatProblem(problem).replace(/^\/inv\/[\w.]+:/, ''),
  );

describe('words of an INI line', () => {
  const table: readonly [string, readonly string[] | undefined][] = [
    ['web1 a=1 b=2', ['web1', 'a=1', 'b=2']],
    [`web1 a="x y" b='p "q"'`, ['web1', 'a=x y', 'b=p "q"']],
    ['web1 a="x \\" \\n y"', ['web1', 'a=x " \\n y']],
    ['web1 a=x\\ y', ['web1', 'a=x y']],
    ['web1 a=b#c d=e', ['web1', 'a=b']],
    ['web1 # comment "', ['web1']],
    ['web1 a="b # c"', ['web1', 'a=b # c']],
    ['web1 a="b', undefined],
    ['web1 a=b\\', undefined],
    [`""`, ['']],
  ];
  for (const [line, words] of table) {
    it(`of ${line}`, () =>
      assert.deepEqual(
        splitWords(line)?.map(({ text }) => text),
        words,
      ));
  }
});

describe('values of an INI line', () => {
  const table: readonly [string, unknown][] = [
    ['1', 1],
    ['-1', -1],
    ['1_000', 1000],
    ['0644', '0644'],
    ['0', 0],
    ['00', 0],
    ['0x1f', 31],
    ['0o17', 15],
    ['1.5', 1.5],
    ['.5', 0.5],
    ['1e3', 1000],
    ['1.2.3.4', '1.2.3.4'],
    ['True', true],
    ['true', 'true'],
    ['None', null],
    ['1,2', [1, 2]],
    ['1, 2', [1, 2]],
    ['1,', [1]],
    ['[1,2],3', [[1, 2], 3]],
    ["'a','b'", ['a', 'b']],
    ['a,b', 'a,b'],
    ['1,b', '1,b'],
    [',', ','],
    ['- 1', -1],
    ['1e400', 'inf'],
    ['[1e400, -1e400]', ['inf', '-inf']],
    ["b'x'", "b'x'"],
    ['yes', 'yes'],
    [`'a' "b"`, 'ab'],
    [`'a\\tb\\x41\\u00e9'`, 'a\tbA\u00e9'],
    [`r'a\\tb'`, 'a\\tb'],
    [`"a`, '"a'],
    ['[1, "a", True, [2]]', [1, 'a', true, [2]]],
    ['[1, a]', '[1, a]'],
    ['(1, 2)', [1, 2]],
    ['(1)', 1],
    [`{'a': 1, 'b': [2, 3],}`, { a: 1, b: [2, 3] }],
    [`{"a": true}`, `{"a": true}`],
    ['1 # comment', 1],
    ['{{ x }}', '{{ x }}'],
    ['', ''],
    ['['.repeat(2000), '['.repeat(2000)],
  ];
  for (const [text, value] of table) {
    it(`${text.slice(0, 40)} is ${JSON.stringify(value)?.slice(0, 40)}`, () =>
      assert.deepEqual(literalOf(text), value));
  }
});

describe('values of a YAML inventory', () => {
  const table: readonly [string, unknown][] = [
    ['yes', true],
    ['Off', false],
    ['y', 'y'],
    ['~', null],
    ['0777', 511],
    ['0o777', '0o777'],
    ['1:30', 90],
    ['1_000', 1000],
    ['1e3', '1e3'],
    ['1.0e+3', 1000],
    ['-0x1f', -31],
    ['2026-01-01', '2026-01-01'],
    ['1.2.3', '1.2.3'],
    ['08', '08'],
    ['-', '-'],
  ];
  for (const [text, value] of table)
    it(`${text} is ${JSON.stringify(value)}`, () => assert.deepEqual(plainScalar(text), value));
});

describe('host ranges of Ansible', () => {
  const names = (pattern: string) => {
    const found = expandHosts(pattern, 1000);
    return 'names' in found ? found.names.join(' ') : found.message;
  };
  const table: readonly [string, string][] = [
    ['web[01:03].x', 'web01.x web02.x web03.x'],
    ['web[1:9:4]', 'web1 web5 web9'],
    ['db-[a:c]', 'db-a db-b db-c'],
    ['[a:b][1:2]', 'a1 a2 b1 b2'],
    ['w[:2]', 'w0 w1 w2'],
    ['w[Y:Z]', 'wY wZ'],
    ['w[1:]', 'The range of w[1:] has no end.'],
    ['w[1]', 'The range of w[1] is not begin:end or begin:end:step.'],
    ['w[01:100]', 'The range of w[01:100] has a begin and an end of different width.'],
    ['w[Z:T]', 'The range of w[Z:T] runs backwards.'],
    ['w[9:1]', 'The range of w[9:1] runs backwards.'],
    ['w[1:2', 'The range of w[1:2 is not closed.'],
    ['w[1:9:0]', 'The range of w[1:9:0] has the step 0.'],
    ['w[1:99999999999]', 'w[1:99999999999] is too much: an inventory has at most 100,000 hosts.'],
    ['[1:99][1:99][1:99]', '[1:99][1:99][1:99] is too much: an inventory has at most 100,000 hosts.'],
  ];
  for (const [pattern, expected] of table)
    it(`${pattern}: ${expected}`, () => assert.equal(names(pattern), expected));
});

describe('an Ansible inventory', () => {
  it('gives connections from vars, at every level', () => {
    const { nodes } = read({
      '/inv/hosts': [
        'web1 ansible_host=10.0.0.1 ansible_port=2222',
        'db[1:2]:5022 ansible_ssh_user=postgres',
        '[2001:db8::1]:22',
        'here ansible_connection=local',
        'box ansible_connection=docker',
        'tpl ansible_host="{{ ip }}"',
        '[all:vars]',
        'ansible_user=deploy',
        `ansible_ssh_common_args='-o ProxyJump=bastion,b2 -o StrictHostKeyChecking=no -C'`,
        'ansible_ssh_private_key_file=keys/id',
      ].join('\n'),
    });
    const brief = nodes.map(
      ({ name, connection: { transport, host, port, user, jump, identityFiles }, blocked }) =>
        [name, transport, host, port, user, jump.join('>'), identityFiles.join(), blocked].join(' ').trim(),
    );
    assert.deepEqual(brief, [
      'web1 ssh 10.0.0.1 2222 deploy bastion>b2 /inv/keys/id',
      'db1 ssh db1 5022 postgres bastion>b2 /inv/keys/id',
      'db2 ssh db2 5022 postgres bastion>b2 /inv/keys/id',
      '2001:db8::1 ssh 2001:db8::1 22 deploy bastion>b2 /inv/keys/id',
      'here local here 22 deploy  /inv/keys/id',
      'box ssh box 22 deploy bastion>b2 /inv/keys/id Its ansible_connection is "docker", which Muster does not have.',
      'tpl ssh {{ ip }} 22 deploy bastion>b2 /inv/keys/id Its host is "{{ ip }}": It is a template that only Ansible fills in.',
    ]);
  });

  it('takes group_vars and host_vars over what the inventory says itself, in the order of groups', () => {
    const { nodes } = read({
      '/inv/hosts':
        '[b]\nn a=host\n[a]\nn\n[p:children]\na\n[a:vars]\nx=file\ny=file\n[b:vars]\nz=b\n[p:vars]\nz=p\n',
      '/inv/group_vars/a.yml': 'x: group_vars\nz: a\n',
      '/inv/group_vars/all/one.yml': 'x: all\nw: all\n',
      '/inv/group_vars/all/two.json': '{"w": "two"}',
      '/inv/group_vars/p': 'ansible_group_priority: 10\n',
      '/inv/host_vars/n.yaml': 'a: host_vars\n',
    });
    assert.deepEqual(nodes[0]?.vars, { w: 'two', x: 'group_vars', y: 'file', z: 'a', a: 'host_vars' });
  });

  it('reads a folder file by file, and leaves out what Ansible leaves out', () => {
    const texts = {
      a: 'n1\n',
      'b.ini': 'n2\n',
      'c.yml': 'all:\n  hosts:\n    n3:\n',
      '.d': 'n4',
      'e~': 'n5',
      'f/g': 'n6\n',
    };
    const files = Object.fromEntries(Object.entries(texts).map(([name, text]) => [`/inv/${name}`, text]));
    assert.deepEqual(
      read(files, '/inv').nodes.map(({ name }) => name),
      ['n1', 'n3', 'n6'],
    );
  });

  it('shows what only Ansible can decrypt, and uses it for nothing', () => {
    const text =
      'all:\n  hosts:\n    n:\n      secret: !vault |\n        $ANSIBLE_VAULT;1.1\n      ansible_user: !vault x\n      raw: !unsafe "{{ a }}"\n';
    const part = partOf({ '/inv/h.yml': text }, '/inv/h.yml');
    const merged = mergeSources([sourceOf('/inv/h.yml', part)]);
    assert.equal(merged.inventory.nodes[0]?.blocked, 'Its user is "x": It is encrypted with Ansible Vault.');
    assert.equal(
      merged.detail('n')?.vars.find(({ key }) => key === 'secret')?.unresolved,
      'It is encrypted with Ansible Vault.',
    );
    assert.equal(merged.inventory.nodes[0]?.vars['raw'], '{{ a }}');
  });

  it('takes names of object methods as plain data', () => {
    const { nodes, groups } = read({
      '/inv/hosts': '[__proto__]\nconstructor __proto__=1\n[toString:children]\n__proto__\n',
    });
    assert.deepEqual(
      nodes.map(({ name, vars }) => [name, Object.keys(vars)]),
      [['constructor', ['__proto__']]],
    );
    assert.deepEqual(groups.map(({ name }) => name).toSorted(), ['__proto__', 'toString']);
  });

  it('reads Windows line ends and a byte order mark', () => {
    assert.deepEqual(problemsOf('\ufeff[web]\r\nn1 a=1\r\n'), []);
    assert.deepEqual(read({ '/inv/hosts': '\ufeff[web]\r\nn1 a=1\r\n' }).nodes[0]?.vars, { a: 1 });
  });

  const refusals: readonly [text: string, problem: string, path?: string][] = [
    [
      'n1\n[web:kids]\n',
      '2:1 [web:kids] has an unknown kind. Sections of a group are [group], [group:children] and [group:vars].',
    ],
    ['[web\nn\n', '1:1 The section [web is not closed. Write "]" at its end.'],
    ['[a b]\nn\n', '1:1 [a b] is no section. Write [group], [group:children] or [group:vars].'],
    [
      '[a:children]\nb\n',
      '2:1 [a:children] names the group "b", which no section declares. Add a section [b].',
    ],
    ['[a:vars]\nx=1\n', '1:1 [a:vars] is for a group that no section declares. Add a section [a].'],
    ['[a]\nn\n[a:vars]\nx\n', '4:1 "x" is no key=value. Write key=value.'],
    ['n1 x\n', '1:1 "x" after a host is no key=value. Write key=value, in quotes where it has spaces.'],
    [
      'n1 x="1\n',
      '1:1 A quote is not closed, or the line ends with "\\". Close the quote, or take the "\\" out.',
    ],
    ['n[1:]\n', '1:1 The range of n[1:] has no end. Write it as [01:20], [1:9:2] or [a:f].'],
    ['n1:\nn2\n', '1:1 "n1:" ends with ":". Write a port after it, or take it out.', '/inv/h.ini'],
    [
      '$ANSIBLE_VAULT;1.1;AES256\n',
      '1:1 The inventory is encrypted with Ansible Vault. Decrypt it, or use a command source.',
    ],
    ['#!/bin/sh\n', '1:1 This is a program, which is not run here. Name it as a source of type command.'],
    [
      '- a\n',
      '1:1 The inventory is no map of groups. Write groups by name, such as "all:" with "hosts:" in it.',
      '/inv/h.yml',
    ],
    [
      'plugin: aws_ec2\n',
      '1:1 This configures an inventory plugin, which only Ansible can run. Use a command source that runs "ansible-inventory --list".',
      '/inv/h.yml',
    ],
    [
      'all:\n  hosts: [a, b]\n',
      '2:10 "hosts" of group "all" is no map. End each name with ":".',
      '/inv/h.yml',
    ],
    ['all:\n  hosts:\n    12:\n', '3:5 The host 12 is no text. Quote it: write "12".', '/inv/h.yml'],
    [
      'all:\n  hosts:\n    a: [1]\n',
      '3:8 The vars of host "a" are no map. Write "key: value" below it.',
      '/inv/h.yml',
    ],
  ];
  for (const [text, problem, path] of refusals) {
    it(`refuses ${JSON.stringify(text)}`, () => assert.deepEqual(problemsOf(text, path), [problem]));
  }

  it('never throws, whatever is written', () => {
    const piece = fc.constantFrom(
      '[a]',
      '[a:children]',
      '[b:vars]',
      'n[1:3]',
      'x=1',
      ' k="v w"',
      '\n',
      '\n',
      ':',
      '#',
      "'",
      '\\',
      '[',
      ']',
      'ü',
      '\0',
      '&a ',
      '*a',
      '<<: ',
      '- ',
      '{',
      '!vault ',
    );
    const text = fc
      .array(fc.oneof(piece, fc.string({ maxLength: 4 })), { maxLength: 40 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.constantFrom('/inv/h', '/inv/h.yml'), (written, path) => {
        const part = partOf({ [path]: written }, path);
        for (const { range } of part.problems)
          if (range) assert.ok(range.start <= written.length && range.line >= 1);
        mergeSources([sourceOf(path, part)]);
      }),
      { numRuns: 1000 },
    );
  });

  it('refuses deep nesting and alias bombs without making them', () => {
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x, x]',
      ...'bcdefghi'
        .split('')
        .map(
          (name, at) =>
            `${name}: &${name} [${Array.from({ length: 10 }, () => `*${'abcdefghi'[at]}`).join(', ')}]`,
        ),
    ];
    assert.match(
      problemsOf(`all:\n  vars:\n${bomb.map((line) => `    ${line}\n`).join('')}`, '/inv/h.yml').join(),
      /Aliases make the document too large/,
    );
    assert.match(problemsOf(`all: ${'['.repeat(1000)}`, '/inv/h.yml').join(), /100 levels of nesting/);
  });
});
