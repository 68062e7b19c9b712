import { innerSteps, stepKinds } from '../../../core/schema/step.ts';
import { at as valueAt } from '../../../core/yaml/data.ts';
import type { Path } from '../../../core/yaml/places.ts';
import type { MusterDocument } from '../document.ts';

/** A step as it was written, right or not. */
export type WrittenStep = {
  readonly path: Path;
  /** The list that it stands in: `['steps']`, `['steps', 2, 'block']`. */
  readonly list: Path;
  /** Its place in the list, from 0. */
  readonly place: number;
  /** All of it: the same object for as long as it is written the same. */
  readonly written: unknown;
  /** What was written under a key. */
  get(key: string): unknown;
  has(key: string): boolean;
  /** Text under a key, or nothing where there is something else. */
  text(key: string): string | undefined;
  /** One text or a list of them. */
  texts(key: string): readonly string[];
};

/** Lists of steps of a playbook or task, each before those inside of it, with `handlers` and `finally` at the end. */
export function stepLists({ parsed, document }: MusterDocument): readonly (readonly WrittenStep[])[] {
  if (document.languageId !== 'muster-playbook' && document.languageId !== 'muster-task') return [];
  const found: WrittenStep[][] = [];
  const visit = (list: Path): void => {
    const written = parsed.writtenAt(list);
    if (!Array.isArray(written) || written.length === 0) return;
    const steps = written.map((step: unknown, place) => new StepOfFile(step, list, place));
    found.push(steps);
    for (const step of steps) for (const key of innerSteps) if (step.has(key)) visit([...step.path, key]);
  };
  const implementations = parsed.writtenAt(['implementations']);
  visit(['steps']);
  if (Array.isArray(implementations))
    for (const place of implementations.keys()) visit(['implementations', place, 'steps']);
  visit(['handlers']);
  visit(['finally']);
  return found;
}

/** The key by which a step says what it does, of several the first one; undefined where there is none. */
export function kindOf(step: WrittenStep): (typeof stepKinds)[number] | undefined {
  return stepKinds.find((each) => step.has(each));
}

/** A class: a long file has thousands, made anew with every letter. */
class StepOfFile implements WrittenStep {
  readonly written: unknown;
  readonly list: Path;
  readonly place: number;
  #path: Path | undefined;

  constructor(written: unknown, list: Path, place: number) {
    this.written = written;
    this.list = list;
    this.place = place;
  }

  get path(): Path {
    return (this.#path ??= [...this.list, this.place]);
  }

  get(key: string): unknown {
    return valueAt(this.written, [key]);
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  text(key: string): string | undefined {
    const value = this.get(key);
    return typeof value === 'string' ? value : undefined;
  }

  texts(key: string): readonly string[] {
    const value = this.get(key);
    if (value === undefined) return none;
    return (Array.isArray(value) ? value : [value]).filter(
      (each): each is string => typeof each === 'string',
    );
  }
}

const none: readonly string[] = [];
