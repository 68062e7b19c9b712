import type * as z from 'zod';
import type { Step } from '../schema/step.ts';
import type { Template } from '../schema/stepFiles.ts';
import { quoteForSh } from '../util/quote.ts';
import type { Surrounding } from './compiling.ts';
import { defined } from '../util/defined.ts';
import type { Doing, Placing, Surroundings } from './plannedStep.ts';
import { plannedRetry } from './configured.ts';

const usualEveryMs = 2000;

/** What a step by itself does. */
export function doingOf(step: Step, around: Surrounding): Doing {
  const { run, shell = 'sh', http, wait, pause, fail, set } = step;
  const files = filesOf(step, around);
  if (files) return files;
  if (run !== undefined) return { type: 'run', command: run, shell, ...surroundings(around) };
  if (wait) return waiting(wait, around);
  if (http) return { type: 'http', request: requestOf(http) };
  if (pause !== undefined) return { type: 'pause', message: pause };
  if (fail !== undefined) return { type: 'fail', message: fail };
  return { type: 'set', values: Object.fromEntries(set ?? []) };
}

/** What a step does with files of this machine. */
function filesOf({ script, copy, fetch, template, ansible }: Step, around: Surrounding): Doing | undefined {
  const { file, runAs } = around;
  if (script) {
    const { file: from, args = [], interpreter } = script;
    const how = defined({ interpreter });
    return { type: 'script', file, from, args, ...how, ...surroundings(around) };
  }
  if (copy) return { type: 'copy', file, from: copy.from, ...placing(copy), ...defined({ runAs }) };
  if (template)
    return { type: 'template', file, from: template.from, ...placing(template), ...defined({ runAs }) };
  if (ansible) {
    const { playbook: from, vars, tags = [], check = false } = ansible;
    return { type: 'ansible', file, from, vars: Object.fromEntries(vars ?? []), tags, check };
  }
  if (!fetch) return undefined;
  const { from, to, overwrite, maxSize: maxBytes, maxFiles } = fetch;
  return { type: 'fetch', file, from, to, ...defined({ overwrite, maxBytes, maxFiles, runAs }) };
}

function placing({ to, mode, owner, backup }: Omit<z.output<typeof Template>, 'from'>): Placing {
  return { to, ...defined({ mode, owner, backup }) };
}

function surroundings({ env, cwd, runAs }: Surrounding): Surroundings {
  return {
    ...(Object.keys(env).length > 0 && { env }),
    ...(cwd !== undefined && { cwd }),
    ...(runAs !== undefined && { runAs }),
  };
}

function waiting(wait: NonNullable<Step['wait']>, around: Surrounding): Doing {
  const { port, host = '{{ node.host }}', path, command, seconds = 0, every: everyMs = usualEveryMs } = wait;
  if (port !== undefined) return { type: 'wait-port', port, host, everyMs };
  if (command !== undefined) return { type: 'wait-command', command, everyMs, ...surroundings(around) };
  if (path === undefined) return { type: 'wait-time', ms: seconds * 1000 };
  const look = `test -e ${wordOf(path)}`;
  return { type: 'wait-command', command: look, path, everyMs, ...surroundings(around) };
}

/** A path with templates as one word: what is put in is quoted by itself. */
function wordOf(path: string): string {
  return path
    .split(/(\{\{.*?\}\})/s)
    .map((part) => (part === '' || part.startsWith('{{') ? part : quoteForSh(part)))
    .join('');
}

function requestOf(http: NonNullable<Step['http']>): Extract<Doing, { type: 'http' }>['request'] {
  const { url, method = 'GET', headers, body, expect = {}, service, retry, maxConcurrency } = http;
  const { status = [], contains, matches, json } = expect;
  return {
    url,
    method,
    headers: Object.fromEntries(headers ?? []),
    ...(body !== undefined && { body }),
    expect: {
      status,
      ...(contains !== undefined && { contains }),
      ...(matches !== undefined && { matches }),
      ...(json !== undefined && { json }),
    },
    ...(service !== undefined && { service }),
    ...(retry && { retry: plannedRetry(retry) }),
    ...(maxConcurrency !== undefined && { maxConcurrency }),
  };
}
