import type { Place, Policies, Policy } from './policy.ts';

/** A number or word that some file says, and where; without a place it is the default. */
export type Setting<T> = { readonly value: T; readonly place?: Place };

/** The lowest that any file says for a limit: no file can raise what another one sets. */
export function lowest(
  { policies }: Policies,
  key: 'confirmAbove' | 'typedAbove',
): Setting<number> | undefined {
  const found = policies.flatMap((policy) => {
    const value = policy.settings[key];
    return value === undefined ? [] : [{ value, place: policy.placeOf(key) }];
  });
  return found.toSorted((a, b) => a.value - b.value)[0];
}

/**
 * Tags whose nodes are protected: all that any file names. `protected` is among them unless a file of the user or the
 * machine names others.
 */
export function protectedTags({ policies }: Policies): readonly Setting<string>[] {
  const named = (policy: Policy): Setting<string>[] =>
    (policy.settings.protectedTags ?? []).map((value) => ({ value, place: policy.placeOf('protectedTags') }));
  const isOwn = policies.some(
    ({ level, settings }) => level !== 'workspace' && settings.protectedTags !== undefined,
  );
  const all = [...(isOwn ? [] : [{ value: 'protected' }]), ...policies.flatMap(named)];
  return [...new Map(all.toReversed().map((tag) => [tag.value, tag])).values()].toReversed();
}
