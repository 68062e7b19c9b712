import type { PlaybookFiles } from './playbookFiles.ts';
import { builtInConfig } from '../config/config.ts';
import type { Items } from '../run/items.ts';
import type { StrategyRequest } from '../run/strategy.ts';
import type { Order } from '../selection/pick.ts';
import type { Param } from '../schema/param.ts';
import type { PlaybookFile } from '../schema/playbook.ts';
import type { Secret } from '../schema/secret.ts';
import type { Value } from '../schema/value.ts';
import { baseName } from '../util/baseName.ts';
import type { Problem } from '../util/problem.ts';
import { compileSteps } from './compileSteps.ts';
import { isTaskFile } from './kindOfFile.ts';
import type { Compiling, StepPlaces, Written } from './compiling.ts';
import { fillParams } from './params.ts';
import {
  allSteps,
  type LoadedPlaybook,
  type PlannedStep,
  type StepPlace,
  stepsWithin,
} from './plannedStep.ts';
import { readPlaybook, readTask } from './read/readPlaybook.ts';
import { type ReadPart, readPart } from './readPart.ts';
import { chooseSteps, type StepChoice } from './chooseSteps.ts';
import { secretsOf, servicesOf, templatesOf, type Configured, usualVars } from './configured.ts';

/** A playbook, or a task by itself, that somebody wants to run. */
export type PlaybookCall = StepChoice & {
  /** Absolute. */
  readonly file: string;
  /** As they were given on a command line, or as values. */
  readonly params: Readonly<Record<string, Value>>;
  /** Parameters that are secret, and given beside. */
  readonly withheld: readonly string[];
  /** Steps are only told, but those of tasks that support a dry run. */
  readonly dryRun?: boolean | undefined;
  /** Sets of parameters, each of them over the others. */
  readonly items?: Items | undefined;
};

export type Compiled =
  | {
      readonly ok: true;
      readonly loaded: LoadedPlaybook;
      readonly asks: PlaybookAsks;
      readonly places: StepPlaces;
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** What a playbook asks for where a person does not. */
export type PlaybookAsks = {
  readonly targets?: string;
  readonly order?: Order;
  readonly strategy: StrategyRequest;
  readonly timeoutMs?: number;
  /** Sets of parameters as the types of the parameters have them, with those that are the same for all. */
  readonly items?: Items;
};

/** Reads a playbook and all files that are part of it. Pure but for the files; nothing of it is half done. */
export function compilePlaybook(
  call: PlaybookCall,
  files: PlaybookFiles,
  outer: Configured = builtInConfig,
): Compiled {
  const known = { secrets: [...outer.secrets.keys()] };
  const work: Compiling = { files, read: new Map(), problems: [], open: [], known, places: new Map() };
  const isTask = isTaskFile(call.file);
  const read = isTask
    ? readAlone(call, work)
    : readPart({ path: call.file }, work, (text) => readPlaybook(text, known));
  if (!read) return { ok: false, problems: work.problems };
  const { file } = read;
  const declared = file.params ?? new Map<string, Param>();
  const sets = call.items ?? file.batch?.map((set) => Object.fromEntries(set));
  const own = isTask ? { ...call, params: declaredOf(call.params, declared) } : call;
  const items = sets?.map((set, at) => setOf(declared, { call: own, set, at, ...read }, work));
  const params = items ? { values: {} } : valuesOf(declared, own, work);
  const lists = listsOf(read, call.file, work);
  const chosen = chooseSteps(lists.steps, call);
  if ('message' in chosen) work.problems.push({ ...chosen, severity: 'error' });
  const { problems } = servicesOf(lists, outer);
  work.problems.push(...problems.map((problem) => ({ ...problem, file: call.file })));
  if (work.problems.length > 0 || 'message' in chosen) return { ok: false, problems: work.problems };
  // Who wants one step wants nothing to be cleaned up behind it.
  const wanted = { ...lists, steps: chosen.steps, ...(call.only !== undefined && { finally: [] }) };
  const { services } = servicesOf(wanted, outer);
  const named = { secrets: file.secrets ?? new Map<string, Secret>(), file: call.file };
  const used = {
    wanted,
    services,
    templates: templatesOf(wanted, files),
    vars: [...(file.vars ?? [])],
    params: items ?? params.values,
  };
  const loaded: LoadedPlaybook = {
    ...wanted,
    ...(chosen.before.length > 0 && { before: namesOf(chosen.before) }),
    name: file.name ?? baseName(call.file),
    ...(call.dryRun && { isDryRun: true }),
    params: params.values,
    sensitive: [...declared].flatMap(([name, { sensitive }]) => (sensitive ? [name] : [])),
    secrets: secretsOf(named, { outer, used }, files),
    services,
    usual: usualVars(outer),
    vars: Object.fromEntries(file.vars ?? []),
    places: placesOf(wanted, work.places),
    files: [...work.read].map(([path, text]) => ({ path, sha256: files.hash(text) })),
  };
  return { ok: true, loaded, asks: { ...asksOf(file), ...(items && { items }) }, places: work.places };
}

function placesOf(
  wanted: Parameters<typeof allSteps>[0],
  written: StepPlaces,
): NonNullable<LoadedPlaybook['places']> {
  const found = [...allSteps(wanted)].flatMap(({ path }): [string, StepPlace][] => {
    const place = written.get(path);
    return place ? [[path, { file: place.file, line: place.range.line }]] : [];
  });
  return Object.fromEntries(found);
}

/** What nobody has written has no places. */
type Read = Pick<ReadPart<PlaybookFile>, 'file'> & Partial<ReadPart<PlaybookFile>>;

function listsOf({ file, written }: Read, name: string, work: Compiling) {
  const env = Object.fromEntries(file.env ?? []);
  const list = (key: 'steps' | 'handlers' | 'finally'): readonly PlannedStep[] => {
    const path = key === 'steps' ? '' : key;
    const around = { file: name, path, env, list: [key], ...(written && { written }) };
    return compileSteps(file[key] ?? [], around, work);
  };
  return { steps: list('steps'), handlers: list('handlers'), finally: list('finally') };
}

/** A task by itself is a playbook with that one step; what differs from set to set is a parameter of both. */
function readAlone(call: PlaybookCall, work: Compiling): Read | undefined {
  if (!call.items) return { file: playbookOf(call, new Map()) };
  const task = readPart({ path: call.file }, work, (text) => readTask(text, work.known))?.file;
  if (!task) return undefined;
  const given = new Set(call.items.flatMap((item) => Object.keys(item)));
  // What a set has over is told by the task itself, once it is given.
  const varied = [...given].map((name): [string, Param] => [
    name,
    { ...task.params?.get(name), required: true },
  ]);
  const params = varied.map(([name, { default: _usual, ...param }]): [string, Param] => [name, param]);
  return { file: playbookOf(call, new Map(params)) };
}

function playbookOf(
  { file, params, withheld }: PlaybookCall,
  varied: ReadonlyMap<string, Param>,
): PlaybookFile {
  const each = [...varied.keys()].map((name): [string, Value] => [name, `{{ params.${name} }}`]);
  const secret = withheld.map((name): [string, Value] => [name, `{{ secret.${name} }}`]);
  const given = new Map([...Object.entries(params), ...secret, ...each]);
  return { params: new Map(varied), steps: [{ task: file, name: baseName(file), with: given }] };
}

/** Values of parameters that are declared; the others go to the task as they are. */
function declaredOf(
  params: PlaybookCall['params'],
  declared: ReadonlyMap<string, Param>,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(params).filter(([name]) => declared.has(name)));
}

