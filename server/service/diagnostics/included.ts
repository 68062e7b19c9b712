import { resolveUri } from '../uris.ts';
import type { Facts } from '../facts/occurrence.ts';
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
