import { CompletionItemKind } from 'vscode-languageserver-types';
import type { Path } from '../../../core/yaml/places.ts';
import { type OutlineEntry, outlineOf } from '../cursor/outline.ts';
import { resolveUri } from '../uris.ts';
import type { Offer } from './item.ts';
import { escaped } from './keySnippet.ts';
import type { Place } from './place.ts';

/** Variables that many programs look at. */
const knownVariables = [
  'LANG',
  'LC_ALL',
  'PATH',
  'HOME',
  'TZ',
  'DEBIAN_FRONTEND',
  'http_proxy',
  'https_proxy',
  'no_proxy',
];

/** Names where a map has names of people's own: parameters of a task behind `with`, variables of the environment. */
export function mapKeyOffers(place: Place): readonly Offer[] {
  const { cursor, slot, text } = place;
  const isKey = cursor.where === 'line' || cursor.where === 'flow-key';
  if (!isKey || cursor.isAmongItems || !slot.shapes.some(({ kind }) => kind === 'map')) return [];
  const names = namesFor(place, outlineOf(text));
  const hasColon = /^[\w.-]*\s*:/.test(text.slice(place.offset, place.offset + 200));
  return names
    .filter(({ name }) => !cursor.present.has(name))
    .map(({ name, detail }, rank) => ({
      label: name,
      kind: CompletionItemKind.Property,
      detail,
      rank,
      ...(!hasColon && { text: `${escaped(name)}: $0`, isSnippet: true }),
    }));
}

type Name = { readonly name: string; readonly detail: string };

function namesFor(place: Place, outline: readonly OutlineEntry[]): readonly Name[] {
  const { path } = place.cursor;
  const section = path.at(-1);
  if (section === 'with') return paramsOf(place, outline, path.slice(0, -1));
  if (section !== 'env') return [];
  const used = outline.flatMap(({ path }) => (path.at(-2) === 'env' ? [String(path.at(-1))] : []));
  return [...new Set([...used, ...knownVariables])].map((name) => ({
    name,
    detail: 'variable of the environment',
  }));
}

/** Parameters of the task or playbook that a step names. */
function paramsOf(
  { document, workspace }: Place,
  outline: readonly OutlineEntry[],
  step: Path,
): readonly Name[] {
  const file = outline.find(
    ({ path }) =>
      path.length === step.length + 1 &&
      (path.at(-1) === 'task' || path.at(-1) === 'playbook') &&
      step.every((each, at) => path[at] === each),
  )?.value;
  const uri = file === undefined ? undefined : resolveUri(document.uri, file);
  const params = uri === undefined ? undefined : workspace.document(uri)?.parsed.writtenAt(['params']);
  if (!(params instanceof Map)) return [];
  return [...(params as Map<string, unknown>)].map(([name, written]) => ({
    name,
    detail: paramText(written),
  }));
}

function paramText(written: unknown): string {
  const {
    type = 'string',
    required,
    description,
  }: Record<string, unknown> = typeof written === 'object' && written !== null ? { ...written } : {};
  const parts = [`${required === true ? 'required ' : ''}parameter`, String(type), description];
  return parts.filter((part) => typeof part === 'string').join(' · ');
}