type Set = {
  readonly call: PlaybookCall;
  readonly set: Record<string, Value>;
  readonly at: number;
  /** The file, in which it stands where the call has no sets of its own. */
  readonly written?: Written;
};

/** One set of parameters with the values that all have; what is wrong with it is told with its place. */
function setOf(
  declared: ReadonlyMap<string, Param>,
  { call, set, at, written }: Set,
  work: Compiling,
): Record<string, Value> {
  const problems: Problem[] = [];
  const params = { ...call.params, ...set };
  const { values } = valuesOf(declared, { ...call, params }, { ...work, problems });
  const where = `set ${at + 1} of the batch`;
  for (const { name = '', ...problem } of problems)
    work.problems.push({
      ...problem,
      message: `In ${where}: ${problem.message}`,
      ...(!call.items && written && { range: written.rangeOf(['batch', at, name], 'key') }),
    });
  return values;
}

/** What results of these steps are looked up by; steps of a task have results of their own. */
function namesOf(steps: readonly PlannedStep[]): NonNullable<LoadedPlaybook['before']> {
  const all = steps.flatMap((step) => [step, ...(step.does.type === 'block' ? stepsWithin([step]) : [])]);
  return {
    ids: [...new Set(all.flatMap(({ id }) => id ?? []))],
    registers: [...new Set(all.flatMap(({ register }) => register ?? []))],
  };
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
  for (const { name, message } of mistakes)
    problems.push({ code: 'playbook/param', severity: 'error', message, name, file });
  for (const [name, { sensitive }] of declared) {
    const message = `The parameter "${name}" is secret: its value does not belong into a plan.`;
    if (sensitive && given.has(name))
      problems.push({ code: 'playbook/param', severity: 'error', message, name, file });
  }
  const secret = new Set([...declared].flatMap(([name, { sensitive }]) => (sensitive ? [name] : [])));
  return { values: Object.fromEntries(Object.entries(values).filter(([name]) => !secret.has(name))) };
}

function asksOf({ targets, order, strategy, timeout }: PlaybookFile): PlaybookAsks {
  return {
    ...(targets !== undefined && { targets }),
    ...(order !== undefined && { order }),
    strategy: Object.fromEntries(Object.entries(strategy ?? {}).filter(([, value]) => value !== undefined)),
    ...(timeout !== undefined && { timeoutMs: timeout }),
  };
}
