import { foldForDisplay } from '../selection/nodeset.ts';
import { canonicalJson } from '../util/json.ts';
import { loadedOf } from './loadedPlaybook.ts';
import type { Plan, Target } from './plan.ts';

/** What is different between a plan and what would run now, for people. */
export function planChanges(before: Plan, now: Plan): readonly string[] {
  const found = [
    ...nodeChanges(before, now),
    ...fileChanges(before, now),
    ...givenChanges(before, now),
    ...itemChanges(before, now),
  ];
  const action =
    found.length === 0 && isOther(before.action, now.action) ? ['What would run is different.'] : [];
  return [...found, ...action, ...howChanges(before, now)];
}

/** What of the configuration a playbook uses: variables, services, and where secrets are. */
function givenChanges(before: Plan, now: Plan): readonly string[] {
  const [old, next] = [loadedOf(before.action), loadedOf(now.action)];
  if (!old || !next) return [];
  const changed = (key: 'usual' | 'services' | 'secrets', what: string): readonly string[] => {
    const [was, is] = [old[key], next[key]] as Readonly<Record<string, unknown>>[];
    const names = [...new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})])];
    const others = names.filter((name) => isOther(was?.[name] ?? null, is?.[name] ?? null));
    return others.map((name) => `${what} "${name}" is different.`);
  };
  return [
    ...changed('usual', 'In config.yaml the variable'),
    ...changed('services', 'The service'),
    ...changed('secrets', 'Where to find the secret'),
  ];
}

function itemChanges({ items: old = [] }: Plan, { items: next = [] }: Plan): readonly string[] {
  if (!isOther(old, next)) return [];
  return [`The sets of parameters are different: ${old.length} were planned, ${next.length} are there now.`];
}

/** Order, limits and the like, each with what it was and what it would be. */
function howChanges(before: Plan, now: Plan): readonly string[] {
  return (['strategy', 'limits'] as const).flatMap((kind) => {
    const [was, is] = [before[kind], now[kind]] as Readonly<Record<string, unknown>>[];
    const keys = [...new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})])];
    const others = keys.filter((key) => isOther(was?.[key] ?? null, is?.[key] ?? null));
    const text = (value: unknown): string => (value === undefined ? 'nothing' : canonicalJson(value));
    return others.map((key) => `${key}: planned ${text(was?.[key])}, now ${text(is?.[key])}.`);
  });
}

function isOther(a: unknown, b: unknown): boolean {
  return canonicalJson(a) !== canonicalJson(b);
}

function nodeChanges(before: Plan, now: Plan): readonly string[] {
  const old = new Map(before.targets.map((target) => [target.node, target]));
  const next = new Map(now.targets.map((target) => [target.node, target]));
  const others = (targets: readonly Target[], known: ReadonlyMap<string, Target>): string =>
    foldForDisplay(targets.flatMap(({ node }) => (known.has(node) ? [] : [node])));
  const gone = others(before.targets, next);
  const added = others(now.targets, old);
  const changed = now.targets.filter(
    (target) => old.has(target.node) && isOther(target, old.get(target.node)),
  );
  return [
    ...(gone === '' ? [] : [`No longer: ${gone}.`]),
    ...(added === '' ? [] : [`New: ${added}.`]),
    ...(changed.length === 0
      ? []
      : [
          `Reached in another way, or with other variables: ${foldForDisplay(changed.map(({ node }) => node))}.`,
        ]),
  ];
}

function fileChanges(before: Plan, now: Plan): readonly string[] {
  const filesOf = ({ action, files = [] }: Plan): ReadonlyMap<string, string> =>
    new Map([
      ...(loadedOf(action)?.files ?? []).map(({ path, sha256 }): [string, string] => [path, sha256]),
      ...files.map(({ from, sha256 }): [string, string] => [from, sha256]),
    ]);
  const [old, next] = [filesOf(before), filesOf(now)];
  const paths = new Set([...old.keys(), ...next.keys()]);
  return [...paths].filter((path) => old.get(path) !== next.get(path)).map((path) => `Changed: ${path}.`);
}
