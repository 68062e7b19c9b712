import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import oniguruma from 'vscode-oniguruma';
import textmate, { type IGrammar } from 'vscode-textmate';
import { root } from '../house/repository.ts';

const require = createRequire(import.meta.url);

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
  repository: {},
};

async function loadGrammar(): Promise<IGrammar> {
  const wasm = readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'));
  await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  const own = (file: string): unknown => JSON.parse(readFileSync(join(root, 'media', file), 'utf8'));
  const grammars = new Map<string, unknown>([
    ['source.yaml', yaml],
    ['source.shell', shell],
    ['source.yaml.muster', own('muster.tmLanguage.json')],
    ['muster.embedded', own('muster-embedded.tmLanguage.json')],
  ]);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: (scope) => Promise.resolve(grammars.get(scope) as never),
    getInjections: (scope) => (scope === 'source.yaml.muster' ? ['muster.embedded'] : []),
  });
  const grammar = await registry.loadGrammar('source.yaml.muster');
  assert.ok(grammar);
  return grammar;
}

/** Each word that has the scope, line by line. */
function wordsOf(grammar: IGrammar, text: string, scope: string): readonly string[] {
  const found: string[] = [];
  let state = textmate.INITIAL;
  for (const line of text.split('\n')) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    for (const { startIndex, endIndex, scopes } of tokens)
      if (scopes.some((each) => each.startsWith(scope))) found.push(line.slice(startIndex, endIndex).trim());
    state = ruleStack;
  }
  return found.filter((word) => word !== '');
}

describe('the grammar of playbooks', () => {
  let grammar: IGrammar;
  before(async () => {
    grammar = await loadGrammar();
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
