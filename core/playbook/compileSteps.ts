import type { Compiling, Surrounding } from './compiling.ts';
import type { Param } from '../schema/param.ts';
import type { Step } from '../schema/step.ts';
import type { Value } from '../schema/value.ts';
import { defined } from '../util/defined.ts';
import type { Path } from '../yaml/places.ts';
import { doingOf } from './doingOf.ts';
import type { Doing, PlannedStep } from './plannedStep.ts';
import { orderOf } from './read/graph.ts';
import { readPlaybook, readTask } from './read/readPlaybook.ts';
import { readPart } from './readPart.ts';
import { givenMistakes } from './given.ts';

/** Files inside files inside files. */
const deepest = 10;

/** The steps of a list in the order in which they run, with those of their files. */
export function compileSteps(
  steps: readonly Step[],
  around: Surrounding,
  work: Compiling,
): readonly PlannedStep[] {
  return orderOf(steps).flatMap((at) => {
    const step = steps[at];
    if (!step) return [];
    const path = join(around.path, step.id ?? String(at + 1));
    const place = [...around.list, at];
    const { file, written } = around;
    if (written) work.places.set(path, { file, range: written.rangeOf(place, 'value') });
    return [plannedStep(step, { ...around, path, list: place }, work)];
  });
}

function join(above: string, name: string): string {
  return above === '' ? name : `${above}/${name}`;
}

function plannedStep(step: Step, around: Surrounding, work: Compiling): PlannedStep {
  const inside = within(step, around);
  const does = innerOf(step, inside, work) ?? doingOf(step, inside);
  const { id, when, register, until, changedWhen, failedWhen, notify, throttle, tags, delegate } = step;
  const loop = step.loop;
  return {
    path: around.path,
    title: titleOf(step),
    ...(step.name !== undefined && { isNamed: true }),
    does,
    ...defined({
      id,
      when,
      loop,
      register,
      until,
      changedWhen,
      failedWhen,
      notify,
      throttle,
      tags,
      delegate,
    }),
    ...(step.timeout !== undefined && { timeoutMs: step.timeout }),
    ...(step.ignoreErrors && { ignoreErrors: true }),
    ...(step.sensitive && { sensitive: true }),
    ...(step.once && { once: true }),
    ...(step.idempotent && { idempotent: true }),
    ...retriesOf(step),
  };
}

function retriesOf({ retries, until }: Step): Pick<PlannedStep, 'retries'> {
  if (!retries && until === undefined) return {};
  const { count = 3, delay = 1000, backoff = 'constant', on = ['failed', 'unreachable'] } = retries ?? {};
  return { retries: { count, delayMs: delay, backoff, on } };
}

function titleOf(step: Step): string {
  const {
    name,
    id,
    run,
    task,
    playbook,
    fail,
    pause,
    http,
    wait,
    set,
    script,
    copy,
    fetch,
    template,
    ansible,
  } = step;
  const [line = ''] = (run ?? '').trim().split('\n');
  if (name !== undefined) return name;
  if (id !== undefined) return id;
  if (run !== undefined) return line;
  if (http) return `${http.method ?? 'GET'} ${http.url}`;
  if (wait)
    return `wait for ${wait.command ?? wait.path ?? (wait.port === undefined ? `${wait.seconds} s` : `port ${wait.port}`)}`;
  if (script) return [script.file, ...(script.args ?? [])].join(' ');
  if (copy) return `copy ${copy.from.join(', ')} to ${copy.to}`;
  if (fetch) return `fetch ${fetch.from.join(', ')}`;
  if (template) return `template ${template.from} to ${template.to}`;
  if (ansible) return `ansible-playbook ${ansible.playbook}`;
  if (set) return `set ${[...set.keys()].join(', ')}`;
  // Its text is the message of the failure.
  if (fail !== undefined) return 'fail';
  return task ?? playbook ?? pause ?? 'block';
}

/** What a step gives to those inside of it. */
function within({ env, cwd, sudo, runAs }: Step, around: Surrounding): Surrounding {
  const user = runAs ?? (sudo ? ({ user: 'root', method: 'sudo' } as const) : undefined);
  return {
    ...around,
    env: { ...around.env, ...Object.fromEntries(env ?? []) },
    ...(cwd !== undefined && { cwd }),
    ...(user !== undefined && { runAs: user }),
    // Asked not to be root, it is not.
    ...(sudo === false && { runAs: undefined as never }),
  };
}

