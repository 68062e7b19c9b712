import { builtInConfig } from '../config/config.ts';
import type { StrategyRequest } from '../run/strategy.ts';
import type { Order } from '../selection/pick.ts';
import type { Param } from '../schema/param.ts';
import type { PlaybookFile } from '../schema/playbook.ts';
import type { Secret } from '../schema/secret.ts';
import type { Value } from '../schema/value.ts';
import type { Problem } from '../util/problem.ts';
import { compileSteps, type Compiling, type Surrounding } from './compileSteps.ts';
import { fillParams } from './params.ts';
import type { LoadedPlaybook } from './plannedStep.ts';
import { readPlaybook, type ReadFile } from './read/readPlaybook.ts';
import { chooseSteps, type StepChoice } from './chooseSteps.ts';
import { secretsOf, servicesOf, type Configured, usualVars } from './configured.ts';

/** A playbook, or a task by itself, that somebody wants to run. */
export type PlaybookCall = StepChoice & {
  /** Absolute. */
  readonly file: string;
  /** As they were given on a command line, or as values. */
  readonly params: Readonly<Record<string, Value>>;
  /** Parameters that are secret, and given beside. */
  readonly withheld: readonly string[];
};

/** Files of a playbook, and how their paths go together. */
export type PlaybookFiles = {
  /** The text of a file, or why there is none. */
  read(path: string): { readonly text: string } | { readonly message: string };
  /** A path that is written in a file. */
  resolve(from: string, path: string): string;
  hash(text: string): string;
};

export type Compiled =
  | { readonly ok: true; readonly loaded: LoadedPlaybook; readonly asks: PlaybookAsks }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** What a playbook asks for where a person does not. */
export type PlaybookAsks = {
  readonly targets?: string;
  readonly order?: Order;
  readonly strategy: StrategyRequest;
  readonly timeoutMs?: number;
};

/** Reads a playbook and all files that are part of it. Pure but for the files; nothing of it is half done. */
export function compilePlaybook(
  call: PlaybookCall,
  files: PlaybookFiles,
  outer: Configured = builtInConfig,
): Compiled {
  const known = { secrets: [...outer.secrets.keys()] };
  const work: Compiling = { files, read: new Map(), problems: [], open: [], known };
  const isTask = call.file.endsWith('.task.yaml');
  const file = isTask ? playbookOf(call) : readAs(call.file, work, (text) => readPlaybook(text, known));
  if (!file) return { ok: false, problems: work.problems };
  const declared = isTask ? new Map<string, Param>() : (file.params ?? new Map<string, Param>());
  const params = isTask ? { values: {} } : valuesOf(declared, call, work);
  const surrounding: Surrounding = { file: call.file, path: '', env: Object.fromEntries(file.env ?? []) };
  const lists = {
    steps: compileSteps(file.steps, surrounding, work),
    handlers: compileSteps(file.handlers ?? [], { ...surrounding, path: 'handlers' }, work),
    finally: compileSteps(file.finally ?? [], { ...surrounding, path: 'finally' }, work),
  };
  const chosen = chooseSteps(lists.steps, call);
  if ('message' in chosen) work.problems.push({ ...chosen, severity: 'error' });
  const { services, problems } = servicesOf(lists, outer);
  work.problems.push(...problems.map((problem) => ({ ...problem, file: call.file })));
  if (work.problems.length > 0) return { ok: false, problems: work.problems };
  const own = { secrets: file.secrets ?? new Map<string, Secret>(), file: call.file };
  const used = { lists, services, vars: [...(file.vars ?? [])], params: params.values };
  const loaded: LoadedPlaybook = {
    ...lists,
    steps: 'message' in chosen ? [] : chosen.steps,
    name: file.name ?? call.file.split(/[\\/]/).at(-1) ?? call.file,
    params: params.values,
    sensitive: [...declared].flatMap(([name, { sensitive }]) => (sensitive ? [name] : [])),
    secrets: secretsOf(own, { outer, used }, files),
    services,
    usual: usualVars(outer),
    vars: Object.fromEntries(file.vars ?? []),
    files: [...work.read].map(([path, text]) => ({ path, sha256: files.hash(text) })),
  };
  return { ok: true, loaded, asks: asksOf(file) };
}

/** A task by itself is a playbook with that one step. */
function playbookOf({ file, params, withheld }: PlaybookCall): PlaybookFile {
  const secret = withheld.map((name): [string, Value] => [name, `{{ secret.${name} }}`]);
  return { steps: [{ task: file, with: new Map([...Object.entries(params), ...secret]) }] };
}

/** Reads a file once and keeps its problems. */
function readAs<T>(path: string, work: Compiling, read: (text: string) => ReadFile<T>): T | undefined {
  const found = work.files.read(path);
  if ('message' in found) {
    work.problems.push({ code: 'playbook/file', severity: 'error', message: found.message, file: path });
    return undefined;
  }
  work.read.set(path, found.text);
  const { value, problems } = read(found.text);
  const errors = problems.filter(({ severity }) => severity === 'error');
  work.problems.push(...errors.map((problem) => ({ ...problem, file: path })));
  return errors.length > 0 ? undefined : value;
}

function valuesOf(
  declared: ReadonlyMap<string, Param>,
  { file, params, withheld }: PlaybookCall,
  { problems }: Compiling,
): { values: Record<string, Value> } {
  const given = new Map(Object.entries(params));
  // What travels beside has been looked at where it was given.
  const open = new Map([...declared].filter(([name]) => !withheld.includes(name)));
  const { values, mistakes } = fillParams(open, given, 'command line');
  for (const { message } of mistakes)
    problems.push({ code: 'playbook/param', severity: 'error', message, file });
  for (const [name, { sensitive }] of declared) {
    const message = `The parameter "${name}" is secret: its value does not belong into a plan.`;
    if (sensitive && given.has(name))
      problems.push({ code: 'playbook/param', severity: 'error', message, file });
  }
  const secret = new Set([...declared].flatMap(([name, { sensitive }]) => (sensitive ? [name] : [])));
  return { values: Object.fromEntries(Object.entries(values).filter(([name]) => !secret.has(name))) };
}

function asksOf({ targets, order, strategy, timeout }: PlaybookFile): PlaybookAsks {
  const { stopOnFailure, ...rest } = strategy ?? {};
  const asked = { ...rest, ...(stopOnFailure !== undefined && { failFast: stopOnFailure }) };
  return {
    ...(targets !== undefined && { targets }),
    ...(order !== undefined && { order }),
    strategy: Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)),
    ...(timeout !== undefined && { timeoutMs: timeout }),
  };
}
