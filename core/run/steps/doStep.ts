import type { OwnStep, On } from './on.ts';
import type { PlannedStep } from '../../playbook/plannedStep.ts';
import { textOf } from '../../playbook/template/values.ts';
import type { Value } from '../../schema/value.ts';
import { onAbort } from '../../util/abort.ts';
import { haltedEnd } from './context.ts';
import { failedEnd, okEnd, type StepEnd } from './stepEnd.ts';
import { ansible } from './ansible.ts';
import { copy, fetchFiles, putTemplate, script } from './files.ts';
import { run } from './onNode.ts';
import { sendRequest } from './http.ts';
import { textFrom, valueFrom } from './scope.ts';
import { pass, waitForCommand, waitForPort } from './wait.ts';
import { stoppedEnd } from './work.ts';

/** Does what a step says, once. */
export async function doStep(step: OwnStep, on: On): Promise<StepEnd> {
  const { does } = step;
  switch (does.type) {
    case 'run':
      return run(step, does, on);
    case 'script':
      return script(step, does, on);
    case 'copy':
      return copy(step, does, on);
    case 'ansible':
      return ansible(step, does, on);
    case 'fetch':
      return fetchFiles(step, does, on);
    case 'template':
      return putTemplate(step, does, on);
    case 'wait-command':
      return waitForCommand(step, does, on);
    case 'wait-port':
      return waitForPort(step, does, on);
    case 'wait-time':
      return (await pass(does.ms, on.context)) ? okEnd : stoppedEnd();
    case 'http':
      return sendRequest(step, does.request, on);
    case 'pause':
      return pause(step, does.message, on);
    case 'fail': {
      const said = textFrom(does.message, on.scope);
      return failedEnd(step, 'message' in said ? said.message : said.value);
    }
    case 'set':
      return set(step, does.values, on);
  }
}

async function pause(step: PlannedStep, message: string, { scope, context }: On): Promise<StepEnd> {
  const said = textFrom(message, scope);
  if ('message' in said) return failedEnd(step, said.message);
  const { askToGoOn } = context;
  if (!askToGoOn) return failedEnd(step, 'nobody is here to answer: run it at a terminal or in VS Code');
  const nodes = context.plan.executions.map(({ node }) => node);
  const stopped = new Promise<undefined>(
    (resolve) => void onAbort(context.stop.signal, () => resolve(undefined)),
  );
  const ask = (): Promise<boolean> => askToGoOn({ message: said.value, nodes, pauses: true }, context.note);
  const yes = await Promise.race([context.steps.shared.ask(step.path, ask), stopped]);
  if (yes === undefined) return stoppedEnd();
  if (yes) return okEnd;
  const reason = 'a person said no';
  // Somebody has stopped it here: nothing has failed, nothing is rescued, and what comes at the end comes.
  return {
    ...haltedEnd(reason),
    outcome: { status: 'cancelled', remote: 'stopped', reason },
  };
}

function set(step: PlannedStep, values: Readonly<Record<string, Value>>, { scope, context }: On): StepEnd {
  for (const [name, data] of Object.entries(values)) {
    const found = valueFrom(data, scope);
    if ('message' in found) return failedEnd(step, found.message);
    context.kept.set(name, found.value);
  }
  return okEnd;
}

/** An item of a loop in a few words. */
export function itemText(item: Value): string {
  const text = textOf(item) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
