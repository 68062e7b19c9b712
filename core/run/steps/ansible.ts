import type { AnsibleRun, Doing, PlannedStep } from '../../playbook/plannedStep.ts';
import { onAbort } from '../../util/abort.ts';
import { canonicalJson } from '../../util/json.ts';
import type { AnsibleEnd, AnsibleMember } from './ansibleEvent.ts';
import { ansibleSteps } from './ansibleSteps.ts';
import { failedEnd, okEnd, type StepEnd } from './stepEnd.ts';
import type { On } from './on.ts';
import { filesOf } from './files.ts';
import { valuesFrom } from './scope.ts';
import { stoppedEnd, timeOf } from './work.ts';

/** Runs a playbook of Ansible on the node; in lockstep, one process has all nodes that are at the step. */
export async function ansible(
  step: PlannedStep,
  does: Extract<Doing, { type: 'ansible' }>,
  on: On,
): Promise<StepEnd> {
  const { scope, context, frame } = on;
  const found = filesOf(step, [does.from], on);
  if ('message' in found) return failedEnd(step, found.message);
  const vars = valuesFrom(does.vars, scope);
  if ('message' in vars) return failedEnd(step, vars.message);
  const { tags } = does;
  const check = does.check || context.steps.loaded.isDryRun === true;
  const playbook = found.value[0]?.from ?? '';
  const asked = { playbook, tags, check, vars: vars.value };
  const stop = new AbortController();
  const stopping = onAbort(context.stop.signal, () => stop.abort());
  const timer = context.clock.after(timeOf(step, context), () => stop.abort('timed-out'));
  const told = ansibleSteps(step, context);
  const member: AnsibleMember = { target: context.target, signal: stop.signal, hear: told.hear };
  const run = (members: readonly AnsibleMember[]): Promise<AnsibleEnd> => runOn(members, asked, on);
  const { gather } = context.steps;
  const place = { execution: context.id, path: step.path, key: canonicalJson(asked) };
  const isShared = gather !== undefined && !frame.isApart;
  const running = isShared ? gather(place, member, run) : run([member]);
  const stopped = new Promise<'stopped'>((resolve) => void onAbort(stop.signal, () => resolve('stopped')));
  const why = await Promise.race([running, stopped]);
  timer.dispose();
  stopping.dispose();
  if (why !== 'stopped') return told.end(why);
  // Others may have a part in a process that is shared; one of its own is gone before the step ends.
  if (!isShared) await running;
  if (stop.signal.reason !== 'timed-out') return stoppedEnd('may-still-run');
  const message = `${step.path}: Ansible still at work after ${timeOf(step, context) / 1000} s; it may still run`;
  const outcome = { status: 'timed-out', phase: 'run', remote: 'may-still-run', message } as const;
  return { ...okEnd, status: 'failed', message, outcome, changed: true };
}

/** One process for these nodes; it ends with the last of them. */
async function runOn(
  members: readonly AnsibleMember[],
  asked: Omit<AnsibleRun, 'targets' | 'limit' | 'forks'>,
  { context }: On,
): Promise<AnsibleEnd> {
  const { targets, strategy } = context.plan;
  const stop = new AbortController();
  const look = (): void => {
    if (members.every(({ signal }) => signal.aborted)) stop.abort();
  };
  for (const { signal } of members) onAbort(signal, look);
  const byName = new Map(members.map((member) => [member.target.node, member]));
  const limit = [...byName.keys()];
  const forks = Math.min(limit.length, strategy.concurrency);
  return context.steps.outside.ansible(
    { ...asked, targets, limit, forks },
    { signal: stop.signal, onEvent: (event) => byName.get(event.host)?.hear(event) },
  );
}
