import assert from 'node:assert/strict';
import type { IGrammar } from 'vscode-textmate';
import { playbookGrammar, wordsOf } from './grammars.ts';

/** What stands in for the grammars of VS Code. As there, the value of a key is a rule of its own, up to the next key. */
const yaml = {
  scopeName: 'source.yaml',
  patterns: [
    { match: '#.*$', name: 'comment.line.number-sign.yaml' },
    { match: '[\\w]+(?=:)', name: 'entity.name.tag.yaml' },
    {
      begin: ':(?= |$)',
      while: '^(?![\\w#])',
      patterns: [{ match: '[^\\s{}:]+', name: 'string.unquoted.plain.out.yaml' }],
    },
  ],
  repository: {},
};
const shell = {
  scopeName: 'source.shell',
  patterns: [
    { match: '\\b(?:set|echo|for|done)\\b', name: 'support.function.builtin.shell' },
    { match: '\\$\\w+', name: 'variable.other.normal.shell' },
  ],
  repository: { typical_statements: { patterns: [{ include: '$self' }] } },
};

describe('the grammar of playbooks', () => {
  let grammar: IGrammar;
  before(async () => {
    grammar = await playbookGrammar(
      new Map<string, unknown>([
        ['source.yaml', yaml],
        ['source.shell', shell],
      ]),
    );
  });

  const text = [
    'run: |',
    '  set -eu',
    '',
    '  echo $HOME {{ vars.port | quote }}',
    'name: echo',
    'script: >-',
    '  echo two',
    'id: echo',
  ].join('\n');

  it('reads the text of block scalars as shell, up to the next key', () => {
    assert.deepEqual(wordsOf(grammar, text, 'support.function.builtin.shell'), ['set', 'echo', 'echo']);
    assert.deepEqual(wordsOf(grammar, text, 'variable.other.normal.shell'), ['$HOME']);
  });

  it('reads what is between braces as an expression, in shell and in any other text', () => {
    assert.deepEqual(wordsOf(grammar, text, 'support.function.muster'), ['quote']);
    assert.deepEqual(wordsOf(grammar, text, 'support.variable.muster'), ['vars']);
    const one = 'url: http://{{ node.host }}/{{ params.a if vars.b else "x" }}';
    assert.deepEqual(wordsOf(grammar, one, 'support.variable.muster'), ['node', 'params', 'vars']);
    assert.deepEqual(wordsOf(grammar, one, 'keyword.operator.logical.muster'), ['if', 'else']);
    assert.deepEqual(wordsOf(grammar, one, 'string.quoted.double.muster'), ['"x"']);
  });

  it('ends an expression that nobody closed with its line', () => {
    assert.deepEqual(wordsOf(grammar, 'name: {{ vars.a\nother: b', 'meta.template'), [
      '{{',
      'vars',
      '.',
      'a',
    ]);
  });

  it('leaves keys, comments and texts of other keys alone', () => {
    assert.deepEqual(wordsOf(grammar, text, 'entity.name.tag.yaml'), ['run', 'name', 'script', 'id']);
    assert.deepEqual(wordsOf(grammar, 'description: |\n  echo {{ x\n# {{ vars.a }}\n', 'support'), []);
  });
});
