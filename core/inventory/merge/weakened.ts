import { foldForDisplay } from '../../selection/nodeset.ts';
import type { Problem } from '../../util/problem.ts';
import type { NodeDraft } from './draft.ts';

/**
 * What a source says to weaken the check of host keys has no effect, which is worth knowing: one warning for each place
 * that says so. An ssh configuration warns by itself, with the line.
 */
export function weakenedChecks(drafts: readonly NodeDraft[]): Problem[] {
  const places = new Map<string, { problem: Omit<Problem, 'message'>; value: string; nodes: string[] }>();
  for (const { node, settings, united } of drafts) {
    const entry = settings.strictHostKeyChecking;
    const isOff = /^(?:no|off|false|accept-new)$/i.test(entry?.value ?? '');
    if (!entry || !isOff || united.by.some(({ by }) => by.state.type === 'ssh-config')) continue;
    const { file = node.origin.source, range } = entry;
    const key = JSON.stringify([file, range?.start, entry.value]);
    const place = places.get(key) ?? {
      problem: {
        code: 'inventory/host-keys',
        severity: 'warning',
        file,
        ...(range !== undefined && { range }),
      },
      value: entry.value,
      nodes: [],
    };
    place.nodes.push(node.name);
    places.set(key, place);
  }
  return [...places.values()].map(({ problem, value, nodes }) => ({
    ...problem,
    message: `StrictHostKeyChecking=${value} of ${foldForDisplay(nodes)} has no effect: Muster always verifies host keys.`,
  }));
}
