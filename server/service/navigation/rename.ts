import type {
  ChangeAnnotation,
  Position,
  Range,
  TextDocumentEdit,
  WorkspaceEdit,
} from 'vscode-languageserver-types';
import type { Pattern } from '../../../core/selection/nodeset/pattern.ts';
import type { MusterDocument } from '../document.ts';
import type { Occurrence } from '../facts/occurrence.ts';
import { canonicalUri, nameOf } from '../uris.ts';
import type { Workspace } from '../workspace.ts';
import type { Meaning } from './meaning.ts';
import { withFilled } from './filled.ts';
import { meaningAt } from './meaning.ts';
import { takenBy, words } from './taken.ts';

/** Why something can not be renamed, and what to do instead. */
export type Refusal = { readonly refusal: string };

/** What would be renamed at a place, or why that can not be done. */
export function prepareRename(
  document: MusterDocument,
  position: Position,
  workspace: Workspace,
): { readonly range: Range; readonly placeholder: string } | Refusal | undefined {
  const meaning = meaningAt(document, position, workspace);
  if (!meaning) return undefined;
  return refusalOf(meaning, workspace) ?? { range: meaning.at.range, placeholder: meaning.at.name };
}

/** The edits that give a name another, in all files; those of files that are not open wait for a person's yes. */
export function rename(
  document: MusterDocument,
  { position, newName }: { readonly position: Position; readonly newName: string },
  workspace: Workspace,
): WorkspaceEdit | Refusal | undefined {
  const meaning = meaningAt(document, position, workspace);
  if (!meaning) return undefined;
  const refusal = refusalOf(meaning, workspace) ?? newNameRefusal(meaning, newName, workspace);
  if (refusal) return refusal;
  if (newName === meaning.at.name) return { documentChanges: [] };
  const { declarations, references } = withFilled(meaning, workspace);
  const places = [...declarations, ...references].filter(({ pattern }) => !pattern);
  const changes = new Map<string, TextDocumentEdit>();
  for (const { uri, range } of places) {
    const version = workspace.openVersion(canonicalUri(uri)) ?? null;
    const change = changes.get(uri) ?? { textDocument: { uri, version }, edits: [] };
    const isOpen = version !== null;
    change.edits.push({ range, newText: newName, ...(!isOpen && { annotationId: unseen }) });
    changes.set(uri, change);
  }
  const documentChanges = [...changes.values()];
  const isAnnotated = documentChanges.some(({ textDocument }) => textDocument.version === null);
  return { documentChanges, ...(isAnnotated && { changeAnnotations: { [unseen]: annotation } }) };
}

const unseen = 'unseen';
const annotation: ChangeAnnotation = {
  label: 'Files that are not open',
  description: 'Look at these places before they are changed.',
  needsConfirmation: true,
};

/** Why this can not be renamed at all. */
function refusalOf(
  { at, query, declarations, references }: Meaning,
  workspace: Workspace,
): Refusal | undefined {
  const [kind = 'node'] = query.kinds;
  if (kind === 'file')
    return { refusal: 'This is a path. Rename the file itself, then write its new path here.' };
  if (at.pattern)
    return { refusal: `“${at.name}” stands for several names. Write the one out that you want to rename.` };
  const range = [...declarations, ...references].find(({ pattern }) => pattern && hasRange(pattern));
  if (range) {
    const place = `${nameOf(range.uri)}, line ${range.range.start.line + 1}`;
    return { refusal: `“${at.name}” is part of “${range.name}” (${place}). Write it out there first.` };
  }
  if (declarations.length > 0) return undefined;
  const source = elsewhere(at, workspace);
  if (source !== undefined) return { refusal: `“${at.name}” comes from ${source}. Rename it there.` };
  return { refusal: `Nothing here declares the ${words[kind]} “${at.name}”.` };
}

function hasRange(pattern: Pattern): boolean {
  return pattern.some(({ type }) => type === 'range');
}

/** The source of a node or group that no file of ours has. */
function elsewhere({ kinds, name }: Occurrence, { inventory }: Workspace): string | undefined {
  const node = kinds.includes('node') ? inventory.nodes.get(name) : undefined;
  const group = kinds.includes('group') ? inventory.groups.get(name) : undefined;
  const source = (node ?? group)?.origin.source;
  return source === undefined || source === '' ? undefined : nameOf(source);
}

/** Why it can not have this name. */
function newNameRefusal(meaning: Meaning, newName: string, workspace: Workspace): Refusal | undefined {
  const { query } = meaning;
  const [kind = 'node'] = query.kinds;
  const isEntity = kind === 'node' || kind === 'group' || kind === 'tag';
  if (isEntity && (!/^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_.-]*$/u.test(newName) || reserved.test(newName)))
    return { refusal: `“${newName}” needs quotes. Write letters, digits, dots, hyphens and underscores.` };
  if (!isEntity && !/^[A-Za-z_][A-Za-z0-9_]*$/.test(newName))
    return { refusal: `“${newName}” can not stand in an expression. Write letters, digits and underscores.` };
  if (!isEntity && reserved.test(newName)) return { refusal: `“${newName}” has a meaning of its own.` };
  if (newName === query.name) return undefined;
  const refusal = takenBy(meaning, newName, workspace);
  return refusal === undefined ? undefined : { refusal };
}

/** What YAML or a selection would read as something else. */
const reserved = /^(?:all|none|null|true|false|yes|no|on|off)$/i;
