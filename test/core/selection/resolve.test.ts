import assert from 'node:assert/strict';
import type { InventoryIndex } from '../../../core/inventory/model.ts';
import { parseSelection } from '../../../core/selection/parse.ts';
import type { Resolved, ResolveOptions } from '../../../core/selection/resolve.ts';
import { resolveSelection } from '../../../core/selection/resolve.ts';
import { foldForDisplay } from '../../../core/selection/nodeset.ts';
import { fleet, group, letters, node, source } from './fleet.ts';

const web = Array.from({ length: 41 }, (_unused, at) =>
  node(`web${String(at + 1).padStart(2, '0')}`, { tags: at < 20 ? ['web', 'prod'] : ['web'] }),
);
const site = fleet(
  [
    ...web,
    node('db01', { tags: ['prod'], source: 'ansible/hosts.ini' }),
    node('2001:db8::1'),
    node('build', { transport: 'local' }),
    node('both'),
  ],
  [
    group('frontend', ['web02', 'web01']),
    group('site', ['db01'], ['frontend']),
    group('both', ['web03']),
    group('tag:x', ['web05']),
    group('empty', []),
    group('loop', ['web06'], ['loop']),
  ],
  [source('ansible/hosts.ini', 'ok'), source('/home/me/inventory.yaml', 'ok')],
);

function resolve(text: string, index: InventoryIndex = site, options: ResolveOptions = {}): Resolved {
  const { selection, problems } = parseSelection(text);
  assert.deepEqual(problems, []);
  assert.ok(selection);
  return resolveSelection(selection, index, options);
}

function nodesOf(text: string, index: InventoryIndex = site): string {
  const { nodes, problems } = resolve(text, index);
  assert.deepEqual(problems, []);
  return foldForDisplay(nodes);
}

function messagesOf(text: string, options: ResolveOptions = {}): string[] {
  const { nodes, problems } = resolve(text, site, options);
  assert.deepEqual(nodes, []);
  return problems.map(({ severity, message, fix = '' }) => `${severity}: ${message} ${fix}`.trim());
}

