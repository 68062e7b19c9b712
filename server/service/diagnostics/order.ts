import { innerSteps } from '../../../core/schema/step.ts';
import type { Path } from '../../../core/yaml/places.ts';
import type { WrittenStep } from './steps.ts';

/**
 * Steps of a playbook in the order in which they run, as far as it is certain: handlers and `finally` come last,
 * and outputs are read when all is done.
 */
export type Order = {
  /** Whether a step has surely not begun when a text at this path is filled in. */
  isLater(step: WrittenStep, at: Path): boolean;
};

export function orderOfSteps(lists: readonly (readonly WrittenStep[])[]): Order {
  let made: ReadonlyMap<string, ReadonlyMap<number, number>> | undefined;
  const byList = () =>
    (made ??= new Map(lists.map((steps) => [JSON.stringify(steps[0]?.list ?? []), ranks(steps)])));
  return {
    isLater(step, at) {
      const shared = sharedLength(step.list, at);
      // The step where the two ways part: beside each other in one list, or in lists that follow each other.
      const list = step.list.slice(0, shared);
      const mine = step.path[shared];
      const other = at[shared];
      if (typeof mine === 'number' && typeof other === 'number') {
        const rank = byList().get(JSON.stringify(list));
        if (!rank) return false;
        return mine === other ? false : (rank.get(mine) ?? 0) > (rank.get(other) ?? 0);
      }
      return mine !== other && listRank(mine) > listRank(other);
    },
  };
}

function sharedLength(a: Path, b: Path): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1;
  return length;
}

const listOrder: readonly string[] = [...innerSteps, 'steps', 'handlers', 'finally', 'outputs'];

function listRank(key: string | number | undefined): number {
  return listOrder.indexOf(String(key));
}

/** Each step after what it needs, else as written. */
function ranks(steps: readonly WrittenStep[]): ReadonlyMap<number, number> {
  const places = new Map(
    steps.flatMap((step) => {
      const id = step.text('id');
      return id === undefined ? [] : [[id, step.place] as const];
    }),
  );
  const rank = new Map<number, number>();
  const open = new Set<number>();
  const visit = (place: number): void => {
    if (open.has(place)) return;
    open.add(place);
    for (const id of steps[place]?.texts('needs') ?? []) {
      const needed = places.get(id);
      if (needed !== undefined) visit(needed);
    }
    rank.set(place, rank.size);
  };
  for (const { place } of steps) visit(place);
  return rank;
}
