import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import oniguruma from 'vscode-oniguruma';
import textmate, { type IGrammar } from 'vscode-textmate';
import { root } from '../house/repository.ts';

const require = createRequire(import.meta.url);

/** The grammar of playbooks, with others for YAML and for shells below it, by their scopes. */
export async function playbookGrammar(below: ReadonlyMap<string, unknown>): Promise<IGrammar> {
  const wasm = readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'));
  await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  const own = (file: string): unknown => readJson(join(root, 'media', file));
  const grammars = new Map<string, unknown>([
    ...below,
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

export function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** Each word that has the scope, line by line. */
export function wordsOf(grammar: IGrammar, text: string, scope: string): readonly string[] {
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
