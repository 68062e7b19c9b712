import type { Shape } from '../../core/schema/shape.ts';
import { shapesBelow, shapesOf } from '../../core/schema/shape.ts';
import type { Path } from '../../core/yaml/places.ts';
import { innerSteps } from '../../core/schema/step.ts';
import { templateTexts } from '../../core/playbook/read/texts.ts';
import type { MusterDocument } from './document.ts';
import { rangeOf } from './document.ts';
import { declaredByKey, declaredByValue, type Place } from './facts/declared.ts';
import { lookUpsIn } from './facts/lookUps.ts';
import type { Facts, Occurrence } from './facts/occurrence.ts';
import { referencesIn } from './facts/references.ts';
import { byPlace } from './symbols.ts';
import { canonicalUri } from './uris.ts';

export type { Facts, Occurrence, SymbolKind } from './facts/occurrence.ts';

/** Every name that a document declares or refers to, with its exact range; also in one that is broken, as far as it can be read. */
export function factsOf(document: MusterDocument): Facts {
  const { uri, languageId } = document.document;
  const found = [...namesIn(document), ...lookUpsOf(document)];
  return { uri, languageId, occurrences: found.toSorted(byPlace) };
}

type Visited = { readonly value: unknown; readonly shapes: readonly Shape[] } & Place;

/** Walks data and schema together: the schema says what the names in a text are names of. */
function namesIn(document: MusterDocument): readonly Occurrence[] {
  const found: Occurrence[] = [];
  const source = { document, file: canonicalUri(document.document.uri) };
  const visit = ({ value, shapes, path, step }: Visited): void => {
    if (typeof value === 'string') {
      found.push(...declaredByValue(source, { path, step }, value));
      for (const shape of shapes)
        if (shape.kind === 'text' && shape.refers)
          found.push(...referencesIn(source, { path, shape, value }));
      return;
    }
    const inner = isStep(shapes) && !Array.isArray(value) ? path : step;
    for (const [key, child] of entriesOf(value)) {
      const at = [...path, key];
      const below = shapesBelow(shapes, typeof key === 'number' ? undefined : key);
      if (typeof key === 'string') found.push(...declaredByKey(source, { path: at, step: inner }, key));
      if (below.some((shape) => shape.kind !== 'data' && shape.kind !== 'words'))
        visit({ value: child, shapes: below, path: at, step: inner });
    }
  };
  visit({
    value: document.parsed.writtenAt([]),
    shapes: shapesOf(document.schema),
    path: [],
    step: undefined,
  });
  return found;
}

/** What expressions and templates look up. */
function lookUpsOf(document: MusterDocument): readonly Occurrence[] {
  const { uri, languageId } = document.document;
  if (languageId === 'muster-inventory' || languageId === 'muster-policy') return [];
  const scope = canonicalUri(uri);
  const source = { text: document.document.getText(), schema: document.schema, document: document.parsed };
  return templateTexts(source).flatMap(({ path, expressions, at }) =>
    expressions.flatMap(lookUpsIn).map(({ kinds, name, ...place }): Occurrence => {
      const { range } = at(place, { code: '', severity: 'info', message: '' });
      return {
        kinds,
        name,
        role: 'reference',
        uri,
        range: rangeOf(document.document, range),
        path,
        ...(!kinds.includes('var') && { scope }),
        within: 'expression',
      };
    }),
  );
}

function isStep(shapes: readonly Shape[]): boolean {
  return shapes.some((shape) => shape.kind === 'object' && 'needs' in shape.keys && 'id' in shape.keys);
}

function entriesOf(value: unknown): readonly (readonly [string | number, unknown])[] {
  if (Array.isArray(value)) return [...value.entries()];
  if (value instanceof Map) return [...(value as Map<string, unknown>)];
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

/** Path of the step around a place; undefined outside of steps. */
export function stepAround(path: Path): Path | undefined {
  for (let length = path.length; length >= 2; length -= 1) {
    const list = path[length - 2];
    if (typeof path[length - 1] === 'number' && typeof list === 'string' && stepLists.has(list))
      return path.slice(0, length);
  }
  return undefined;
}

const stepLists = new Set<string>(['steps', 'handlers', 'finally', ...innerSteps]);
