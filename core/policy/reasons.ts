import { plural } from '../run/format.ts';
import { formatTime } from '../schema/time.ts';
import { foldForDisplay } from '../selection/nodeset.ts';
import type { Caught } from './matchRule.ts';
import type { Freeze, Place, Policy } from './policy.ts';
import { formatPlace, type Reason, type Verdict } from './verdict.ts';

/** The reason that a plan has more targets than is usual. A client with a limit of its own says it with that one. */
export function manyNodes(count: number, limit: number): string {
  return `This runs on ${plural(count, 'node')}, more than ${limit}.`;
}

/** Why a rule speaks: what it asks for, its name and place, the nodes, and its own words. */
export function ruleReason(
  { name, place, reason }: Policy['rules'][number],
  verdict: Exclude<Verdict, 'allow'>,
  caught: readonly Caught[],
): Reason {
  const rule = name === undefined ? 'a rule' : `the rule "${name}"`;
  const on = caught.length === 0 ? '' : `, for ${caughtText(caught)}`;
  const own = reason === undefined ? '' : ` ${reason}`;
  const message = `${asks[verdict]} by ${rule} (${formatPlace(place)})${on}.${own}`;
  return { verdict, message, place };
}

const asks = {
  deny: 'Denied',
  'typed-confirm': 'The number of nodes has to be typed, it is asked for',
  confirm: 'A yes is asked for',
} as const satisfies Record<Exclude<Verdict, 'allow'>, string>;

export function protectedReason(tag: string, caught: readonly Caught[], place: Place | undefined): Reason {
  const verb = caught.length === 1 ? 'is' : 'are';
  const where = place ? `, ${formatPlace(place)}` : '';
  const message = `${caughtText(caught)} ${verb} protected (tag "${tag}"${where}): the number of nodes has to be typed.`;
  return { verdict: 'typed-confirm', message, ...(place && { place }) };
}

export function frozenReason({ reason, until, by }: Freeze, place?: Place): Reason {
  const end = until === undefined ? '' : ` until ${formatTime(until)}`;
  const who = by === undefined ? '' : ` by ${by}`;
  const where = place ? ` (${formatPlace(place)})` : '';
  const next = place ? 'Take the entry out' : 'End it with "muster unfreeze" or "Muster: End Freeze"';
  const message = `Frozen${end}${who}${where}: ${reason.replace(/\.$/, '')}. Nothing starts. ${next} when it is over.`;
  return { verdict: 'deny', message, ...(place && { place }) };
}

/** `db01, 10.0.0.5 (which is db01)`. */
function caughtText(caught: readonly Caught[]): string {
  const direct = caught.filter(({ as }) => as === undefined).map(({ name }) => name);
  const others = caught.flatMap(({ name, as }) => (as === undefined ? [] : [`${name} (which is ${as})`]));
  const shown = others.slice(0, 5);
  const rest = others.length - shown.length;
  return [
    ...(direct.length > 0 ? [foldForDisplay(direct)] : []),
    ...shown,
    ...(rest > 0 ? [`${rest} more under other names`] : []),
  ].join(', ');
}
