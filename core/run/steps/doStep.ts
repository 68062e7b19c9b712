import type { Doing, PlannedStep, Surroundings } from '../../playbook/plannedStep.ts';
import { renderCommand } from '../../playbook/template/render.ts';
import type { Scope } from '../../playbook/template/evaluate.ts';
import { textOf } from '../../playbook/template/values.ts';
import type { ExecRequest } from '../../plugin/transport.ts';
import type { Value } from '../../schema/value.ts';
import { onAbort } from '../../util/abort.ts';
import { quoteForSh, type Shell } from '../../util/quote.ts';
import { runCommand, stoppedEnd } from './command.ts';
import { failedEnd, okEnd, type StepEnd, type StepsContext } from './context.ts';
import { type Said, textFrom, textsFrom, told, valueFrom } from './scope.ts';
import { pass } from './wait.ts';

/** Kinds of step that have no others in them. */
export type OwnDoing = Exclude<Doing, { type: 'block' | 'task' }>;

export type OwnStep = PlannedStep & { readonly does: OwnDoing };

/** Does what a step says, once. */
export async function doStep(step: OwnStep, scope: Scope, context: StepsContext): Promise<StepEnd> {
  const { does } = step;
  switch (does.type) {
    case 'run':
      return run(step, does, { scope, context });
    case 'wait-command':
      return waitForCommand(step, does, { scope, context });
    case 'wait-port':
      return waitForPort(step, does, { scope, context });
    case 'wait-time':
      return (await pass(does.ms, context)) ? okEnd : stoppedEnd();
    case 'http':
      return http(step, does.request, { scope, context });
    case 'pause':
      return pause(step, does.message, { scope, context });
    case 'fail': {
      const said = textFrom(does.message, scope);
      return failedEnd(step, 'message' in said ? said.message : said.value);
    }
    case 'set':
      return set(step, does.values, { scope, context });
  }
}

type On = { readonly scope: Scope; readonly context: StepsContext };

/** Milliseconds that a step may take. */
function timeOf({ timeoutMs }: PlannedStep, { plan }: StepsContext): number {
  return timeoutMs ?? plan.limits.timeoutMs;
}

async function run(
  step: PlannedStep,
  does: Extract<Doing, { type: 'run' }>,
  { scope, context }: On,
): Promise<StepEnd> {
  const said = requestOf(does, scope);
  if ('message' in said) return failedEnd(step, said.message);
  const isSecret = [...context.steps.secrets.values()].some((secret) => said.value.command.includes(secret));
  const request = { ...said.value, ...(isSecret && { isSecret }) };
  const timeoutMs = timeOf(step, context);
  return runCommand({ request, path: step.path, timeoutMs, isSecret: step.sensitive === true }, context);
}

function requestOf(
  { command, shell = 'sh', env = {}, cwd, runAs }: { command: string; shell?: Shell } & Surroundings,
  scope: Scope,
): Said<ExecRequest> {
  const rendered = renderCommand(command, scope, shell);
  if (!rendered.ok) return { message: told(command, rendered.problem) };
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
      command: inShell(rendered.text, shell),
      ...(Object.keys(env).length > 0 && { env: variables.value }),
      ...(folder && { cwd: folder.value }),
      ...(runAs && { runAs }),
    },
  };
}

/** Nodes run commands by sh; another shell is started by it. */
export function inShell(command: string, shell: Shell): string {
  if (shell === 'sh') return command;
  const options = shell === 'pwsh' ? '-NoProfile -NonInteractive -Command' : '-c';
  return `exec ${shell} ${options} ${quoteForSh(command)}`;
}

async function waitForCommand(
  step: PlannedStep,
  does: Extract<Doing, { type: 'wait-command' }>,
  { scope, context }: On,
): Promise<StepEnd> {
  const request = requestOf(does, scope);
  if ('message' in request) return failedEnd(step, request.message);
  const until = context.clock.now() + timeOf(step, context);
  for (;;) {
    const timeoutMs = Math.max(1, until - context.clock.now());
    const end = await runCommand(
      { request: request.value, path: step.path, timeoutMs, isSecret: true },
      context,
    );
    if (end.isLast || end.status === 'ok') return { ...end, changed: false };
    if (context.clock.now() + does.everyMs >= until)
      return failedEnd(step, `${inTime(step, context)}: ${end.message}`);
    if (!(await pass(does.everyMs, context))) return stoppedEnd();
  }
}

