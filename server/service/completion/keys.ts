import { CompletionItemKind } from 'vscode-languageserver-types';
import { docsOfKeys, type KeyDocs } from '../../../core/schema/docs.ts';
import type { Shape } from '../../../core/schema/shape.ts';
import { shapesBelow, shapesOf } from '../../../core/schema/shape.ts';
import { kindText, type Slot } from '../../../core/schema/slot.ts';
import { kindsWith, stepKinds } from '../../../core/schema/step.ts';
import type { Path } from '../../../core/yaml/places.ts';
import { lineAt, lineBefore } from '../cursor/line.ts';
import { outlineOf, valuesOf } from '../cursor/outline.ts';
import { relativePath } from '../uris.ts';
import type { Offer } from './item.ts';
import { escaped, type KeyStyle, keySnippet } from './keySnippet.ts';
import { paramsOf } from './params.ts';
import type { Place } from './place.ts';
import { stepSnippets } from './stepSnippets.ts';

/** Keys of a map that are not there yet: those that it needs first, then what a step does, then the rest. */
export function keyOffers(place: Place): readonly Offer[] {
  const { text, offset, cursor, slot, document } = place;
  const isFlow = cursor.where === 'flow-key';
  if (!isFlow && cursor.where !== 'line' && cursor.where !== 'dash') return [];
  const isList = slot.shapes.some(({ kind }) => kind === 'list');
  if (cursor.where === 'line' && cursor.isAmongItems && isList) return [];
  const hasColon = /^[\w.-]*\s*:/.test(text.slice(offset, offset + 200));
  const style = { isFlow, column: cursor.column };
  const { languageId: language } = document;
  const about = { language, path: cursor.path, hasColon };
  const keys = keysOf(slot.shapes, { present: cursor.present, style, about });
  const isWhole = isStep(slot.shapes) && cursor.present.size === 0 && !isFlow && !hasColon;
  if (isWhole) return [...keys, ...wholeSteps(place, cursor.column, '')];
  return forParams(place, style, forSource(place, keys));
}

/** New items of a list of maps, where a line has no dash yet. */
export function itemOffers(place: Place): readonly Offer[] {
  const { cursor, slot, document } = place;
  if (cursor.where !== 'line' || (cursor.present.size > 0 && !cursor.isAmongItems)) return [];
  const { shapes, path } = listAt(place) ?? { shapes: slot.shapes, path: cursor.path };
  const items = shapes.flatMap((shape) => (shape.kind === 'list' ? shapesOf(shape.item) : []));
  const style = { isFlow: false, column: cursor.column + 2 };
  const about = { language: document.languageId, path: [...path, 0], hasColon: false };
  const keys = keysOf(items, { present: new Set(), style, about }).map((offer) => ({
    ...offer,
    text: `- ${offer.text ?? offer.label}`,
  }));
  return isStep(items) ? [...keys, ...wholeSteps(place, cursor.column + 2, '- ')] : keys;
}

/** The list at the column of its own key, behind whose items the cursor is: then a key may follow, and another item. */
function listAt({ text, offset, cursor, slot }: Place): (Pick<Slot, 'shapes'> & { path: Path }) | undefined {
  if (!cursor.isAmongItems || slot.shapes.some(({ kind }) => kind === 'list')) return undefined;
  let line = lineBefore(text, lineAt(text, offset));
  while (line && (line.isBlank || line.column > cursor.column)) line = lineBefore(text, line);
  if (line?.key?.column !== cursor.column) return undefined;
  const { name } = line.key;
  return { shapes: shapesBelow(slot.shapes, name), path: [...cursor.path, name] };
}

/** Only a source of type `command` runs something, and it has to. */
function forSource({ cursor, text, document }: Place, keys: readonly Offer[]): readonly Offer[] {
  if (document.languageId !== 'muster-inventory' || cursor.path[0] !== 'sources') return keys;
  const type = valuesOf(outlineOf(text))([...cursor.path, 'type']);
  if (type === undefined || type === '') return keys;
  if (type !== 'command') return keys.filter(({ label }) => label !== 'run' && label !== 'ttl');
  return keys.map((offer) => (offer.label === 'run' ? { ...offer, rank: -1 } : offer));
}

