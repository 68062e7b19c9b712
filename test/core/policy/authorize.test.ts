import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { unmet } from '../../../core/policy/approval.ts';
import { usualWarnings } from '../../../core/policy/authorize.ts';
import { decisionOf, strictest, Verdict } from '../../../core/policy/verdict.ts';
import { decide, indexOf, now, policyOf, type Try } from './fixture.ts';

const verdict = (nodes: readonly string[], text: string, change: Try = {}): Verdict =>
  decide(nodes, { policies: [policyOf(text)], ...change }).verdict;

describe('a decision', () => {
  it('is to allow where there are no rules, with a word about many nodes', () => {
    assert.deepEqual(decide(['web1']), { verdict: 'allow', reasons: [] });
    const none = { policies: [], broken: [] };
    assert.deepEqual(usualWarnings(10, none), []);
    assert.deepEqual(usualWarnings(11, none), ['This runs on 11 nodes, more than 10.']);
    assert.deepEqual(usualWarnings(11, { ...none, policies: [policyOf('confirmAbove: 50')] }), []);
  });

  it('is the strictest of what several rules and files say', () => {
    const verdicts = fc.array(fc.constantFrom(...Verdict.options), { maxLength: 6 });
    fc.assert(
      fc.property(verdicts, verdicts, (first, second) => {
        const text = (all: readonly Verdict[]): string =>
          `rules: ${JSON.stringify(all.map((decision) => ({ decision })))}`;
        const policies = [policyOf(text(first), 'machine'), policyOf(text(second), 'workspace')];
        assert.equal(decide(['lab1'], { policies }).verdict, strictest([...first, ...second]));
      }),
      { numRuns: 200 },
    );
  });

  const rules: readonly (readonly [string, string, readonly string[], Verdict, Try?])[] = [
    ['means a selection', 'targets: tag:db', ['db01'], 'deny'],
    ['leaves other nodes alone', 'targets: tag:db', ['web1'], 'allow'],
    ['counts for a plan in which one node is meant', 'targets: tag:db', ['web1', 'db01'], 'deny'],
    ['means tags', 'tags: [nix, db]', ['db01'], 'deny'],
    ['wants all that it names', '{ tags: db, targets: tag:web }', ['db01'], 'allow'],
    ['reads names that are not there as no nodes', 'targets: tag:db,tag:nix,@nix', ['db01'], 'deny'],
    ['means all nodes where its selection can not be resolved', 'targets: "file:nix"', ['lab1'], 'deny'],
    ['means addresses', 'hosts: 10.0.0.0/8', ['db01'], 'deny'],
    ['means no local node by address', 'hosts: "*"', ['here'], 'allow'],
    ['means commands', "command: '\\breboot\\b'", ['web1'], 'deny', { command: 'sync; reboot' }],
    ['leaves other commands alone', "command: '\\breboot\\b'", ['web1'], 'allow', { command: 'rebooted' }],
    [
      'takes a command too long to search for one it means',
      'command: zzz',
      ['web1'],
      'deny',
      { command: 'a'.repeat(70_000) },
    ],
    ['means kinds of action', 'action: command', ['web1'], 'deny'],
    ['means a person', 'subject: ada', ['web1'], 'deny'],
    ['means no other person', 'subject: bob', ['web1'], 'allow'],
    ['means an agent', 'subject: [ai, schedule]', ['web1'], 'deny', { who: { as: 'ai' } }],
    ['does not take a person for an agent', 'subject: ai', ['web1'], 'allow'],
    ['takes an agent also for its person', 'subject: ada', ['web1'], 'deny', { who: { as: 'ai' } }],
    ['speaks of what it names', 'capability: reach', ['web1'], 'allow'],
  ];
  for (const [name, text, nodes, expected, change] of rules) {
    it(`of a rule ${name}`, () => {
      const rule = text.startsWith('{')
        ? `- ${text.replace('{', '{ decision: deny,')}`
        : `- decision: deny\n  ${text}`;
      assert.equal(verdict(nodes, `rules:\n${rule}`, change), expected);
    });
  }

  it('means a playbook with steps of a kind where it makes things stricter, and only there', () => {
    const asked = { action: { type: 'playbook' as const, kinds: ['copy' as const], texts: [] } };
    assert.equal(verdict(['web1'], 'rules: [{ decision: deny, action: copy }]', { asked }), 'deny');
    assert.equal(verdict(['web1'], 'rules: [{ decision: deny, action: fetch }]', { asked }), 'allow');
    const allowed = 'default: deny\nrules: [{ decision: allow, action: copy }]';
    assert.equal(verdict(['web1'], allowed, { asked }), 'deny');
  });

  it('falls back to the default for nodes of which no rule speaks', () => {
    const text = "default: deny\nrules:\n- { decision: allow, targets: tag:lab, command: '^uptime$' }";
    assert.equal(verdict(['lab1'], text), 'allow');
    assert.equal(verdict(['lab1', 'web1'], text), 'deny');
    assert.equal(verdict(['lab1'], text, { command: 'uptime; reboot' }), 'deny');
  });

  it('does not let an agent have what only its person is allowed, nor an alias what a node is', () => {
    const text = 'default: deny\nrules:\n- { decision: allow, subject: ada, targets: db01 }';
    assert.equal(verdict(['db01'], text), 'allow');
    assert.equal(verdict(['db01'], text, { who: { as: 'ai' } }), 'deny');
    const index = indexOf('  db01: 10.0.0.5\n  other: 10.0.0.5');
    assert.equal(verdict(['other'], text, { index }), 'deny');
  });

  it('asks for the number of protected nodes, unless the person or the machine has other tags', () => {
    const index = indexOf('  a: { tags: [protected] }\n  b: { tags: [prod] }');
    assert.equal(decide(['a'], { index }).expected, '1');
    assert.equal(verdict(['a'], 'protectedTags: []', { index }), 'allow');
    assert.equal(verdict(['b'], 'protectedTags: prod', { index }), 'typed-confirm');
    const workspace = [policyOf('protectedTags: prod', 'workspace')];
    assert.deepEqual(
      ['a', 'b'].map((node) => decide([node], { index, policies: workspace }).verdict),
      ['typed-confirm', 'typed-confirm'],
    );
  });

  it('asks by the number of nodes, by the lowest limit of all files', () => {
    const four = ['web1', 'web2', 'web3', 'lab1'];
    assert.equal(verdict(four, 'confirmAbove: 3'), 'confirm');
    assert.equal(verdict(four, 'confirmAbove: 4'), 'allow');
    assert.equal(verdict(four, 'confirmAbove: 1\ntypedAbove: 3'), 'typed-confirm');
    const policies = [policyOf('typedAbove: 2', 'machine'), policyOf('typedAbove: 100', 'workspace')];
    assert.equal(decide(four, { policies }).verdict, 'typed-confirm');
  });

  it('is to deny everything while it is frozen, by a person or by a file', () => {
    const frozen = (until: number) => ({ rules: { policies: { freeze: { reason: 'closing', until } } } });
    const denied = decide(['web1'], frozen(now + 1000));
    assert.match(denied.reasons[0]?.message ?? '', /^Frozen until 2026-11-21 12:00 UTC: closing\./);
    assert.equal(decide(['web1'], frozen(now)).verdict, 'allow');
    assert.equal(verdict(['web1'], 'freeze: { reason: closing }'), 'deny');
    assert.equal(verdict(['web1'], "freeze: { reason: closing, until: '2026-11-21T12:00:00Z' }"), 'allow');
    for (const capability of ['reach', 'terminal', 'approve'] as const)
      assert.equal(verdict(['web1'], 'freeze: { reason: x }', { asked: { capability } }), 'deny', capability);
  });

  it('lets only denials count for what nobody can confirm', () => {
    const index = indexOf('  a: { tags: [protected] }');
    assert.equal(decide(['a'], { index, asked: { capability: 'terminal' } }).verdict, 'allow');
    const text = 'rules: [{ decision: deny, tags: protected }]';
    assert.equal(verdict(['a'], text, { index, asked: { capability: 'terminal' } }), 'deny');
    assert.equal(verdict(['a'], text, { index, asked: { capability: 'reach' } }), 'allow');
  });

  it('names the rule, its line, the nodes and its own words', () => {
    const text = 'rules:\n- name: no agents\n  decision: deny\n  targets: tag:prod\n  reason: Ask Ada.';
    const [reason] = decide(['web1', 'web2', 'lab1'], { policies: [policyOf(text)] }).reasons;
    assert.equal(reason?.message, 'Denied by the rule "no agents" (user.yaml:2), for web1 web2. Ask Ada.');
    assert.equal(reason?.place?.range?.line, 2);
  });
});

