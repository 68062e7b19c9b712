import { remembered } from '../../../core/util/remembered.ts';
import { at as valueAt } from '../../../core/yaml/data.ts';
import { wholeRemoval } from '../edit/entries.ts';
import { conditionOf, isFalse } from './conditions.ts';
import type { Finding } from './finding.ts';
import type { WrittenStep } from './steps.ts';
import type { Subject } from './subject.ts';

/** Steps that cannot do what they are there for. */
export function* flowFindings(subject: Subject): Iterable<Finding> {
  for (const steps of subject.lists) {
    for (const step of steps) {
      if (!isObject(step.written) || !neverHolds(step.written)) continue;
      const message = 'This never holds, so the step is skipped on every node.';
      yield { code: 'steps/never-runs', message, range: subject.range([...step.path, 'when'], 'value') };
    }
    yield* behindTheEnd(steps, subject);
  }
  yield* unusedHandlers(subject);
}

/** Whether the condition of a step is a value that counts as false. */
const neverHolds = remembered((step: object): boolean => {
  const when = conditionOf(step);
  return when?.type === 'literal' && isFalse(when.value);
});

/** Whether a step surely fails wherever it is come to, and ends what it stands in. */
const alwaysFails = remembered((step: object): boolean => {
  const when = conditionOf(step);
  const isAlways =
    valueAt(step, ['when']) === undefined || (when?.type === 'literal' && !isFalse(when.value));
  // A loop may have nothing in it.
  if (!isAlways || valueAt(step, ['loop']) !== undefined || valueAt(step, ['ignoreErrors']) === true)
    return false;
  if (valueAt(step, ['fail']) !== undefined) return true;
  const rescue = valueAt(step, ['rescue']);
  const isRescued = Array.isArray(rescue) && !fails(rescue);
  return fails(valueAt(step, ['always'])) || (!isRescued && fails(valueAt(step, ['block'])));
});

function fails(steps: unknown): boolean {
  return Array.isArray(steps) && steps.some((step: unknown) => isObject(step) && alwaysFails(step));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function* behindTheEnd(steps: readonly WrittenStep[], subject: Subject): Iterable<Finding> {
  const [first] = steps;
  if (!first || first.list[0] === 'handlers') return;
  const end = steps.findIndex(({ written }) => isObject(written) && alwaysFails(written));
  const ending = steps[end];
  if (!ending) return;
  const needing = new Set(steps.flatMap((step) => step.texts('needs')));
  if (needing.has(ending.text('id') ?? '')) return;
  // A later step may be needed by an earlier one, and runs before it then.
  const never = steps.slice(end + 1).filter((step) => !needing.has(step.text('id') ?? ''));
  const [next, ...others] = never;
  const last = never.at(-1);
  if (!next || !last) return;
  const isRow = last.place - next.place === others.length;
  const range = subject.range(next.path, 'value');
  const what = others.length === 0 ? 'this one never runs' : `this one and ${others.length} more never run`;
  yield {
    code: 'steps/unreachable',
    message: `The step before it always fails, so ${what}.`,
    range: isRow ? { start: range.start, end: subject.range(last.path, 'value').end } : range,
    isUnnecessary: true,
    related: [
      {
        message: 'It ends here.',
        uri: subject.document.document.uri,
        range: subject.range([...ending.path, ending.has('fail') ? 'fail' : 'block'], 'key'),
      },
    ],
  };
}

function* unusedHandlers(subject: Subject): Iterable<Finding> {
  const handlers = subject.steps.filter(({ list }) => list.length === 1 && list[0] === 'handlers');
  if (handlers.length === 0) return;
  const notified = notifiedBy(subject, handlers);
  // A name that no handler has was meant for one of them.
  const ids = new Set(handlers.map((handler) => handler.text('id')));
  if ([...notified].some((id) => !ids.has(id))) return;
  for (const handler of handlers) {
    const id = handler.text('id');
    if (id !== undefined && notified.has(id)) continue;
    const path = id === undefined ? handler.path : [...handler.path, 'id'];
    const message =
      id === undefined
        ? 'The handler has no id, so no step can notify it and it never runs. Give it one.'
        : `No step notifies the handler "${id}", so it never runs.`;
    yield {
      code: 'steps/unused-handler',
      message,
      range: subject.range(path, 'value'),
      isUnnecessary: true,
      repairs: [{ title: 'Remove the handler', edits: [wholeRemoval(subject.document, handler.path)] }],
    };
  }
}

/** Ids that steps notify, and in turn the handlers that they notify. */
function notifiedBy({ steps }: Subject, handlers: readonly WrittenStep[]): ReadonlySet<string> {
  const found = new Set(
    steps.filter(({ list }) => list[0] !== 'handlers').flatMap((step) => step.texts('notify')),
  );
  const inside = (handler: WrittenStep): readonly string[] =>
    steps
      .filter(({ path }) => handler.path.every((key, at) => path[at] === key))
      .flatMap((step) => step.texts('notify'));
  for (const id of found)
    for (const handler of handlers)
      if (handler.text('id') === id) for (const next of inside(handler)) found.add(next);
  return found;
}
