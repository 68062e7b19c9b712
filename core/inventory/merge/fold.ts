import type { Value } from '../../schema/value.ts';
import type { Entry, SettingEntries, ValueEntries } from '../part.ts';
import { isAnsible, type SourceType } from '../source.ts';
import { markTemplates } from '../ansible/marks.ts';
import type { Layer } from './layers.ts';

/** What layers come to, the last one winning key by key. */
export type Folded = {
  readonly vars: Readonly<Record<string, Value>>;
  /** Those that Ansible's JSON marks, so marked. */
  readonly ansibleVars: Readonly<Record<string, Value>>;
  readonly facts: Readonly<Record<string, Value>>;
  readonly tags: readonly string[];
  readonly settings: SettingEntries;
  /** The source that said last by which way nodes are reached. */
  readonly wayBy?: Layer['by'];
};

export const nothingFolded: Folded = {
  vars: {},
  ansibleVars: {},
  facts: {},
  tags: [],
  settings: {},
};

/** Adds layers to what is known. What does not change is the same object as before: nodes of a group share it. */
export function foldLayers(known: Folded, layers: readonly Layer[]): Folded {
  return layers.reduce((below, { by, described }) => {
    const { vars, facts, tags, settings } = described;
    const saysWay = settings.jump !== undefined || settings.proxyCommand !== undefined;
    const way = saysWay ? by : below.wayBy;
    const kept = withoutLost(below.settings, vars);
    return {
      ...(way && { wayBy: way }),
      vars: over(below.vars, vars),
      ansibleVars: marked(below.ansibleVars, vars, by.state.type),
      facts: over(below.facts, facts),
      tags: tags.length === 0 ? below.tags : [...new Set([...tags.map(({ value }) => value), ...below.tags])],
      settings: hasAny(settings)
        ? { ...(saysWay && below.wayBy !== by ? withoutWay(kept) : kept), ...settings }
        : kept,
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

/** A var that wins takes the place of the one below as a whole: also of settings that only that one had. */
function withoutLost(below: SettingEntries, vars: ValueEntries): SettingEntries {
  if (vars.size === 0) return below;
  const pairs = Object.entries<Entry<unknown> | undefined>(below);
  const kept = pairs.filter(([, entry]) => entry?.variable === undefined || !vars.has(entry.variable));
  return kept.length === pairs.length ? below : Object.fromEntries(kept);
}

function marked(below: Folded['vars'], vars: ValueEntries, type: SourceType): Folded['vars'] {
  const own = new Map<string, Value>();
  for (const [key, entry] of vars) {
    const mark = entry.ansible ?? (isAnsible(type) ? undefined : markTemplates(entry.value));
    if (mark !== undefined) own.set(key, mark);
  }
  const lost = Object.keys(below).some((key) => vars.has(key));
  if (own.size === 0 && !lost) return below;
  return Object.fromEntries([...Object.entries(below).filter(([key]) => !vars.has(key)), ...own]);
}

function hasAny(settings: SettingEntries): boolean {
  for (const _ in settings) return true;
  return false;
}
