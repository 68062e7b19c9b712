import { renderCommand } from '../playbook/template/render.ts';
import type { Value } from '../schema/value.ts';
import type { CommandAction } from './action.ts';
import type { Plan, PlannedExecution, Target } from './plan.ts';
import { nodeValue, type Said, told } from './steps/scope.ts';

/** A command with the values of one set of parameters in it, quoted; without sets it is what was written. */
export function commandFor(
  action: CommandAction,
  { target, params }: { target: Target; params: Value | undefined },
): Said<CommandAction> {
  if (params === undefined) return { value: action };
  const scope = new Map<string, Value>([
    ['params', params],
    ['node', nodeValue(target)],
    ['vars', target.vars],
  ]);
  const rendered = renderCommand(action.command, scope);
  return rendered.ok
    ? { value: { ...action, command: rendered.text } }
    : { message: told(action.command, rendered.problem) };
}

/** The parameters of an execution, where the batch has sets of them. */
export function paramsOf(
  { items }: Pick<Plan, 'items'>,
  { item }: Pick<PlannedExecution, 'item'>,
): Value | undefined {
  return item && items ? (items[item.index] ?? null) : undefined;
}

/** The command of each execution; or why one of them can not be written. */
export function commandsOf({
  action,
  targets,
  executions,
  items,
}: Pick<Plan, 'action' | 'targets' | 'executions' | 'items'>): Said<readonly string[]> {
  if (action.type !== 'command' || !items) return { value: [] };
  const byNode = new Map(targets.map((target) => [target.node, target]));
  const commands = new Set<string>();
  for (const execution of executions) {
    const target = byNode.get(execution.node);
    if (!target) continue;
    const said = commandFor(action, { target, params: paramsOf({ items }, execution) });
    if ('message' in said) return { message: `${execution.item?.name ?? execution.node}: ${said.message}` };
    commands.add(said.value.command);
  }
  return { value: [...commands] };
}
