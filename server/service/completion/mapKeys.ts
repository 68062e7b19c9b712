import { CompletionItemKind } from 'vscode-languageserver-types';
import { type OutlineEntry, outlineOf } from '../cursor/outline.ts';
import { rules } from '../rules/rules.ts';
import { entrySnippets } from './entrySnippets.ts';
import type { About, Offer } from './item.ts';
import { escaped } from './keySnippet.ts';
import { paramsOf } from './params.ts';
import type { Place } from './place.ts';
import { inventoryVars } from './scope.ts';

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

/** Headers that requests often have. */
const knownHeaders = [
  'Accept',
  'Authorization',
  'Content-Type',
  'If-None-Match',
  'User-Agent',
  'X-Request-Id',
];

/** Names where a map has names of people's own, those that are used already first, and whole entries of such maps. */
export function mapKeyOffers(place: Place): readonly Offer[] {
  const { cursor, slot, text } = place;
  const isKey = cursor.where === 'line' || cursor.where === 'dash' || cursor.where === 'flow-key';
  if (!isKey || cursor.isAmongItems || !slot.shapes.some(({ kind }) => kind === 'map')) return [];
  const hasColon = /^[\w./-]*\s*:/.test(text.slice(place.offset, place.offset + 200));
  const names = namesFor(place).filter(({ name }) => !cursor.present.has(name));
  const offers = unique(names).map(({ name, detail, about }, rank) => ({
    label: name,
    kind: CompletionItemKind.Property,
    detail,
    rank,
    ...(about && { about }),
    ...(!hasColon && { text: `${escaped(name)}: $0`, isSnippet: true }),
  }));
  return hasColon ? offers : [...offers, ...wholeEntries(place)];
}

type Name = { readonly name: string; readonly detail: string; readonly about?: About };

function namesFor(place: Place): readonly Name[] {
  const { cursor, document, text, workspace } = place;
  const { path } = cursor;
  const [section] = path;
  switch (path.at(-1)) {
    case 'with':
      return paramsOf(place, path.slice(0, -1));
    case 'env':
      return environment(outlineOf(text));
    case 'headers':
      return knownHeaders.map((name) => ({ name, detail: 'header' }));
    case 'vars':
      return inventoryVars(workspace.inventory);
    case 'rules':
      return document.languageId === 'muster-config' ? ruleNames() : [];
    default:
      return section === 'batch' && typeof path.at(-1) === 'number' ? ownParams(outlineOf(text)) : [];
  }
}

function environment(outline: readonly OutlineEntry[]): readonly Name[] {
  const used = outline.flatMap(({ path }) => (path.at(-2) === 'env' ? [String(path.at(-1))] : []));
  return [...used, ...knownVariables].map((name) => ({ name, detail: 'variable of the environment' }));
}

function ownParams(outline: readonly OutlineEntry[]): readonly Name[] {
  return outline.flatMap(({ path }) =>
    path.length === 2 && path[0] === 'params' ? [{ name: String(path[1]), detail: 'parameter' }] : [],
  );
}

/** Codes of rules, and families of them: what `vars/unused` begins with. */
function ruleNames(): readonly Name[] {
  const families = new Set(rules.map(({ code }) => code.slice(0, code.indexOf('/'))));
  return [
    ...rules.map(({ code, title }) => ({
      name: code,
      detail: title,
      about: { type: 'rule', name: code } as const,
    })),
    ...[...families].map((name) => ({ name, detail: 'a family of rules' })),
  ];
}

/** Whole entries stand below names. */
const entryRank = 300;

function wholeEntries({ cursor, document }: Place): readonly Offer[] {
  const isFlow = cursor.where === 'flow-key';
  const fitting = entrySnippets(document.languageId, cursor.path).filter(
    ({ isOnlyBlock }) => !isFlow || !isOnlyBlock,
  );
  return fitting.map(({ label, detail, text }, at) => ({
    label,
    kind: CompletionItemKind.Snippet,
    detail,
    text,
    isSnippet: true,
    rank: entryRank + at,
  }));
}

function unique(names: readonly Name[]): readonly Name[] {
  const seen = new Set<string>();
  return names.filter(({ name }) => !seen.has(name) && seen.add(name));
}