/** What a task or playbook has to be given comes first, with the names of its parameters. */
function forParams(place: Place, style: KeyStyle, keys: readonly Offer[]): readonly Offer[] {
  const { present, path } = place.cursor;
  if (!present.has('task') && !present.has('playbook')) return keys;
  const needed = paramsOf(place, path).filter(({ isRequired }) => isRequired);
  if (needed.length === 0) return keys;
  const inner = `\n${' '.repeat(style.column + 2)}`;
  const entries = needed.map(({ name }, at) => `${escaped(name)}: $${at + 1}`);
  const text = style.isFlow ? `with: { ${entries.join(', ')} }` : `with:${inner}${entries.join(inner)}`;
  return keys.map((offer) =>
    offer.label === 'with' && offer.isSnippet ? { ...offer, text, rank: -1 } : offer,
  );
}

/** Tasks of the workspace between which one chooses inside of a whole step. */
const mostTasks = 30;

/** Whole steps stand below what a step can do, and above its options. */
const wholeStepRank = 100;
const optionRank = 200;

type KeysAt = {
  readonly present: ReadonlySet<string>;
  readonly style: KeyStyle;
  readonly about: {
    readonly language: string;
    readonly path: readonly (string | number)[];
    readonly hasColon: boolean;
  };
};

/** Keys of which a map has one. */
const oneOf: readonly (readonly string[])[] = [
  ['port', 'path', 'command', 'seconds'],
  ['env', 'age', 'command', 'stored', 'ask'],
  ['sudo', 'runAs'],
];

/** Keys that these shapes allow and that are not there, in their order. */
export function keysOf(shapes: readonly Shape[], { present, style, about }: KeysAt): readonly Offer[] {
  const isOfStep = isStep(shapes);
  const action = isOfStep ? stepKinds.find((kind) => present.has(kind)) : undefined;
  const all = docsOfKeys(shapes);
  const known = new Set(all.map(({ key }) => key));
  const taken = oneOf.filter(
    (keys) => keys.every((key) => known.has(key)) && keys.some((key) => present.has(key)),
  );
  const fits = ({ key }: KeyDocs): boolean => {
    if (present.has(key) || taken.some((keys) => keys.includes(key))) return false;
    if (!isOfStep) return true;
    if (stepKinds.some((kind) => kind === key)) return action === undefined;
    // What comes after a block means nothing before there is one.
    if (action === undefined) return key !== 'rescue' && key !== 'always';
    return kindsWith(key)?.includes(action) ?? true;
  };
  const docs = unique(all.filter(fits));
  const rankOf = ({ key, isRequired }: KeyDocs): number => {
    if (isRequired) return 0;
    return isOfStep && stepKinds.some((kind) => kind === key) ? 1 : 2;
  };
  return docs
    .toSorted((a, b) => rankOf(a) - rankOf(b))
    .map((each, at): Offer => {
      const rank = rankOf(each) === 2 && isOfStep ? optionRank + at : at;
      const title = each.title.toLowerCase() === each.key.toLowerCase() ? [] : [each.title];
      const needed = each.isRequired ? ['required'] : [];
      const detail = [...title, kindText(each.schema), ...needed].join(' · ');
      return {
        label: each.key,
        kind: CompletionItemKind.Property,
        detail,
        ...(about.hasColon ? {} : { text: keySnippet(each, style), isSnippet: true }),
        rank,
        about: { type: 'key', language: about.language, path: about.path, key: each.key },
      };
    });
}

function isStep(shapes: readonly Shape[]): boolean {
  return shapes.some((shape) => shape.kind === 'object' && stepKinds.every((kind) => kind in shape.keys));
}

/** Steps that people write often; `column` is that of their keys. */
function wholeSteps({ document, text, workspace }: Place, column: number, prefix: string): readonly Offer[] {
  const tasks = workspace.uris.filter((uri) => uri.endsWith('.task.yaml') && uri !== document.uri);
  const known = tasks.slice(0, mostTasks).map((uri) => relativePath(document.uri, uri));
  const handlers = outlineOf(text).flatMap(({ path, value }) =>
    path.length === 3 && path[0] === 'handlers' && path[2] === 'id' && value !== '' ? [value] : [],
  );
  return stepSnippets({ tasks: known, handlers }).map(({ label, detail, lines }, at) => ({
    label,
    kind: CompletionItemKind.Snippet,
    detail,
    text: prefix + lines.join(`\n${' '.repeat(column)}`),
    isSnippet: true,
    rank: wholeStepRank + at,
  }));
}

function unique(docs: readonly KeyDocs[]): readonly KeyDocs[] {
  const seen = new Set<string>();
  return docs.filter(({ key }) => !seen.has(key) && seen.add(key));
}