/** What a step with other steps in it does. */
function innerOf(step: Step, around: Surrounding, work: Compiling): Doing | undefined {
  const { block, rescue = [], always = [], task, playbook } = step;
  const list = (key: 'block' | 'rescue' | 'always', of: readonly Step[]): readonly PlannedStep[] => {
    const path = key === 'block' ? around.path : join(around.path, key);
    return compileSteps(of, { ...around, path, list: [...around.list, key] }, work);
  };
  if (block)
    return {
      type: 'block',
      steps: list('block', block),
      rescue: list('rescue', rescue),
      always: list('always', always),
    };
  const given = Object.fromEntries(step.with ?? []);
  if (task !== undefined)
    return fileOf({ name: task, around }, work, (path) => taskOf(path, { given, around }, work));
  if (playbook !== undefined)
    return fileOf({ name: playbook, around }, work, (path) => includeOf(path, { given, around }, work));
  return undefined;
}

const nothing: Doing = { type: 'block', steps: [], rescue: [], always: [] };

/** What comes of a file that a step names; a file that is part of itself is a mistake. */
function fileOf(
  { name, around: { file } }: { readonly name: string; readonly around: Surrounding },
  work: Compiling,
  make: (path: string) => Doing | undefined,
): Doing {
  const path = work.files.resolve(file, name);
  const circle = work.open.includes(path);
  if (circle || work.open.length >= deepest) {
    const way = [...work.open, path].join(' → ');
    const message = circle
      ? `These files are part of themselves: ${way}.`
      : `Files go at most ${deepest} deep: ${way}.`;
    work.problems.push({ code: 'playbook/file-cycle', severity: 'error', message, file });
    return nothing;
  }
  work.open.push(path);
  const doing = make(path) ?? nothing;
  work.open.pop();
  return doing;
}

type Inclusion = { readonly given: Readonly<Record<string, Value>>; readonly around: Surrounding };

function taskOf(path: string, { given, around }: Inclusion, work: Compiling): Doing | undefined {
  const read = readPart({ path, namedIn: around.file }, work, (text) => readTask(text, work.known));
  if (!read) return undefined;
  const { file, written } = read;
  checkGiven(file.params ?? new Map(), { given, around, name: path }, work);
  const options = file.implementations ?? [{ steps: file.steps ?? [] }];
  const inside = { ...around, file: path, written };
  const listOf = (at: number): Path => (file.implementations ? ['implementations', at, 'steps'] : ['steps']);
  return {
    type: 'task',
    params: Object.fromEntries(file.params ?? []),
    with: given,
    vars: {},
    ...(file.vars && { own: Object.fromEntries(file.vars) }),
    ...(file.supportsDryRun && { supportsDryRun: true }),
    implementations: options.map(({ steps, ...option }, at) => ({
      ...(option.when !== undefined && { when: option.when }),
      steps: compileSteps(
        steps,
        {
          ...inside,
          list: listOf(at),
          ...(options.length > 1 && { path: join(inside.path, String(at + 1)) }),
        },
        work,
      ),
    })),
    outputs: Object.fromEntries(file.outputs ?? []),
  };
}

/** Another playbook's steps; what it says about nodes, strategy and its end is its own affair. */
function includeOf(path: string, { given, around }: Inclusion, work: Compiling): Doing | undefined {
  const read = readPart({ path, namedIn: around.file }, work, (text) => readPlaybook(text, work.known));
  if (!read) return undefined;
  const { file, written } = read;
  checkGiven(file.params ?? new Map(), { given, around, name: path }, work);
  if ((file.handlers ?? []).length > 0 || (file.secrets?.size ?? 0) > 0) {
    const message = 'A playbook that is part of another has no handlers and no secrets of its own.';
    work.problems.push({ code: 'playbook/included', severity: 'error', message, file: path });
  }
  const env = { ...around.env, ...Object.fromEntries(file.env ?? []) };
  const inside = { ...around, file: path, written, env };
  const steps = compileSteps(file.steps, { ...inside, list: ['steps'] }, work);
  const last = { ...inside, list: ['finally'], path: join(inside.path, 'finally') };
  const always = compileSteps(file.finally ?? [], last, work);
  const body: PlannedStep = {
    path: join(inside.path, 'steps'),
    title: 'steps',
    does: { type: 'block', steps, rescue: [], always },
  };
  return {
    type: 'task',
    params: Object.fromEntries(file.params ?? []),
    with: given,
    vars: Object.fromEntries(file.vars ?? []),
    implementations: [{ steps: always.length === 0 ? steps : [body] }],
    outputs: {},
  };
}

/** What can be told of parameters before anything runs. */
function checkGiven(
  params: ReadonlyMap<string, Param>,
  { given, around, name }: Inclusion & { readonly name: string },
  { problems }: Compiling,
): void {
  const { file, written, list } = around;
  for (const mistake of givenMistakes(params, new Map(Object.entries(given)))) {
    const place = mistake.isMissing ? list : [...list, 'with', mistake.name];
    problems.push({
      code: 'playbook/param',
      severity: 'error',
      message: `${mistake.message} (${name})`,
      file,
      ...(written && { range: written.rangeOf(place, mistake.isMissing ? 'value' : 'key') }),
    });
  }
}
