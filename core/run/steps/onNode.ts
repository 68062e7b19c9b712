import type { Doing, PlannedStep, Surroundings } from '../../playbook/plannedStep.ts';
import type { Scope } from '../../playbook/template/evaluate.ts';
import { renderCommand } from '../../playbook/template/render.ts';
import { quoteForSh, type Shell } from '../../util/quote.ts';
import type { NodeAction } from '../perform.ts';
import type { StepsContext } from './context.ts';
import { failedEnd, type StepEnd } from './stepEnd.ts';
import type { On } from './on.ts';
import { type Said, textFrom, textsFrom, told } from './scope.ts';
import { doWork, timeOf } from './work.ts';

type CommandRequest = Extract<NodeAction, { type: 'command' }>;

/** Runs a command on the node. */
export async function run(
  step: PlannedStep,
  does: Extract<Doing, { type: 'run' }>,
  { scope, context }: On,
): Promise<StepEnd> {
  const said = requestOf(does, scope);
  if ('message' in said) return failedEnd(step, said.message);
  const isSecret = hasSecret(said.value.command, context);
  const hears = step.sensitive ? 'secret' : 'shown';
  const { path } = step;
  return doWork(
    { action: said.value, files: [], isSecret, path, hears, timeoutMs: timeOf(step, context) },
    context,
  );
}

/** Whether a text has a secret in it, and is one then. */
export function hasSecret(text: string, { steps }: StepsContext): boolean {
  return [...steps.secrets.values()].some((secret) => text.includes(secret));
}

/** What a process on the node gets, all templates filled in. */
export function requestOf(
  { command, shell = 'sh', ...around }: { command: string; shell?: Shell } & Surroundings,
  scope: Scope,
): Said<CommandRequest> {
  const rendered = renderCommand(command, scope, shell);
  if (!rendered.ok) return { message: told(command, rendered.problem) };
  const surroundings = surroundingsOf(around, scope);
  if ('message' in surroundings) return surroundings;
  return { value: { type: 'command', command: inShell(rendered.text, shell), ...surroundings.value } };
}

/** Variables, folder and user of a process. */
export function surroundingsOf(
  { env = {}, cwd, runAs }: Surroundings,
  scope: Scope,
): Said<Pick<CommandRequest, 'env' | 'cwd' | 'runAs'>> {
  const variables = textsFrom(env, scope);
  if ('message' in variables) return variables;
  const folder = cwd === undefined ? undefined : textFrom(cwd, scope);
  if (folder && 'message' in folder) return folder;
  const strange = [...Object.values(variables.value), folder?.value ?? ''].find((text) =>
    text.includes('\0'),
  );
  if (strange !== undefined) return { message: 'A value for env or cwd has a NUL character.' };
  return {
    value: {
      ...(Object.keys(env).length > 0 && { env: variables.value }),
      ...(folder && { cwd: folder.value }),
      ...(runAs && { runAs }),
    },
  };
}

/** Nodes run commands by sh; another shell is started by it. */
function inShell(command: string, shell: Shell): string {
  if (shell === 'sh') return command;
  const options = shell === 'pwsh' ? '-NoProfile -NonInteractive -Command' : '-c';
  return `exec ${shell} ${options} ${quoteForSh(command)}`;
}
