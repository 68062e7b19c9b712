import { compileRegex } from '../../selection/regex.ts';
import type {
  HttpExpectation,
  HttpRequest,
  HttpRetry,
  PlannedService,
  PlannedStep,
} from '../../playbook/plannedStep.ts';
import { isEqual } from '../../playbook/template/values.ts';
import { isMap, type Value } from '../../schema/value.ts';
import { through } from '../schedule/gates.ts';
import type { Answered, OutsideRequest } from './context.ts';
import { failedEnd, okEnd, type StepEnd } from './stepEnd.ts';
import type { On } from './on.ts';
import { type Said, textFrom, textsFrom, valueFrom } from './scope.ts';
import { pass } from './wait.ts';
import { urlBelow } from './url.ts';
import { stoppedEnd, timeOf } from './work.ts';

/** Milliseconds; a server that wants more time than this is asked again nevertheless. */
const longestRetryAfterMs = 60_000;

/** Sends the request of a step, again as often as it says, within the limits of its service. */
export async function sendRequest(step: PlannedStep, request: HttpRequest, on: On): Promise<StepEnd> {
  const { context } = on;
  const service = request.service === undefined ? undefined : context.steps.loaded.services[request.service];
  const said = filled(request, service, on);
  if ('message' in said) return failedEnd(step, said.message);
  const { retry = service?.retry } = request;
  for (let sent = 1; ; sent += 1) {
    const answer = await inTurn({ step, request, service }, said.value, on);
    if (context.stop.signal.aborted) return stoppedEnd();
    if (!answer) return failedEnd(step, `no answer in ${timeOf(step, context) / 1000} s`);
    if ('message' in answer) return failedEnd(step, answer.message);
    if (!retry || sent > retry.count || !retry.statuses.includes(answer.status))
      return endOf(step, { answer, sent, request, expect: said.value.expect });
    if (!(await pass(waitOf(retry, answer), context))) return stoppedEnd();
  }
}

function waitOf({ delayMs }: HttpRetry, { retryAfterMs = 0 }: Answered): number {
  return Math.max(delayMs, Math.min(retryAfterMs, longestRetryAfterMs));
}

type Sending = {
  readonly step: PlannedStep;
  readonly request: HttpRequest;
  readonly service: PlannedService | undefined;
};

/** One request once its turn has come; the time that it may take begins then. Undefined where there was no answer. */
async function inTurn({ step, request, service }: Sending, { sent }: Filled, { context }: On) {
  const { shared, services, outside } = context.steps;
  const { signal } = context.stop;
  const { service: name, maxConcurrency: places } = request;
  const gates = name === undefined || !service ? [] : services.of(name, service);
  const send = async () => {
    const stop = new AbortController();
    const timer = context.clock.after(timeOf(step, context), () => stop.abort());
    const both = AbortSignal.any([stop.signal, signal]);
    return outside
      .request(sent, both)
      .catch((error: unknown) => {
        if (!both.aborted) throw error;
        return undefined;
      })
      .finally(() => timer.dispose());
  };
  const turn = () => through(gates, () => (signal.aborted ? Promise.resolve(undefined) : send()), signal);
  return places === undefined
    ? turn()
    : shared.throttled({ path: `${step.path} requests`, places }, turn, signal);
}

type Filled = { readonly sent: OutsideRequest; readonly expect: HttpExpectation };

/** The request with its templates filled in; what the service says is under what the step says. */
function filled(
  { url, method, headers, body, expect }: HttpRequest,
  service: PlannedService | undefined,
  { scope }: On,
): Said<Filled> {
  const address = textFrom(url, scope);
  if ('message' in address) return address;
  const where = service ? urlBelow(service, address.value) : address;
  if ('message' in where) return where;
  const common = textsFrom(service?.headers ?? {}, scope);
  if ('message' in common) return common;
  const own = textsFrom(headers, scope);
  if ('message' in own) return own;
  const content = valueFrom(body ?? null, scope);
  if ('message' in content) return content;
  const wanted = wantedOf(expect, { scope });
  if ('message' in wanted) return wanted;
  const sent = { url: where.value, method, ...(service && { staysThere: true }) };
  return {
    value: {
      sent: { ...sent, ...bodyOf(content.value, merged(common.value, own.value)) },
      expect: wanted.value,
    },
  };
}

/** Names of headers are the same in capitals and small letters (RFC 9110, 5.1). */
function merged(under: Record<string, string>, over: Record<string, string>): Record<string, string> {
  const taken = new Set(Object.keys(over).map((name) => name.toLowerCase()));
  const rest = Object.entries(under).filter(([name]) => !taken.has(name.toLowerCase()));
  return { ...Object.fromEntries(rest), ...over };
}

function wantedOf(expect: HttpExpectation, { scope }: Pick<On, 'scope'>): Said<HttpExpectation> {
  const contains = expect.contains === undefined ? undefined : textFrom(expect.contains, scope);
  if (contains && 'message' in contains) return contains;
  const json = expect.json === undefined ? undefined : valueFrom(expect.json, scope);
  if (json && 'message' in json) return json;
  return {
    value: { ...expect, ...(contains && { contains: contains.value }), ...(json && { json: json.value }) },
  };
}

function bodyOf(body: Value, headers: Record<string, string>): Pick<OutsideRequest, 'headers' | 'body'> {
  if (body === null) return { headers };
  if (typeof body === 'string') return { headers, body };
  const hasType = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  return {
    headers: hasType ? headers : { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
}

type Received = {
  readonly answer: Answered;
  readonly sent: number;
  readonly request: HttpRequest;
  readonly expect: HttpExpectation;
};

function endOf(step: PlannedStep, { answer, sent, request, expect }: Received): StepEnd {
  const { status, text } = answer;
  const json = jsonOf(text);
  const misfit = misfitOf({ status, text, json }, expect);
  const again = sent > 1 ? `, after ${sent} requests` : '';
  const base =
    misfit === undefined ? { ...okEnd, message: `HTTP ${status}${again}` } : failedEnd(step, misfit + again);
  return {
    ...base,
    changed: !['GET', 'HEAD'].includes(request.method),
    stdout: text,
    more: { httpStatus: status, ...(json !== undefined && { json }) },
  };
}

function misfitOf(
  { status, text, json }: { status: number; text: string; json: Value | undefined },
  { status: wanted, contains, matches, json: wantedJson }: HttpExpectation,
): string | undefined {
  const isWanted = wanted.length === 0 ? status >= 200 && status < 300 : wanted.includes(status);
  if (!isWanted)
    return `HTTP ${status}, expected ${wanted.length === 0 ? '200 to 299' : wanted.join(' or ')}`;
  if (contains !== undefined && !text.includes(contains))
    return `the answer does not contain ${JSON.stringify(contains)}`;
  if (matches !== undefined && !compileRegex(matches)(text)) return `the answer does not match ${matches}`;
  if (wantedJson === undefined) return undefined;
  if (json === undefined) return 'the answer is no JSON';
  return differenceOf(json, wantedJson, 'the answer');
}

/** Where a value is not what is wanted; of a map only what is wanted is looked at. */
function differenceOf(value: Value, wanted: Value, name: string): string | undefined {
  if (!isMap(wanted) || !isMap(value))
    return isEqual(value, wanted) ? undefined : `${name} has ${short(value)}, expected ${short(wanted)}`;
  for (const [key, each] of Object.entries(wanted)) {
    if (!Object.hasOwn(value, key)) return `${name} has no "${key}"`;
    const found = differenceOf(value[key] ?? null, each, `"${key}" of ${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function short(value: Value): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function jsonOf(text: string): Value | undefined {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
}
