import { CompletionItemKind } from 'vscode-languageserver-types';
import type { Path } from '../../../core/yaml/places.ts';
import { type OutlineEntry, outlineOf, valuesOf } from '../cursor/outline.ts';
import type { Offer } from './item.ts';
import type { Place } from './place.ts';

/** Ids of the steps beside this one, or of handlers; without those that wait for this one already. */
export function stepIds({ text, cursor }: Place, refers: 'step' | 'handler'): readonly Offer[] {
  const outline = outlineOf(text);
  const key = cursor.path.findLastIndex((step) => step === 'needs' || step === 'notify');
  const list = refers === 'handler' ? ['handlers'] : cursor.path.slice(0, Math.max(0, key - 1));
  const steps = stepsOf(outline, list);
  const own = refers === 'step' ? steps.find(({ at }) => at === cursor.path[key - 1]) : undefined;
  const waiting = own ? waitingFor(own.id, steps) : new Set<string>();
  return steps
    .filter(({ id, at }) => at !== own?.at && !waiting.has(id))
    .map(({ id, name }) => ({ label: id, kind: CompletionItemKind.Reference, detail: name ?? refers }));
}

type Step = {
  readonly at: string | number | undefined;
  readonly id: string;
  readonly name: string | undefined;
  /** As far as they stand on the line of their key. */
  readonly needs: readonly string[];
};

/** The steps of a list that have an id. */
function stepsOf(outline: readonly OutlineEntry[], list: Path): readonly Step[] {
  const valueAt = valuesOf(outline);
  return outline.flatMap(({ path, value }): Step[] => {
    const isHere = path.length === list.length + 2 && list.every((step, at) => path[at] === step);
    if (!isHere || path.at(-1) !== 'id' || value === '') return [];
    const around = path.slice(0, -1);
    const needs = valueAt([...around, 'needs']) ?? '';
    const name = valueAt([...around, 'name']) || undefined;
    return [{ at: around.at(-1), id: value, name, needs: needs.split(/[\s,[\]"']+/) }];
  });
}

/** Every step that comes after one, because it needs it or another that does. */
function waitingFor(id: string, steps: readonly Step[]): ReadonlySet<string> {
  const found = new Set([id]);
  // What is added while the set is walked is walked too.
  for (const each of found) for (const step of steps) if (step.needs.includes(each)) found.add(step.id);
  found.delete(id);
  return found;
}
