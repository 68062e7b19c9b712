import { visible } from '../../util/visible.ts';
import type { TextRange } from '../../util/problem.ts';
import type { ParsedDocument } from '../../yaml/parseDocument.ts';
import type { Path } from '../../yaml/places.ts';
import type { Complaint, SourceText } from '../sourceText.ts';

/** A value of the document and where it stands. */
export type Branch = { readonly path: Path; readonly value: unknown };

/** The document with places for everything in it. */
export type Tree = {
  rangeOf(path: Path): TextRange;
  /** An error at the key of an entry, or at an item. */
  refuseKey(path: Path, complaint: Complaint): void;
  /** An error at a value. */
  refuse(path: Path, complaint: Complaint): void;
  /** The characters that were written for a value. */
  written(path: Path): string;
};

export function treeOf(source: SourceText, document: ParsedDocument<unknown>): Tree {
  return {
    rangeOf: (path) => document.rangeOf(path, 'value'),
    refuseKey: (path, complaint) => source.report(document.rangeOf(path, 'key'), complaint),
    refuse: (path, complaint) => source.report(document.rangeOf(path, 'value'), complaint),
    written(path) {
      const { start, end } = document.rangeOf(path, 'value');
      return source.text.slice(start, end);
    },
  };
}

/** Entries of a map; undefined for everything else. A Map: `__proto__` is a key like any other. */
export function mapOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return new Map(Object.entries(value));
}

/** Name of the plugin that gives this value, where it is a reference to one. */
export function pluginOf(value: unknown): string | undefined {
  const map = mapOf(value);
  return map?.has('_plugin') === true ? shown(map.get('_plugin')) : undefined;
}

/** The same for a value in which one may be anywhere. The document is at most 100 levels deep. */
export function pluginIn(value: unknown): string | undefined {
  const own = pluginOf(value);
  if (own !== undefined || typeof value !== 'object' || value === null) return own;
  for (const inner of Object.values(value)) {
    const found = pluginIn(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Why a value of a plugin can not be used, in a sentence. */
export function pluginGives(plugin: string): string {
  return `Bolt's plugin "${plugin}" gives it, and Muster executes no plugins.`;
}

/** Text of the file for a message; the password of an address is left out. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  const clean = visible(text.replace(/:[^:@/\s]*@/g, ':…@').slice(0, 80));
  return clean.length > 60 ? `${clean.slice(0, 60)}…` : clean;
}
