import { parseExpression } from '../../../core/playbook/template/parse.ts';
import { remembered } from '../../../core/util/remembered.ts';
import { at as valueAt } from '../../../core/yaml/data.ts';
import { wholeRemoval } from '../edit/entries.ts';
import type { Finding } from './finding.ts';
import type { WrittenStep } from './steps.ts';
import type { Subject } from './subject.ts';

/** Steps that cannot do what they are there for. */
export function* flowFindings(subject: Subject): Iterable<Finding> {
  for (const steps of subject.lists) {
    const byId = new Map(steps.toReversed().map((step) => [step.text('id'), step]));
    for (const step of steps) {
      if (isNever(step)) {
        const message = 'This never holds, so the step is skipped on every node.';
        yield { code: 'steps/never-runs', message, range: subject.range([...step.path, 'when'], 'value') };
      }
      yield* neverMeet(step, byId, subject);
    }
    yield* behindTheEnd(steps, subject);
  }
  yield* unusedHandlers(subject);
}

function isNever({ written }: WrittenStep): boolean {
  return typeof written === 'object' && written !== null && neverHolds(written);
}

/** Whether the condition of a step is a value that counts as false. */
const neverHolds = remembered((step: object): boolean => {
  const when = valueAt(step, ['when']);
  const parsed = typeof when === 'string' ? parseExpression(when) : undefined;
  if (!parsed?.ok || parsed.expression.type !== 'literal') return false;
  const { value } = parsed.expression;
  return value === false || value === null || value === 0 || value === '';
});

function* neverMeet(
  step: WrittenStep,
  byId: ReadonlyMap<string | undefined, WrittenStep>,
  subject: Subject,
): Iterable<Finding> {
  const when = step.text('when');
  const needs = step.texts('needs');
  for (const [at, id] of needs.entries()) {
    const needed = byId.get(id);
    const other = needed?.text('when');
    if (!needed || needed === step || other === undefined) continue;
    if (!isNever(needed) && !(when !== undefined && excludeEachOther(when, other))) continue;
    const isList = Array.isArray(step.get('needs'));
    const message = `"${id}" is skipped wherever this step runs: its condition is ${other}.`;
    yield {
      code: 'steps/never-meet',
      message,
      range: subject.range(isList ? [...step.path, 'needs', at] : [...step.path, 'needs'], 'value'),
      related: [
        {
          message: 'The condition of the step that is needed.',
          uri: subject.document.document.uri,
          range: subject.range([...needed.path, 'when'], 'value'),
        },
      ],
    };
  }
}

/** `a` and `not a`, however they are spaced. */
function excludeEachOther(a: string, b: string): boolean {
  const bare = (text: string): string => text.trim().replaceAll(/\s+/g, ' ');
  const opposites = (text: string): readonly string[] => [`not ${bare(text)}`, `not (${bare(text)})`];
  return opposites(a).includes(bare(b)) || opposites(b).includes(bare(a));
}

function* behindTheEnd(steps: readonly WrittenStep[], subject: Subject): Iterable<Finding> {
  const [first] = steps;
  if (!first || first.list[0] === 'handlers') return;
  const end = steps.findIndex(
    (step) => step.has('fail') && !step.has('when') && step.get('ignoreErrors') !== true,
  );
  const needing = new Set(steps.flatMap((step) => step.texts('needs')));
  const ending = steps[end];
  if (!ending || needing.has(ending.text('id') ?? '')) return;
  for (const step of steps.slice(end + 1)) {
    const id = step.text('id');
    // A later step may be needed by an earlier one, and runs before it then.
    if (id !== undefined && needing.has(id)) continue;
    yield {
      code: 'steps/unreachable',
      message: 'The step before it always fails, so this one never runs.',
      range: subject.range(step.path, 'value'),
      isUnnecessary: true,
      related: [
        {
          message: 'It ends here.',
          uri: subject.document.document.uri,
          range: subject.range([...ending.path, 'fail'], 'key'),
        },
      ],
    };
  }
}

function* unusedHandlers(subject: Subject): Iterable<Finding> {
  const notified = new Set(subject.steps.flatMap((step) => step.texts('notify')));
  const handlers = subject.steps.filter(({ list }) => list.length === 1 && list[0] === 'handlers');
  // A name that no handler has was meant for one of them.
  const ids = new Set(handlers.map((handler) => handler.text('id')));
  if ([...notified].some((id) => !ids.has(id))) return;
  for (const handler of handlers) {
    const id = handler.text('id');
    if (id === undefined || notified.has(id)) continue;
    yield {
      code: 'steps/unused-handler',
      message: `No step notifies the handler "${id}", so it never runs.`,
      range: subject.range([...handler.path, 'id'], 'value'),
      isUnnecessary: true,
      repairs: [{ title: 'Remove the handler', edits: [wholeRemoval(subject.document, handler.path)] }],
    };
  }
}
