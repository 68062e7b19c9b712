import type { Value } from '../../schema/value.ts';
import type { Entry, SettingEntries } from '../part.ts';
import type { Layer } from './layers.ts';

/** What layers come to, the last one winning key by key. */
export type Folded = {
  readonly vars: Readonly<Record<string, Value>>;
  readonly facts: Readonly<Record<string, Value>>;
  readonly tags: readonly string[];
  readonly settings: SettingEntries;
  /** The source that said last by which way nodes are reached. */
  readonly wayBy?: Layer['by'];
};

export const nothingFolded: Folded = { vars: {}, facts: {}, tags: [], settings: {} };

/** Adds layers to what is known. What does not change is the same object as before: nodes of a group share it. */
export function foldLayers(known: Folded, layers: readonly Layer[]): Folded {
  return layers.reduce((below, { by, described }) => {
    const { vars, facts, tags, settings } = described;
    const saysWay = settings.jump !== undefined || settings.proxyCommand !== undefined;
    const way = saysWay ? by : below.wayBy;
    return {
      ...(way && { wayBy: way }),
      vars: over(below.vars, vars),
      facts: over(below.facts, facts),
      tags: tags.length === 0 ? below.tags : [...new Set([...tags.map(({ value }) => value), ...below.tags])],
      settings: hasAny(settings)
        ? { ...(saysWay && below.wayBy !== by ? withoutWay(below.settings) : below.settings), ...settings }
        : below.settings,
    };
  }, known);
}

/** Jump hosts of one source and the proxy command of another are two ways, not one behind the other. */
function withoutWay({ jump: _jump, proxyCommand: _proxyCommand, ...rest }: SettingEntries): SettingEntries {
  return rest;
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
