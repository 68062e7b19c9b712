import { isOf } from '../diagnostics/suppress.ts';
import type { Workspace } from '../workspace.ts';
import type { Level } from './rule.ts';
import { levels, type Rule } from './rule.ts';
import { ruleOf } from './rules.ts';

/** How loud rules are, where somebody said so: by code, or by family (`vars`). */
export type RuleLevels = ReadonlyMap<string, Level>;

/** How loud a finding is: as the most exact setting says, else as it says itself, else as its rule does. */
export function levelOf(
  { code, level }: { readonly code: string; readonly level?: Exclude<Level, 'off'> },
  settings: RuleLevels,
): Level {
  const said = [...settings].filter(([named]) => isOf(code, named));
  const [exact] = said.toSorted(([a], [b]) => b.length - a.length);
  return exact?.[1] ?? level ?? ruleOf(code)?.level ?? 'warning';
}

/** The settings in `rules:` of a configuration, or of an editor; what is none of them is left out. */
export function ruleLevels(written: unknown): RuleLevels {
  const entries: Iterable<readonly [string, unknown]> =
    written instanceof Map
      ? (written as Map<string, unknown>)
      : Object.entries(isRecord(written) ? written : {});
  return new Map(
    [...entries].flatMap(([code, level]) => {
      const known = levels.find((each) => each === level);
      return known ? [[code, known] as const] : [];
    }),
  );
}

/** What the configuration files of a workspace say in `rules:`. */
export function configuredLevels(workspace: Workspace): RuleLevels {
  const found = new Map<string, Level>();
  for (const uri of workspace.uris) {
    if (workspace.facts(uri)?.languageId !== 'muster-config') continue;
    const written = workspace.document(uri)?.parsed.writtenAt(['rules']);
    for (const [code, level] of ruleLevels(written)) found.set(code, level);
  }
  return found;
}

/** Whether there is a rule, or a family of rules, of this name. */
export function isRule(named: string, all: readonly Rule[]): boolean {
  return ruleOf(named) !== undefined || all.some(({ code }) => isOf(code, named));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
