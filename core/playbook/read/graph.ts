import { meantOr } from '../../util/problem.ts';
import type { Step } from '../../schema/step.ts';
import { nearest } from '../../util/nearest.ts';
import type { Path } from '../../yaml/places.ts';

/** What is wrong with a list of steps; `path` leads to it from the top of the file. */
export type StepProblem = {
  readonly path: Path;
  readonly code: string;
  readonly message: string;
  readonly fix?: string;
  readonly meant?: string;
  /** Other places that it is about, each with what it says. */
  readonly related?: readonly { readonly path: Path; readonly message: string }[];
};

/** The steps of a list in the order in which they run: as written, but each after what it needs. */
export function orderOf(steps: readonly Step[]): readonly number[] {
  const places = placesOf(steps);
  const order: number[] = [];
  const state = new Map<number, 'open' | 'done'>();
  const visit = (at: number): void => {
    if (state.has(at)) return;
    state.set(at, 'open');
    for (const id of steps[at]?.needs ?? []) {
      const needed = places.get(id);
      if (needed !== undefined) visit(needed);
    }
    state.set(at, 'done');
    order.push(at);
  };
  for (const at of steps.keys()) visit(at);
  return order;
}

/** Ids that are there twice, needs of what is not there, and circles, each once with its whole way. */
export function graphProblems(list: List, elsewhere: Elsewhere = new Map()): readonly StepProblem[] {
  const { steps, path } = list;
  const places = placesOf(steps);
  return [...repeats(steps, path), ...unknownNeeds(list, places, elsewhere), ...circles(steps, path, places)];
}

/** Steps beside each other, and the path to them. */
type List = { readonly steps: readonly Step[]; readonly path: Path };

/** Where the ids of all steps of a file stand. */
export type Elsewhere = ReadonlyMap<string, Path>;

type Places = ReadonlyMap<string, number>;

/** The first step of each id. */
function placesOf(steps: readonly Step[]): Places {
  const places = new Map<string, number>();
  for (const [at, { id }] of steps.entries()) if (id !== undefined && !places.has(id)) places.set(id, at);
  return places;
}

function repeats(steps: readonly Step[], path: Path): readonly StepProblem[] {
  const places = placesOf(steps);
  return steps.flatMap(({ id }, at): StepProblem[] => {
    if (id === undefined || places.get(id) === at) return [];
    const message = `There is a step "${id}" already.`;
    const first = { path: [...path, places.get(id) ?? 0, 'id'], message: 'It is here first.' };
    const fix = 'Give it another id.';
    return [{ path: [...path, at, 'id'], code: 'playbook/repeated-id', message, fix, related: [first] }];
  });
}

function unknownNeeds({ steps, path }: List, places: Places, elsewhere: Elsewhere): readonly StepProblem[] {
  return steps.flatMap(({ needs = [] }, at) =>
    needs.flatMap((id, place): StepProblem[] => {
      if (places.has(id)) return [];
      const message = `There is no step "${id}" beside this one.`;
      const found = { path: [...path, at, 'needs', place], code: 'playbook/unknown-step', message };
      const other = elsewhere.get(id);
      if (other) {
        const fix =
          'It stands in another list, and "needs" is about steps of one list: give the step around it an id, or move one of them.';
        return [{ ...found, fix, related: [{ path: other, message: 'The step of that id.' }] }];
      }
      const near = nearest(id, places.keys());
      const known = [...places.keys()].join(', ');
      return [{ ...found, ...meantOr(near, `Steps with an id beside it: ${known || 'none'}.`) }];
    }),
  );
}

/** Depth first; what leads back to a step that is still open closes a circle. */
function circles(steps: readonly Step[], path: Path, places: Places): readonly StepProblem[] {
  const found: StepProblem[] = [];
  const done = new Set<number>();
  const way: number[] = [];
  const visit = (at: number): void => {
    if (done.has(at)) return;
    const from = way.indexOf(at);
    if (from >= 0) {
      const circle = way.slice(from);
      const nameOf = (place: number): string => steps[place]?.id ?? '?';
      const names = [...circle, at].map(nameOf);
      const last = way.at(-1) ?? at;
      const message = `These steps need each other in a circle: ${names.join(' → ')}.`;
      const fix = 'Take one of these needs away.';
      const related = circle.map((place, turn) => {
        const next = nameOf(circle[turn + 1] ?? at);
        return { path: [...path, place, 'needs'], message: `"${nameOf(place)}" needs "${next}".` };
      });
      found.push({ path: [...path, last, 'needs'], code: 'playbook/cycle', message, fix, related });
      return;
    }
    way.push(at);
    for (const id of steps[at]?.needs ?? []) {
      const needed = places.get(id);
      if (needed !== undefined) visit(needed);
    }
    way.pop();
    done.add(at);
  };
  for (const at of steps.keys()) visit(at);
  return found;
}
