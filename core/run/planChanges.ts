import { foldForDisplay } from '../selection/nodeset.ts';
import { canonicalJson } from '../util/json.ts';
import { loadedOf } from './loadedPlaybook.ts';
import type { Plan, Target } from './plan.ts';

/** What is different between a plan and what would run now, for people. */
export function planChanges(before: Plan, now: Plan): readonly string[] {
  const found = [...nodeChanges(before, now), ...fileChanges(before, now)];
  const how = (['strategy', 'limits'] as const).filter((key) => isOther(before[key], now[key]));
  const action =
    found.length === 0 && isOther(before.action, now.action) ? ['What would run is different.'] : [];
  return [...found, ...action, ...how.map((key) => `The ${key} would be different.`)];
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
