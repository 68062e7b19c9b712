import { join } from 'node:path';
import type { SourceRef } from '../../core/inventory/source.ts';
import type { Policies } from '../../core/policy/policy.ts';
import type { ClientContext } from '../../core/protocol/context.ts';
import { readFreeze } from './freezeFile.ts';
import { policyFiles, type PolicyPaths } from './policyPaths.ts';
import { type PolicyRead, readPolicyFile } from './readPolicyFile.ts';

/** Where rules are kept. */
export type PolicyPlaces = {
  /** The person's data folder, which has the freeze. */
  readonly dataDir: string;
  readonly paths: PolicyPaths;
};

export type ReadPolicies = {
  readonly files: readonly (ReturnType<typeof policyFiles>[number] & { readonly read: PolicyRead })[];
  readonly policies: Policies;
};

export function freezeFileIn(dataDir: string): string {
  return join(dataDir, 'freeze.json');
}

/** Reads everything that rules come from, for a client and the sources of what it asks. Never from a cache. */
export async function readPolicies(
  { dataDir, paths }: PolicyPlaces,
  { folder }: Pick<ClientContext, 'folder'>,
  sources: readonly SourceRef[],
): Promise<ReadPolicies> {
  const starts = [...(folder === undefined ? [] : [folder]), ...sources.map(({ path }) => path)];
  const files = policyFiles(paths, starts).map((each) => ({ ...each, read: readPolicyFile(each) }));
  const { freeze, broken } = await readFreeze(freezeFileIn(dataDir));
  const policies: Policies = {
    policies: files.flatMap((each) => (each.read.status === 'ok' ? [each.read.policy] : [])),
    broken: [
      ...files.flatMap((each) => (each.read.status === 'broken' ? [each.read.reason] : [])),
      ...broken,
    ],
    freeze,
  };
  return { files, policies };
}
