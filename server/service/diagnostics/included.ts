import { canonicalUri, resolveUri } from '../uris.ts';
import type { Facts } from '../facts/occurrence.ts';
import type { Workspace } from '../workspace.ts';
import type { Subject } from './subject.ts';

/** Tasks and playbooks that the steps of a file use, all the way down. */
export type Included = {
  readonly facts: readonly Facts[];
  /** Whether all of them could be looked at. */
  readonly isWhole: boolean;
};

export function includedIn({ document, workspace, steps }: Subject): Included {
  const found = new Map<string, Facts>();
  let isWhole = true;
  const visit = (uri: string | undefined): void => {
    if (uri !== undefined && found.has(uri)) return;
    const facts = uri === undefined ? undefined : workspace.facts(uri);
    if (uri === undefined || !facts) {
      isWhole = false;
      return;
    }
    found.set(uri, facts);
    for (const { kinds, name, role } of facts.occurrences)
      if (role === 'reference' && kinds.includes('file') && /\.(?:task|playbook)\.yaml$/.test(name))
        visit(name);
  };
  for (const step of steps)
    for (const key of ['task', 'playbook']) {
      const path = step.text(key);
      if (path !== undefined) visit(resolveUri(document.document.uri, path));
    }
  return { facts: [...found.values()], isWhole };
}

/** Playbooks and tasks whose steps use a file, all the way up: what they set is there for it. */
export function includersOf(uri: string, { symbols, facts }: Workspace): readonly Facts[] {
  const found = new Map<string, Facts>();
  const wanted = new Set([uri]);
  for (const name of wanted)
    for (const use of symbols.references({ kinds: ['file'], name })) {
      const by = canonicalUri(use.uri);
      const known = wanted.has(by) ? undefined : facts(by);
      wanted.add(by);
      if (known) found.set(by, known);
    }
  return [...found.values()];
}

/** Names of variables that files declare, set or register. */
export function variablesMadeIn(facts: readonly Facts[]): readonly string[] {
  return facts.flatMap(({ occurrences }) =>
    occurrences.flatMap(({ kinds, name, role }) =>
      role === 'declaration' && kinds.some((kind) => kind === 'var' || kind === 'register') ? [name] : [],
    ),
  );
}
