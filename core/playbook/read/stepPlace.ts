import { readPlaybook, readTask } from './readPlaybook.ts';
import type { Step } from '../../schema/step.ts';
import type { Path } from '../../yaml/places.ts';

type Lists = Readonly<Record<'steps' | 'handlers' | 'finally', readonly Step[]>>;

/**
 * The line of a step in the text of its playbook or task, from 0; undefined where it is not there. `path` is that of
 * the plan: ids or places, from 1. A step of another file is where that file is named.
 */
export function stepPlace(file: string, text: string, path: string): number | undefined {
  const isTask = file.endsWith('.task.yaml');
  const { value, document } = isTask ? readTask(text) : readPlaybook(text);
  if (!value) return undefined;
  const lists: Lists = {
    steps: value.steps ?? [],
    handlers: ('handlers' in value && value.handlers) || [],
    finally: ('finally' in value && value.finally) || [],
  };
  // A task that is run by itself is the only step of its plan.
  const place = placeIn(lists, isTask ? path.split('/').slice(1) : path.split('/'));
  const line = place && document.rangeOf(place, 'value')?.line;
  return line === undefined ? undefined : line - 1;
}

function placeIn(lists: Lists, names: readonly string[]): Path | undefined {
  const [first] = names;
  const list = first === 'handlers' || first === 'finally' ? first : 'steps';
  return walk(lists[list], [list], list === 'steps' ? names : names.slice(1));
}

function walk(steps: readonly Step[], at: Path, [name, ...inner]: readonly string[]): Path | undefined {
  const index = steps.findIndex((step, place) => (step.id ?? String(place + 1)) === name);
  const step = steps[index];
  if (!step) return undefined;
  const here = [...at, index];
  const [next] = inner;
  if (next === undefined) return here;
  if (next === 'rescue' || next === 'always')
    return walk(step[next] ?? [], [...here, next], inner.slice(1)) ?? here;
  return walk(step.block ?? [], [...here, 'block'], inner) ?? here;
}
