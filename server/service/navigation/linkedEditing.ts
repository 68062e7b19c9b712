import type { Position, Range } from 'vscode-languageserver-types';
import type { MusterDocument } from '../document.ts';
import type { SymbolKind } from '../facts/occurrence.ts';
import type { Workspace } from '../workspace.ts';
import { withFilled } from './filled.ts';
import { meaningAt } from './meaning.ts';

/** Places that change together while somebody types, and what a name may be made of. */
export type Linked = { ranges: Range[]; wordPattern: string };

const own: ReadonlySet<SymbolKind> = new Set(['step', 'handler', 'param', 'register', 'var', 'secret']);

/**
 * Where an id, parameter, variable or secret is declared, all its uses change with it. Only from there, since who changes
 * a use mostly means another one; and only what no other file knows, since those would not change.
 */
export function linkedEditing(
  document: MusterDocument,
  position: Position,
  workspace: Workspace,
): Linked | undefined {
  const found = meaningAt(document, position, workspace);
  if (!found || found.at.role !== 'declaration') return undefined;
  const meaning = withFilled(found, workspace);
  if (!meaning.query.kinds.every((kind) => own.has(kind)) || meaning.declarations.length > 1)
    return undefined;
  const places = [...meaning.declarations, ...meaning.references];
  const isPlain = places.every(
    ({ uri, pattern, range }) =>
      uri === document.document.uri && !pattern && document.document.getText(range) === meaning.at.name,
  );
  if (places.length < 2 || !isPlain) return undefined;
  return { ranges: places.map(({ range }) => range), wordPattern: '[A-Za-z_][A-Za-z0-9_-]*' };
}
