import type { Exit } from '../plugin/transport.ts';
import { isFollowed } from './actionText.ts';
import { outcomeOf } from './exitOutcome.ts';
import { formatBytes } from './format.ts';
import { commandFor, paramsOf } from './itemAction.ts';
import type { Outcome } from './outcome.ts';
import { filesFor } from './perform.ts';
import { performInTime } from './performInTime.ts';
import type { Reached } from './executionContext.ts';

/** Does the one thing that the plan says. */
export async function runAction(context: Reached): Promise<Outcome> {
  const { plan, target } = context;
  const { action: planned, limits } = plan;
  const refused = (message: string): Outcome => ({ status: 'refused', by: 'validation', message });
  if (planned.type === 'playbook') return refused('the plan has no steps');
  const said =
    planned.type === 'command'
      ? commandFor(planned, { target, params: paramsOf(plan, context) })
      : { value: planned };
  if ('message' in said) return refused(said.message);
  const action = said.value;
  const timeoutMs = isFollowed(action) ? undefined : limits.timeoutMs;
  let exit: Exit | undefined;
  try {
    const performed = await performInTime({ action, files: filesFor(plan, target), timeoutMs }, context);
    exit = performed.exit;
    return outcomeOf(performed, { step: 'command', timeoutMs, context });
  } finally {
    // A result is told only when what it says is there can be read by whoever comes after a crash.
    await context.sink.settled(context.id);
    finishStep(context, exit);
  }
}

function finishStep({ id, sink, progress, note }: Reached, exit: Exit | undefined): void {
  const leftOut = sink.leftOut?.(id) ?? 0;
  if (leftOut > 0) {
    const message = `${formatBytes(leftOut)} (${leftOut} bytes) of the output are not in the history`;
    note({ type: 'note', execution: id, message });
  }
  note({
    type: 'stepFinished',
    execution: id,
    ...progress.counters(),
    exitCode: exit?.type === 'exited' ? exit.code : null,
    signal: exit?.type === 'signalled' ? exit.signal : null,
    extents: [...sink.extents(id)],
    ...(leftOut > 0 && { leftOut }),
  });
}
