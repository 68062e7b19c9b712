import type { DocumentHighlight, Location, Position } from 'vscode-languageserver-types';
import { DocumentHighlightKind } from 'vscode-languageserver-types';
import type { MusterDocument } from '../document.ts';
import type { Workspace } from '../workspace.ts';
import { withFilled } from './filled.ts';
import { locationOf } from './locations.ts';
import { meaningAt } from './meaning.ts';

/** Everywhere that the name at a place is used, also inside of ranges, selections and templates. */
export function references(
  document: MusterDocument,
  { position, declarations }: { readonly position: Position; readonly declarations: 'included' | 'left out' },
  workspace: Workspace,
): readonly Location[] | undefined {
  const found = meaningAt(document, position, workspace);
  if (!found) return undefined;
  const meaning = withFilled(found, workspace);
  const declared = declarations === 'included' ? meaning.declarations : [];
  return [...declared, ...meaning.references].map(locationOf);
}

/** The same in this document alone: where the name comes from, and where it is used. */
export function documentHighlight(
  document: MusterDocument,
  position: Position,
  workspace: Workspace,
): readonly DocumentHighlight[] | undefined {
  const meaning = meaningAt(document, position, workspace);
  const { uri } = document.document;
  return (
    meaning &&
    [...meaning.declarations, ...meaning.references]
      .filter((each) => each.uri === uri)
      .map(({ range, role }) => ({
        range,
        kind: role === 'declaration' ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
      }))
  );
}
