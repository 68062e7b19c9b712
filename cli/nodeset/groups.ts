import type { GroupResolver } from '../../core/selection/calculator/groups.ts';
import { inventoryGroups, withDefault } from '../../core/selection/calculator/groups.ts';
import type { Result } from '../../core/util/errors.ts';
import { openSession } from '../inventory/session.ts';
import type { Streams } from '../report.ts';
import type { Words } from './words.ts';

/** Groups of the inventory for one command line. */
export type Groups = {
  /** With the source that was chosen as the default one. */
  readonly resolver: GroupResolver;
  /** As the inventory has them. */
  readonly original: GroupResolver;
  /** The source that was chosen. */
  readonly source: string | undefined;
  /** Whether names of groups are written without their source. */
  readonly isBare: boolean;
};

/** Reads the inventory that the options name, or the usual one. */
export async function openGroups({ flags }: Words, streams: Streams): Promise<Result<Groups>> {
  const inventory = flags.get('inventory');
  const data = flags.get('data')?.at(-1);
  const session = await openSession(
    { ...(inventory && { inventory }), ...(data !== undefined && { data }) },
    streams,
  );
  if (!session.ok) return session.error.code === 'INPUT_MISSING' ? noInventory : session;
  const groups = inventoryGroups(session.value.index);
  const source = flags.get('groupsource')?.at(-1) ?? flags.get('g')?.at(-1);
  if (source !== undefined && !groups.groups(source)) {
    const there =
      groups.sources.length === 0 ? 'The inventory has none.' : `There are: ${groups.sources.join(', ')}.`;
    const message = `There is no group source "${source}". ${there}`;
    return { ok: false, error: { code: 'SELECTION_UNKNOWN', message } };
  }
  const resolver = source === undefined ? groups : withDefault(groups, source);
  return { ok: true, value: { resolver, original: groups, source, isBare: flags.has('groupbase') } };
}

/** Here -i is for intersections. */
const noInventory: Result<never> = {
  ok: false,
  error: {
    code: 'INPUT_MISSING',
    message:
      'There is no inventory in this folder or above it, so there are no groups. Name one with --inventory.',
  },
};