describe('an approval', () => {
  const decision = (asked: Exclude<Verdict, 'allow'>) =>
    decisionOf([{ verdict: asked, message: 'Why.' }], 12);

  it('is enough where it says what is asked for', () => {
    assert.equal(unmet(decision('confirm'), { confirmed: true }), undefined);
    assert.equal(unmet(decision('typed-confirm'), { typed: ' 12 ' }), undefined);
    assert.equal(unmet(decisionOf([], 12), {}), undefined);
  });

  it('is not enough where it says something else', () => {
    assert.equal(unmet(decision('confirm'), {}), 'Why.\nSomebody has to say yes.');
    assert.equal(unmet(decision('typed-confirm'), { confirmed: true }), 'Why.\nWhat has to be typed is 12.');
    assert.equal(
      unmet(decision('typed-confirm'), { typed: '11' }),
      'Why.\nWhat has to be typed is 12, not "11".',
    );
    assert.equal(unmet(decision('deny'), { confirmed: true, typed: '12' }), 'Why.');
  });
});

describe('R-R2: a rule about a node also means it by another name', () => {
  const node = (entry: string) =>
    indexOf(`  db01: { host: db01.example.com, port: 22, tags: [protected] }\n  other: ${entry}`);
  const address = (entry: string) =>
    indexOf(`  db01: { host: 10.0.0.5, tags: [protected] }\n  other: ${entry}`);
  const six = indexOf(
    '  db01: { host: "2001:db8::5", tags: [protected] }\n  other: { host: "2001:0DB8:0::5" }',
  );
  const known = new Map([
    ['db01.example.com', ['10.0.0.5']],
    ['alias.example.com', ['10.0.0.5', '10.0.0.6']],
    ['elsewhere.example.com', ['10.0.0.9']],
  ]);
  const table: readonly (readonly [string, ReturnType<typeof indexOf>, Verdict])[] = [
    ['the same address', address('10.0.0.5'), 'typed-confirm'],
    ['another account', address('root@10.0.0.5'), 'typed-confirm'],
    ['a short spelling of the address', address('{ host: "10.5" }'), 'typed-confirm'],
    ['a hexadecimal spelling', address('{ host: "0x0a.0.0.5" }'), 'typed-confirm'],
    ['an IPv4-mapped IPv6 spelling', address('{ host: "::ffff:10.0.0.5" }'), 'typed-confirm'],
    ['another spelling of IPv6', six, 'typed-confirm'],
    ['another case', node('DB01.EXAMPLE.COM'), 'typed-confirm'],
    ['a dot at the end', node('db01.example.com.'), 'typed-confirm'],
    ['the short name', node('{ host: db01 }'), 'typed-confirm'],
    ['the address of the name', node('10.0.0.5'), 'typed-confirm'],
    ['a name with that address (CNAME)', node('alias.example.com'), 'typed-confirm'],
    ['behind a jump host', node('{ host: 10.0.0.5, jump: gate.example.com }'), 'typed-confirm'],
    ['another port, which is another machine', node('db01.example.com:2222'), 'allow'],
    ['another name with another address', node('elsewhere.example.com'), 'allow'],
    ['another domain', node('db01.example.org'), 'allow'],
    ['a local node', node('{ transport: local, cwd: . }'), 'allow'],
  ];
  for (const [name, index, expected] of table) {
    it(name, () => assert.equal(decide(['other'], { index, rules: { addresses: known } }).verdict, expected));
  }

  it('by tag, selection and address alike', () => {
    const index = node('alias.example.com');
    for (const about of ['tags: protected', 'targets: db01', 'targets: tag:protected', 'hosts: 10.0.0.5']) {
      const policies = [policyOf(`rules:\n- decision: deny\n  ${about}`)];
      assert.equal(
        decide(['other'], { index, policies, rules: { addresses: known } }).verdict,
        'deny',
        about,
      );
    }
  });

  it('says which node it is', () => {
    const [reason] = decide(['other'], { index: address('10.0.0.5') }).reasons;
    assert.match(reason?.message ?? '', /^other \(which is db01\) is protected \(tag "protected"\)/);
  });

  it('in a group inside a group', () => {
    const index = indexOf('  x: {}\ngroups:\n  outer: { groups: [inner] }\n  inner: { nodes: x }');
    const policies = [policyOf('rules: [{ decision: deny, targets: "@outer" }]')];
    assert.equal(decide(['x'], { policies, index }).verdict, 'deny');
  });
});
