import type { SshHop, SshOptions } from '../../../core/plugin/options.ts';
import type { Target } from '../../../core/run/plan.ts';
import { knownAddress } from './hostCheck.ts';
import type { HostKeyBook, KnownHosts } from './knownHosts.ts';

/** Hashed names that are compared at most: each costs about 6 µs. */
const mostComparisons = 50_000;

type Place = { readonly endpoint: SshHop; readonly book: HostKeyBook };

/**
 * Targets with an endpoint about which no line of known_hosts says anything. Where finding out would take long, because
 * many names are hashed, none: connecting tells.
 */
export async function withoutKeys(
  targets: readonly { target: Target; options: SshOptions }[],
  knownHosts: Pick<KnownHosts, 'open'>,
): Promise<readonly Target[]> {
  const unread: { target: Target; places: Place[] }[] = [];
  let comparisons = 0;
  for (const { target, options } of targets) {
    const places: Place[] = [];
    for (const endpoint of [...options.via, options]) {
      const book = await knownHosts.open(endpoint.knownHosts);
      if (isKnown({ endpoint, book }, 'readable')) continue;
      places.push({ endpoint, book });
      comparisons += book.hashed;
    }
    if (places.length > 0) unread.push({ target, places });
  }
  if (comparisons > mostComparisons) return [];
  return unread
    .filter(({ places }) => places.some((place) => !isKnown(place, 'all')))
    .map(({ target }) => target);
}

function isKnown({ endpoint, book }: Place, which: 'readable' | 'all'): boolean {
  return book.isKnown(knownAddress({ ...endpoint, alias: endpoint.hostKeyAlias }), which);
}
