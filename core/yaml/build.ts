import { isAlias, isMap, isPair, isScalar, isSeq } from 'yaml';
import type { Alias, Pair } from 'yaml';
import type { Shape } from '../schema/shape.ts';
import { shapesBelow, shapesOf } from '../schema/shape.ts';
import type { Problem } from '../util/problem.ts';
import type { Lines } from './lines.ts';
import type { Entries, Place, Places } from './places.ts';
import type { Report, Span } from './scalar.ts';
import { clip, keyText, quoteThis, report, scalarValue, spanOf, unreadable, wantsText } from './scalar.ts';

export type Built = {
  readonly data: unknown;
  readonly places: Places;
  readonly problems: readonly Problem[];
  /** Values that aliases added. */
  readonly aliased: number;
};

/** Values that aliases may add; an alias bomb asks for billions. */
export const aliasBudget = 100_000;
/** Mark of a budget that was overdrawn and reported. */
const spent = -Infinity;
/** Aliases inside aliases inside aliases. */
const deepestAlias = 20;

type Draft = Report & {
  readonly places: Map<unknown, Entries>;
  readonly anchors: Map<string, unknown>;
  /** Aliases being followed now. */
  readonly open: Set<string>;
  /** What is left of the alias budget. */
  left: number;
};

/**
 * Syntax tree to plain data, walked along the shapes that the schema allows. Maps of the schema become Map, all
 * others objects that are filled by definition, not assignment: `__proto__` is a key like any other.
 */
export function build(
  root: unknown,
  shapes: readonly Shape[],
  source: { text: string; lines: Lines },
): Built {
  const draft: Draft = {
    ...source,
    places: new Map(),
    problems: [],
    anchors: new Map(),
    open: new Set(),
    left: aliasBudget,
  };
  const data = valueOf(root, shapes, draft);
  const { places, problems, left } = draft;
  return { data, places, problems, aliased: aliasBudget - left };
}

function valueOf(node: unknown, shapes: readonly Shape[], draft: Draft): unknown {
  const value = readValue(node, shapes, draft);
  return value === unreadable && shapes.every((shape) => shape.kind === 'data') ? null : value;
}

function readValue(node: unknown, shapes: readonly Shape[], draft: Draft): unknown {
  if (draft.open.size > 0 && draft.left-- <= 0) return unreadable;
  if (isAlias(node)) {
    const isCollection = isMap(draft.anchors.get(node.source)) || isSeq(draft.anchors.get(node.source));
    const isName = (wantsText(shapes) && !isCollection) || node.source.endsWith(':');
    return isName ? quoteThis(spanOf(node), draft) : aliasValue(node, shapes, draft);
  }
  if (!isScalar(node) && !isMap(node) && !isSeq(node)) return null;
  if (node.anchor !== undefined && draft.open.size === 0) draft.anchors.set(node.anchor, node);
  if (isScalar(node)) return scalarValue(node, shapes, draft);
  return isMap(node) ? mapValue(node.items, shapes, draft) : listValue(node.items, shapes, draft);
}

function aliasValue(node: Alias, shapes: readonly Shape[], draft: Draft): unknown {
  const name = node.source;
  const span = spanOf(node);
  const target = draft.anchors.get(name);
  if (target === undefined) {
    return report(draft, span, {
      code: 'yaml/unknown-alias',
      message: `Nothing above is marked &${clip(name)}.`,
    });
  }
  if (draft.left === spent) return unreadable;
  if (draft.open.has(name) || draft.open.size >= deepestAlias) {
    return report(draft, span, {
      code: 'yaml/alias-depth',
      message: `*${clip(name)} leads back into itself.`,
    });
  }
  const isOutermost = draft.open.size === 0;
  draft.open.add(name);
  const value = valueOf(target, shapes, draft);
  draft.open.delete(name);
  if (!isOutermost || draft.left >= 0) return value;
  draft.left = spent;
  const message = `The aliases of this file stand for more than ${aliasBudget} values.`;
  return report(draft, span, { code: 'yaml/alias-bomb', message });
}

function mapValue(items: readonly Pair[], shapes: readonly Shape[], draft: Draft): unknown {
  const places = new Map<string | number, Place>();
  const keyShapes = shapes.flatMap((shape) => (shape.kind === 'map' ? shapesOf(shape.key) : []));
  const entries = new Map<string, unknown>();
  for (const item of items) {
    const key = keyText(item.key, keyShapes, draft);
    // What is a map only because of its braces is none.
    if (key === unreadable && isMap(item.key) && item.key.flow === true) return unreadable;
    if (key === unreadable) continue;
    const span = spanOf(item.key);
    const value = valueOf(item.value, shapesBelow(shapes, key), draft);
    const before = places.get(key);
    if (before) {
      repeatedKey(key, { first: before.key ?? span, second: span }, draft);
      continue;
    }
    places.set(key, { key: span, value: writtenSpan(item.value) ?? span });
    entries.set(key, value);
  }
  const built = collected(entries, shapes);
  draft.places.set(built, places);
  return built;
}

/** Maps of the schema are Map, all others objects. */
export function collected(entries: ReadonlyMap<string, unknown>, shapes: readonly Shape[]): unknown {
  return shapes.some((shape) => shape.kind === 'map') ? entries : Object.fromEntries(entries);
}

function listValue(items: readonly unknown[], shapes: readonly Shape[], draft: Draft): unknown {
  const places = new Map<string | number, Place>();
  const itemShapes = shapesBelow(shapes, undefined);
  const built = items.map((item, at) => {
    places.set(at, { value: spanOf(isPair(item) ? item.key : item) });
    return isPair(item) ? mapValue([item], itemShapes, draft) : valueOf(item, itemShapes, draft);
  });
  draft.places.set(built, places);
  return built;
}

function repeatedKey(key: string, spans: { first: Span; second: Span }, draft: Draft): void {
  const { line } = draft.lines.range(...spans.first);
  report(draft, spans.second, {
    code: 'yaml/repeated-key',
    message: `"${clip(key)}" is there already, on line ${line}.`,
    fix: 'Keep one of them.',
    related: [{ message: 'It is here first.', range: draft.lines.range(...spans.first) }],
  });
}

function writtenSpan(node: unknown): Span | undefined {
  const span = spanOf(node);
  return span[0] === span[1] ? undefined : span;
}
