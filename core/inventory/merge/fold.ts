import type { Value } from '../../schema/value.ts';
import type { Entry, SettingEntries } from '../part.ts';
import type { Layer } from './layers.ts';

/** What layers come to, the last one winning key by key. */
export type Folded = {
  readonly vars: Readonly<Record<string, Value>>;
  readonly facts: Readonly<Record<string, Value>>;
  readonly tags: readonly string[];
  readonly settings: SettingEntries;
};

export const nothingFolded: Folded = { vars: {}, facts: {}, tags: [], settings: {} };

/** Adds layers to what is known. What does not change is the same object as before: nodes of a group share it. */
export function foldLayers(known: Folded, layers: readonly Layer[]): Folded {
  return layers.reduce((below, { described }) => {
    const { vars, facts, tags, settings } = described;
    return {
      vars: over(below.vars, vars),
      facts: over(below.facts, facts),
      tags: tags.length === 0 ? below.tags : [...new Set([...tags.map(({ value }) => value), ...below.tags])],
      settings: hasAny(settings) ? { ...below.settings, ...settings } : below.settings,
    };
  }, known);
}

function over(below: Folded['vars'], entries: ReadonlyMap<string, Entry<Value>>): Folded['vars'] {
  if (entries.size === 0) return below;
  // Not a spread: `__proto__` is a name like any other, and only fromEntries makes it one.
  const own = [...entries].map(([key, { value }]): [string, Value] => [key, value]);
  return Object.fromEntries([...Object.entries(below), ...own]);
}

function hasAny(settings: SettingEntries): boolean {
  for (const _ in settings) return true;
  return false;
}
