import type { Facts, Occurrence } from './facts/occurrence.ts';

/** What a file gives others to know, and what it needs to know of them, as texts that can be compared. */
export type Dependence = {
  readonly gives: ReadonlySet<string>;
  readonly needs: ReadonlySet<string>;
};

/** Every inventory at once: a selection may stand for any of its nodes, and a variable for a value of each. */
const inventory = 'inventory';

/** What of a file others depend on, and on what of others it depends. `version` tells two texts apart. */
export function dependenceOf(
  { languageId, occurrences }: Facts,
  file: { uri: string; version: string },
): Dependence {
  const gives = new Set([`file ${file.uri}`]);
  const needs = new Set<string>();
  if (languageId === 'muster-inventory') gives.add(`${inventory} ${file.version}`);
  if (isIncluded(languageId)) gives.add(`text ${file.uri}\n${file.version}`);
  for (const each of occurrences) {
    const keys = each.kinds.map((kind) => keyOf(kind, each));
    for (const key of keys) (each.role === 'declaration' ? gives : needs).add(key);
    if (each.role === 'reference' && each.kinds.some(isOfInventory)) needs.add(inventory);
    // What stands under "with" has to fit, whatever its parameters have become.
    if (each.role === 'reference' && each.kinds.includes('file')) needs.add(`text ${each.name}`);
  }
  if (languageId === 'muster-inventory' || languageId === 'muster-playbook') needs.add(inventory);
  return { gives, needs };
}

/** What has changed between two texts of a file, one of which may be missing. */
export function changesBetween(
  before: Dependence | undefined,
  now: Dependence | undefined,
): ReadonlySet<string> {
  const old = before?.gives ?? new Set<string>();
  const fresh = now?.gives ?? new Set<string>();
  const changed = [...old].filter((key) => !fresh.has(key)).concat([...fresh].filter((key) => !old.has(key)));
  return new Set(changed.map(withoutVersion));
}

/** Whether what has changed is something that a file needs to know. */
export function dependsOn({ needs }: Dependence, changed: ReadonlySet<string>): boolean {
  const [few, many] = changed.size < needs.size ? [changed, needs] : [needs, changed];
  return [...few].some((key) => many.has(key));
}

function withoutVersion(key: string): string {
  if (key.startsWith(`${inventory} `)) return inventory;
  return key.startsWith('text ') ? key.replace(/\n[^]*$/, '') : key;
}

function isIncluded(languageId: string): boolean {
  return languageId === 'muster-task' || languageId === 'muster-playbook';
}

function isOfInventory(kind: Occurrence['kinds'][number]): boolean {
  return kind === 'node' || kind === 'group' || kind === 'tag' || kind === 'var';
}

function keyOf(kind: string, { name, scope }: Occurrence): string {
  // A secret of a playbook may come from the configuration, which has no scope.
  return kind === 'file' || kind === 'secret' ? `${kind} ${name}` : `${kind} ${scope ?? ''} ${name}`;
}