describe('Resolving a selection', () => {
  const found: readonly (readonly [string, string])[] = [
    ['web*,!web13', 'web[01-12,14-41]'],
    ['web[01-09/4]', 'web[01,05,09]'],
    ['web02,web01,web02', 'web01 web02'],
    ['@frontend', 'web01 web02'],
    ['group:site', 'web[01-02] db01'],
    ['frontend', 'web01 web02'],
    ['group:"tag:x"', 'web05'],
    ['@loop', 'web06'],
    ['@empty', ''],
    ['node:both', 'both'],
    ['group:both', 'web03'],
    ['tag:prod & web1*', 'web[10-19]'],
    ['tag:p* !web*', 'db01'],
    ['~/^web0\\d$/ & tag:prod', 'web[01-09]'],
    ['group:~/^fr/', 'web01 web02'],
    ['tag:~/^(prod|x)$/ & db*', 'db01'],
    ['source:hosts.ini', 'db01'],
    ['source:ansible/hosts.ini', 'db01'],
    ['source:*.ini', 'db01'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['2001:db8::1', '2001:db8::1'],
    ['all & ~/^b/', 'both'],
    ['all,build & ~/^b/', 'web[01-41] db01 2001:db8::1 build both'],
    ['all & build', ''],
    ['build', 'build'],
  ];
  for (const [text, expected] of found) {
    it(`gives ${expected || 'nothing'} for “${text}” in a site`, () => {
      assert.equal(nodesOf(text), expected);
    });
  }

  it('leaves local nodes out of all', () => assert.ok(!resolve('all').nodes.includes('build')));

  it('lists all unknown names with what may have been meant', () => {
    const { nodes, problems } = resolve('@fronted,web[42-44]');
    assert.deepEqual(nodes, []);
    assert.deepEqual(problems, [
      {
        code: 'SELECTION_UNKNOWN',
        severity: 'error',
        message: 'Not found: @fronted (did you mean @frontend?), web[42-44] (there is web[01-41]).',
        range: { start: 0, end: 8, line: 1, column: 1 },
      },
    ]);
  });

  const unknown: readonly (readonly [string, string])[] = [
    ['fronted', 'Not found: fronted (did you mean @frontend?).'],
    ['@db01', 'Not found: @db01 (did you mean db01?).'],
    ['prod', 'Not found: prod (did you mean tag:prod?).'],
    ['tag:prdo', 'Not found: tag:prdo (did you mean tag:prod?).'],
    ['@tag:y', 'Not found: @"tag:y" (did you mean @"tag:x"?).'],
    ['web42,db02,web43', 'Not found: web[42-43] (there is web[01-41]), db02.'],
    ['source:host.ini', 'Not found: source:host.ini (did you mean source:hosts.ini?).'],
    ['source:inventry.yaml', 'Not found: source:inventry.yaml (did you mean source:inventory.yaml?).'],
    ['zzzzzzzz', 'Not found: zzzzzzzz.'],
    ['front*', 'Not found: front* (did you mean @front*?).'],
    ['~/^nothing$/', 'Not found: ~/^nothing$/.'],
    ['all !web99', 'Not found: web99 (there is web[01-41]).'],
    ['all !web99*', 'Not found: web99*.'],
    ['all & !@fronted', 'Not found: @fronted (did you mean @frontend?).'],
  ];
  for (const [text, expected] of unknown) {
    it(`refuses “${text}”: ${expected}`, () => assert.deepEqual(messagesOf(text), [`error: ${expected}`]));
  }

  it('refuses a name that is a node and a group, and says how to write each', () => {
    assert.deepEqual(messagesOf('both'), [
      'error: both is both a node and a group. Write node:both or group:both.',
    ]);
  });

  it('warns when a union brings back what was excluded', () => {
    const example = resolve('a,!b,b', letters);
    assert.deepEqual(example.nodes, ['ab', 'ac', 'bc', 'abc', 'onlya', 'onlyb']);
    assert.equal(example.problems[0]?.message, 'ab bc abc onlyb were excluded and are added again.');
    const { nodes, problems } = resolve('web01,web02,!web02,web02');
    assert.deepEqual(nodes, ['web01', 'web02']);
    assert.deepEqual(
      problems.map(({ severity, message, range }) => [severity, message, range?.column]),
      [['warning', 'web02 was excluded and is added again.', 20]],
    );
  });

  it('selects nothing by facts, with a warning; where that would widen the result it is an error', () => {
    const included = resolve('web01,fact:os.id=debian');
    assert.deepEqual(included.nodes, ['web01']);
    assert.equal(included.problems[0]?.severity, 'warning');
    for (const text of [
      'all !fact:a=1',
      'all & !fact:a',
      'all ^ fact:a',
      'fact:a ^ all',
      'all !(web01,fact:a)',
    ]) {
      assert.match(messagesOf(text)[0] ?? '', /^error: No node has the fact a: fact:a/);
    }
  });

  it('reads files with one selection a line', () => {
    const files = (path: string) =>
      path === 'my nodes.txt' ? '# ours\nweb01\n\n  @site !db01\r\nweb[03-04]\n' : undefined;
    assert.deepEqual(resolve('file:"my nodes.txt" !web02', site, { files }).nodes, [
      'web01',
      'web03',
      'web04',
    ]);
    assert.deepEqual(messagesOf('file:other.txt', { files }), [
      'error: other.txt cannot be read. Check the path.',
    ]);
    assert.deepEqual(messagesOf('file:other.txt'), ['error: other.txt cannot be read. Check the path.']);
  });

  it('says file and line of what is wrong in a file, and follows no file from a file', () => {
    const files = (path: string) => (path === 'a' ? 'web01\nweb01 web02\n' : 'file:a\n');
    const { problems } = resolve('file:a', site, { files });
    assert.deepEqual([problems[0]?.file, problems[0]?.range?.line, problems[0]?.range?.column], ['a', 2, 7]);
    assert.match(messagesOf('file:b', { files })[0] ?? '', /b names another file/);
  });

  it('counts ranges before it makes names', () => {
    const text = Array.from({ length: 5 }, () => 'n[1-1000000]x[1-1000000]').join(',');
    assert.ok(messagesOf(text).every((message) => message.includes('too many names')));
  });

  it('takes __proto__ and constructor for the unknown names they are', () => {
    assert.match(
      messagesOf('__proto__,@constructor,tag:toString')[0] ?? '',
      /Not found: __proto__.*@constructor.*tag:toString/,
    );
  });
});
