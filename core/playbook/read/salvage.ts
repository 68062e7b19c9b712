import { Param } from '../../schema/param.ts';
import { innerSteps, type Step, Steps } from '../../schema/step.ts';
import type { TextPlace } from '../../util/problem.ts';
import type { ParsedDocument } from '../../yaml/parseDocument.ts';
import type { Path } from '../../yaml/places.ts';
import { at, copyOf, removeEntry } from '../../yaml/data.ts';
import type { Declared, Outer } from './check.ts';

export type Salvaged = {
  readonly declared: Declared;
  /** Steps that are not right: nothing more is said of what they mean. */
  readonly broken: readonly TextPlace[];
};

/**
 * What a file declares although some of it does not have its shape. Of a step that is not right only the ids are known,
 * its own and those of steps inside of it, so that others can still refer to them.
 */
export function salvage(document: ParsedDocument<unknown>, outer: Outer | undefined): Salvaged {
  const broken: TextPlace[] = [];
  const lists = listsOf(document).map((path) => ({ path, steps: stepsAt(document, path, broken) }));
  const declared: Declared = {
    params: new Map(
      mapEntries(document.writtenAt(['params'])).map(([name, written]) => {
        const param = Param.safeParse(written);
        return [name, param.success ? param.data : {}];
      }),
    ),
    secrets: [
      ...mapEntries(document.writtenAt(['secrets'])).map(([name]) => name),
      ...(outer?.secrets ?? []),
    ],
    hasOthers: outer === undefined,
    handlers: lists.find(({ path }) => path[0] === 'handlers')?.steps ?? [],
    lists,
  };
  return { declared, broken };
}

/** Lists of steps at the top of playbooks and tasks, as far as they are there. */
function listsOf(document: ParsedDocument<unknown>): readonly Path[] {
  const implementations = document.writtenAt(['implementations']);
  const ofTask = Array.isArray(implementations)
    ? implementations.map((_each, place): Path => ['implementations', place, 'steps'])
    : [];
  return [['steps'], ['handlers'], ['finally'], ...ofTask];
}

function stepsAt(document: ParsedDocument<unknown>, path: Path, broken: TextPlace[]): readonly Step[] {
  const written = document.writtenAt(path);
  if (!Array.isArray(written)) return [];
  return written.map((each: unknown, place) => {
    const step = stepIn(each) ?? stepIn(withoutUnknownKeys(each));
    if (step) return step;
    broken.push(document.rangeOf([...path, place], 'value'));
    return idsIn(each);
  });
}

function stepIn(written: unknown): Step | undefined {
  const read = Steps.safeParse([written]);
  return read.success ? read.data[0] : undefined;
}

/** A key with a typo is told of, and says nothing of the others. */
function withoutUnknownKeys(written: unknown): unknown {
  const copy = copyOf(written);
  for (const issue of Steps.safeParse([written]).error?.issues ?? [])
    if (issue.code === 'unrecognized_keys')
      for (const key of issue.keys) removeEntry([copy], [...issue.path, key]);
  return copy;
}

function idsIn(written: unknown): Step {
  const id = at(written, ['id']);
  const inner = innerSteps.flatMap((key) => {
    const steps = at(written, [key]);
    return Array.isArray(steps) ? [[key, steps.map(idsIn)] as const] : [];
  });
  return { ...(typeof id === 'string' && { id }), ...Object.fromEntries(inner) };
}

function mapEntries(written: unknown): readonly (readonly [string, unknown])[] {
  return written instanceof Map ? [...(written as Map<string, unknown>)] : [];
}