async function waitForPort(
  step: PlannedStep,
  does: Extract<Doing, { type: 'wait-port' }>,
  { scope, context }: On,
): Promise<StepEnd> {
  const host = textFrom(does.host, scope);
  if ('message' in host) return failedEnd(step, host.message);
  const until = context.clock.now() + timeOf(step, context);
  for (;;) {
    if (await context.steps.outside.isOpen(host.value, does.port, context.stop.signal)) return okEnd;
    if (context.stop.signal.aborted) return stoppedEnd();
    const where = `port ${does.port} of ${host.value} does not answer`;
    if (context.clock.now() + does.everyMs >= until)
      return failedEnd(step, `${inTime(step, context)}: ${where}`);
    if (!(await pass(does.everyMs, context))) return stoppedEnd();
  }
}

function inTime(step: PlannedStep, context: StepsContext): string {
  return `not in ${timeOf(step, context) / 1000} s`;
}

async function http(
  step: PlannedStep,
  { url, method, headers, body, expect }: Extract<Doing, { type: 'http' }>['request'],
  { scope, context }: On,
): Promise<StepEnd> {
  const said = {
    url: textFrom(url, scope),
    headers: textsFrom(headers, scope),
    body: valueFrom(body ?? null, scope),
  };
  const contains = expect.contains === undefined ? undefined : textFrom(expect.contains, scope);
  for (const each of [...Object.values(said), contains])
    if (each && 'message' in each) return failedEnd(step, each.message);
  const request = filled(said, method);
  const stop = new AbortController();
  const timer = context.clock.after(timeOf(step, context), () => stop.abort());
  const signal = AbortSignal.any([stop.signal, context.stop.signal]);
  const answer = await context.steps.outside.request(request, signal).catch(() => undefined);
  timer.dispose();
  if (context.stop.signal.aborted) return stoppedEnd();
  if (!answer) return failedEnd(step, `no answer in ${timeOf(step, context) / 1000} s`);
  if ('message' in answer) return failedEnd(step, answer.message);
  const misfit = misfitOf(
    answer,
    expect.status,
    contains && 'value' in contains ? contains.value : undefined,
  );
  const base =
    misfit === undefined ? { ...okEnd, message: `HTTP ${answer.status}` } : failedEnd(step, misfit);
  const json = jsonOf(answer.text);
  return {
    ...base,
    changed: !['GET', 'HEAD'].includes(method),
    stdout: answer.text,
    more: { httpStatus: answer.status, ...(json !== undefined && { json }) },
  };
}

function filled(
  said: { url: Said<string>; headers: Said<Record<string, string>>; body: Said<Value> },
  method: string,
): { url: string; method: string; headers: Record<string, string>; body?: string } {
  const headers = 'value' in said.headers ? said.headers.value : {};
  const body = 'value' in said.body ? said.body.value : null;
  const isText = typeof body === 'string' || body === null;
  const hasType = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  return {
    url: 'value' in said.url ? said.url.value : '',
    method,
    headers: isText || hasType ? headers : { ...headers, 'content-type': 'application/json' },
    ...(body !== null && { body: isText ? body : JSON.stringify(body) }),
  };
}

function misfitOf(
  { status, text }: { status: number; text: string },
  wanted: readonly number[],
  contains: string | undefined,
): string | undefined {
  const isWanted = wanted.length === 0 ? status >= 200 && status < 300 : wanted.includes(status);
  if (!isWanted)
    return `HTTP ${status}, expected ${wanted.length === 0 ? '200 to 299' : wanted.join(' or ')}`;
  if (contains === undefined || text.includes(contains)) return undefined;
  return `the answer does not contain ${JSON.stringify(contains)}`;
}

function jsonOf(text: string): Value | undefined {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
}

async function pause(step: PlannedStep, message: string, { scope, context }: On): Promise<StepEnd> {
  const said = textFrom(message, scope);
  if ('message' in said) return failedEnd(step, said.message);
  const { askToGoOn } = context;
  if (!askToGoOn) return failedEnd(step, 'nobody is there to answer');
  const nodes = context.plan.executions.map(({ node }) => node);
  const stopped = new Promise<undefined>(
    (resolve) => void onAbort(context.stop.signal, () => resolve(undefined)),
  );
  const ask = (): Promise<boolean> => askToGoOn(said.value, nodes, context.note);
  const yes = await Promise.race([context.steps.shared.ask(step.path, ask), stopped]);
  if (yes === undefined) return stoppedEnd();
  return yes ? okEnd : failedEnd(step, 'a person said no');
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
