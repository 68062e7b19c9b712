import { Value } from '../../schema/value.ts';
import type { Described, Entry, ValueEntries } from '../part.ts';
import { undescribed } from '../part.ts';
import type { BoltContext } from './config.ts';
import { settingsOf } from './config.ts';
import type { Branch } from './tree.ts';
import { mapOf, pluginGives, pluginIn, pluginOf } from './tree.ts';
import { kindOf } from '../../util/kindOf.ts';

/** What a group or target says about itself: config, vars and facts. Wrong kinds are errors, as in Bolt. */
export function describe(
  entry: { readonly path: Branch['path']; readonly map: ReadonlyMap<string, unknown> },
  context: BoltContext,
): Described {
  const branchOf = (key: string): Branch => ({ path: [...entry.path, key], value: entry.map.get(key) });
  checkKinds(branchOf, context);
  return {
    ...undescribed,
    settings: settingsOf(branchOf('config'), context),
    vars: valuesOf(branchOf('vars'), context),
    facts: valuesOf(branchOf('facts'), context),
  };
}

function checkKinds(branchOf: (key: string) => Branch, { tree }: BoltContext): void {
  for (const key of ['config', 'vars', 'facts', 'plugin_hooks', 'features']) {
    const { path, value } = branchOf(key);
    const isRight = key === 'features' ? Array.isArray(value) : mapOf(value) !== undefined;
    if (value === undefined || isRight || pluginOf(value) !== undefined) continue;
    const wanted = key === 'features' ? 'a list' : 'a map';
    const message = `"${key}" is ${kindOf(value)}; Bolt wants ${wanted}.`;
    tree.refuse(path, { code: 'bolt/type', message, fix: `Write ${wanted}, or leave "${key}" out.` });
  }
}

/** A reference to a plugin is kept and says that nothing was executed. */
function valuesOf({ path, value }: Branch, { tree }: BoltContext): ValueEntries {
  const entries = new Map<string, Entry<Value>>();
  for (const [key, each] of mapOf(value) ?? []) {
    const range = tree.rangeOf([...path, key]);
    const plugin = key === '_plugin' ? pluginOf(value) : pluginIn(each);
    const read = Value.safeParse(each);
    if (!read.success) {
      const message = `The value of "${key}" is none that is kept: text, finite numbers, true, false, lists, maps.`;
      tree.refuse([...path, key], { code: 'bolt/value', message });
    } else {
      const unresolved = plugin === undefined ? {} : { unresolved: pluginGives(plugin) };
      entries.set(key, { value: read.data, range, ...unresolved });
    }
  }
  return entries;
}
