import type { DocumentLink } from 'vscode-languageserver-types';
import type { MusterDocument } from '../document.ts';
import { factsOf } from '../facts.ts';
import { canonicalUri } from '../uris.ts';
import type { Workspace } from '../workspace.ts';

/** Paths of files in a document, as far as they are known to be there. */
export function documentLinks(document: MusterDocument, workspace: Workspace): readonly DocumentLink[] {
  const facts = workspace.facts(canonicalUri(document.document.uri)) ?? factsOf(document);
  return facts.occurrences
    .filter(({ kinds, name }) => kinds.includes('file') && workspace.exists(name) !== false)
    .map(({ range, name }) => ({ range, target: name }));
}
