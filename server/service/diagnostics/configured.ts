import { nearest } from '../../../core/util/nearest.ts';
import { didYouMean, type Problem } from '../../../core/util/problem.ts';
import { keysOf } from '../edit/entries.ts';
import type { Workspace } from '../workspace.ts';

/** Secrets that the configurations of a workspace have for all of its files. */
export function configuredSecrets({ uris, facts, document }: Workspace): readonly string[] {
  return uris
    .filter((uri) => facts(uri)?.languageId === 'muster-config')
    .flatMap((uri) => keysOf(document(uri)?.parsed.writtenAt(['secrets'])));
}

/** What a file alone is told of secrets that it does not name, once it is known which the configurations have. */
export function withConfigured(problems: readonly Problem[], secrets: readonly string[]): readonly Problem[] {
  if (secrets.length === 0) return problems;
  return problems.flatMap((problem): Problem[] => {
    const { code, severity, meant, name = '' } = problem;
    if (code !== 'playbook/unknown-secret' || severity !== 'warning') return [problem];
    if (secrets.includes(name)) return [];
    const near = meant === undefined ? nearest(name, secrets) : undefined;
    return [near === undefined ? problem : { ...problem, fix: didYouMean(near), meant: near }];
  });
}
