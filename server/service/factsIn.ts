import type { MusterDocument } from './document.ts';
import type { Facts } from './facts/occurrence.ts';
import { factsOf } from './facts.ts';
import { canonicalUri } from './uris.ts';
import type { Workspace } from './workspace.ts';

/** The names in a document: what the workspace knows of it, and else what is read of it alone. */
export function factsIn(document: MusterDocument, workspace: Workspace): Facts {
  return workspace.facts(canonicalUri(document.document.uri)) ?? factsOf(document);
}
