import { CompletionItemKind } from 'vscode-languageserver-types';
import { nameOf, relativePath, resolveUri } from '../uris.ts';
import type { Offer } from './item.ts';
import type { Offered, Place } from './place.ts';

/** Files of the workspace: those of the kind that is wanted by their whole path, then what is in the folder that was typed. */
export function fileOffers(place: Place, kind: 'task' | 'playbook' | 'file'): Offered {
  const { text, offset, cursor, document, workspace } = place;
  const rest = /^[^\s,\]}"']*/.exec(text.slice(offset, offset + 500))?.[0].length ?? 0;
  const typed = text.slice(cursor.start, offset);
  const own = document.uri;
  const ending = kind === 'file' ? undefined : `.${kind}.yaml`;
  const known =
    ending === undefined ? [] : workspace.uris.filter((uri) => uri.endsWith(ending) && uri !== own);
  const whole = known.map((uri, rank): Offer => {
    const path = relativePath(own, uri);
    return { label: path, kind: CompletionItemKind.File, detail: nameOf(uri), rank };
  });
  const offers = [...whole, ...inFolder(place, { typed, ending })];
  const unique = offers.filter(({ label }, at) => offers.findIndex((other) => other.label === label) === at);
  return { start: cursor.start, end: offset + rest, offers: unique };
}

function inFolder(
  { document, workspace }: Place,
  { typed, ending }: { typed: string; ending: string | undefined },
): readonly Offer[] {
  const above = typed.slice(0, typed.lastIndexOf('/') + 1);
  const folder = resolveUri(document.uri, above === '' ? '.' : above);
  const entries = (folder === undefined ? undefined : workspace.list(folder)) ?? [];
  const prefix = above === '' ? './' : above;
  return entries
    .filter(
      ({ name, isFolder }) =>
        !name.startsWith('.') && (isFolder || ending === undefined || name.endsWith(ending)),
    )
    .map(({ name, isFolder }, at) => ({
      label: `${prefix}${name}${isFolder ? '/' : ''}`,
      kind: isFolder ? CompletionItemKind.Folder : CompletionItemKind.File,
      rank: 200 + at,
    }));
}
