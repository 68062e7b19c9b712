import type { SymbolInformation } from 'vscode-languageserver-types';
import { SymbolKind as Kind } from 'vscode-languageserver-types';
import type { SymbolKind } from '../facts/occurrence.ts';
import { nameOf } from '../uris.ts';
import type { Token, Workspace } from '../workspace.ts';

/** Symbols in one answer; the editor asks again as the word grows. */
const most = 500;

const kinds: Readonly<Record<SymbolKind, Kind>> = {
  node: Kind.Object,
  group: Kind.Module,
  tag: Kind.Key,
  var: Kind.Variable,
  register: Kind.Variable,
  param: Kind.TypeParameter,
  secret: Kind.Key,
  service: Kind.Interface,
  step: Kind.Function,
  handler: Kind.Event,
  title: Kind.Function,
  file: Kind.File,
};

/** Nodes, groups, tags, variables and steps of all files, and the playbooks and tasks themselves, whose names fit. */
export function workspaceSymbols(query: string, workspace: Workspace, token?: Token): SymbolInformation[] {
  const fits = matcher(query);
  const found: SymbolInformation[] = [];
  for (const uri of workspace.uris) {
    if (token?.isCancellationRequested) return [];
    const facts = workspace.facts(uri);
    if (!facts) continue;
    const file = nameOf(uri);
    if (fits(file))
      found.push({ name: file, kind: Kind.File, location: { uri: facts.uri, range: beginning } });
    const seen = new Set<string>();
    for (const {
      role,
      kinds: [kind = 'node'],
      name,
      range,
    } of facts.occurrences) {
      if (role !== 'declaration' || !fits(name) || seen.has(`${kind} ${name}`)) continue;
      seen.add(`${kind} ${name}`);
      found.push({ name, kind: kinds[kind], location: { uri: facts.uri, range }, containerName: file });
      if (found.length >= most) return found;
    }
  }
  return found;
}

const beginning = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** The letters of the query in their order, as editors match; capitals are of no account. */
function matcher(query: string): (name: string) => boolean {
  const letters = query.toLowerCase().replaceAll(/\s/g, '');
  return (name) => {
    const text = name.toLowerCase();
    let at = 0;
    for (const letter of letters) {
      at = text.indexOf(letter, at) + 1;
      if (at === 0) return false;
    }
    return true;
  };
}
