import type { HttpRequest, PlannedStep } from '../../playbook/plannedStep.ts';
import type { Value } from '../../schema/value.ts';
import { failedEnd, okEnd, type StepEnd } from './context.ts';
import type { On } from './doStep.ts';
import { type Said, textFrom, textsFrom, valueFrom } from './scope.ts';
import { stoppedEnd, timeOf } from './work.ts';

/** Makes a request from this machine, and judges the answer. */
export async function request(
  step: PlannedStep,
  { url, method, headers, body, expect }: HttpRequest,
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
  const filledIn = filled(said, method);
  const stop = new AbortController();
  const timer = context.clock.after(timeOf(step, context), () => stop.abort());
  const signal = AbortSignal.any([stop.signal, context.stop.signal]);
  const answer = await context.steps.outside.request(filledIn, signal).catch(() => undefined);
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
