import type { PlannedStep } from '../../playbook/plannedStep.ts';
import type { Scope } from '../../playbook/template/evaluate.ts';
import { reachAgain } from '../execution.ts';
import { createLine } from '../line.ts';
import type { Outcome } from '../outcome.ts';
import type { StepsContext } from './context.ts';
import { failedEnd, type StepEnd } from './stepEnd.ts';
import type { On, OwnDoing, OwnStep } from './on.ts';
import { textFrom } from './scope.ts';
import { stoppedEnd } from './work.ts';

type Work = (step: OwnStep, on: On) => Promise<StepEnd>;

/** Does a step where it belongs: on its node, or on the one that it is delegated to; in lockstep, when there is a place. */
export async function inPlace(step: OwnStep, on: On, work: Work): Promise<StepEnd> {
  const { inTurn } = on.context;
  const { does } = step;
  if (!inTurn || holdsNothing(does)) return onNode(step, on, work);
  return inTurn(async () => {
    if (on.context.stop.signal.aborted) return stoppedEnd();
    const { line } = on.context;
    const isHere = needsNode(does) && step.delegate === undefined;
    const unreached = isHere ? await line.reopen() : undefined;
    if (unreached) return unreachedEnd(step, on.context.target.node, unreached);
    try {
      return await onNode(step, on, work);
    } finally {
      await line.release();
    }
  });
}

/** Persons are asked, and values kept, in nobody's place; Ansible has a number of its own. */
function holdsNothing({ type }: OwnDoing): boolean {
  return type === 'ansible' || type === 'pause' || type === 'set' || type === 'fail';
}

function needsNode({ type }: OwnDoing): boolean {
  return !['http', 'wait-port', 'wait-time'].includes(type);
}

/** The node that a step is delegated to; undefined where it is done on its own, or that can not be told. */
export function delegateOf({ delegate }: PlannedStep, scope: Scope): string | undefined {
  const said = delegate === undefined ? undefined : textFrom(delegate, scope);
  return said && 'value' in said ? said.value : undefined;
}

async function onNode(step: OwnStep, on: On, work: Work): Promise<StepEnd> {
  if (step.delegate === undefined) return work(step, on);
  const said = textFrom(step.delegate, on.scope);
  if ('message' in said) return failedEnd(step, said.message);
  const target = on.context.plan.delegates?.find(({ node }) => node === said.value);
  const transport = on.context.steps.transports.get(target?.transport ?? '');
  if (!target || !transport)
    return failedEnd(step, `${said.value} is not part of the plan: the node has to be known before the run.`);
  const there: StepsContext = { ...on.context, target, transport, note: quiet(on.context) };
  const connected = await reachAgain(there);
  if ('status' in connected) return unreachedEnd(step, target.node, connected);
  if (!connected.ok) return unreachedEnd(step, target.node, connected.outcome);
  const line = createLine(connected.session, () => reachAgain(there));
  try {
    return await work(step, { ...on, context: { ...there, line } });
  } finally {
    await line.release();
  }
}

/** A process of another node must not be taken for one of this. */
function quiet({ note }: StepsContext): StepsContext['note'] {
  return (event) => (event.type === 'processStarted' ? undefined : note(event));
}

function unreachedEnd(step: PlannedStep, node: string, outcome: Outcome): StepEnd {
  if (outcome.status === 'cancelled') return stoppedEnd(outcome.remote);
  const why = 'message' in outcome ? outcome.message : outcome.status;
  return failedEnd(step, `${node} is not reached: ${why}`);
}
