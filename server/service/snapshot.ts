import type { Connection, ConnectionSettings } from '../../core/inventory/settings.ts';
import type { Entry, InventoryPart, Place, SettingEntries, ValueEntries } from '../../core/inventory/part.ts';
import { emptyPart, undescribed } from '../../core/inventory/part.ts';
import type { Origin } from '../../core/inventory/model.ts';
import type { InventorySnapshot } from '../../core/protocol/languageServer.ts';
import type { Value } from '../../core/schema/value.ts';
import type { Snapshot } from './indexedFile.ts';

/** What the host sent as something that can be merged with the inventories of the workspace. */
export function snapshotOf({ nodes, groups, sources }: InventorySnapshot): Snapshot {
  const part: InventoryPart = {
    ...emptyPart,
    nodes: nodes.map(({ name, tags, vars, facts, connection, origin }) => ({
      name,
      place: placeOf(origin),
      settings: settingsOf(connection, origin),
      vars: valuesOf(vars, origin),
      facts: valuesOf(facts, origin),
      tags: tags.map((value) => ({ value, ...placeOf(origin) })),
    })),
    groups: groups.map((group) => ({
      ...undescribed,
      name: group.name,
      nodes: group.nodes,
      groups: group.groups,
      place: placeOf(group.origin),
      vars: valuesOf(group.vars, group.origin),
      tags: group.tags.map((value) => ({ value, ...placeOf(group.origin) })),
    })),
  };
  return {
    part,
    sources: new Set(sources),
    nodeSources: new Map(nodes.map((node) => [node.name, node.sources])),
    groupSources: new Map(groups.map((group) => [group.name, group.sources])),
  };
}

function placeOf({ source, range }: Origin): Place {
  return { file: source, ...(range && { range }) };
}

/** The host says of all settings together where they are from. */
function settingsOf(connection: Connection, { source }: Origin): SettingEntries {
  const pairs = Object.entries(connection) as [keyof ConnectionSettings, never][];
  return Object.fromEntries(pairs.map(([key, value]) => [key, { value, file: source }]));
}

function valuesOf(values: Readonly<Record<string, Value>>, origin: Origin): ValueEntries {
  return new Map(
    Object.entries(values).map(([name, value]): [string, Entry<Value>] => [
      name,
      { value, ...placeOf(origin) },
    ]),
  );
}
