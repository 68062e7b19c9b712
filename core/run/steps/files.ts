import type { Doing, Placing, PlannedStep } from '../../playbook/plannedStep.ts';
import type { Scope } from '../../playbook/template/evaluate.ts';
import { renderNames, renderText } from '../../playbook/template/render.ts';
import { textOf } from '../../playbook/template/values.ts';
import { mixProblem, type PlannedFile, placeOf, placeProblem } from '../fileActions.ts';
import type { StepsContext } from './context.ts';
import { failedEnd, type StepEnd } from './stepEnd.ts';
import type { On } from './on.ts';
import { hasSecret, surroundingsOf } from './onNode.ts';
import { type Said, textFrom, told, toldAt, valueFrom } from './scope.ts';
import { doWork, type StepWork, timeOf } from './work.ts';

type Files<T extends Doing['type']> = Extract<Doing, { type: T }>;

/** Runs a script of this machine on the node. */
export async function script(step: PlannedStep, does: Files<'script'>, on: On): Promise<StepEnd> {
  const { scope, context } = on;
  const found = filesOf(step, [does.from], on);
  if ('message' in found) return failedEnd(step, found.message);
  const args = wordsFrom(does.args, scope);
  if ('message' in args) return failedEnd(step, args.message);
  const by = does.interpreter === undefined ? undefined : textFrom(does.interpreter, scope);
  if (by && 'message' in by) return failedEnd(step, by.message);
  const around = surroundingsOf(does, scope);
  if ('message' in around) return failedEnd(step, around.message);
  const [file] = found.value;
  const action = {
    type: 'script' as const,
    file: file?.from ?? '',
    args: args.value,
    ...(by && { interpreter: by.value }),
    ...around.value,
  };
  const isSecret = args.value.some((arg) => hasSecret(arg, context));
  return doWork({ ...workOf(step, context), action, files: found.value, isSecret }, context);
}

/** Puts files of this machine on the node. */
export async function copy(step: PlannedStep, does: Files<'copy'>, on: On): Promise<StepEnd> {
  const found = filesOf(step, does.from, on);
  if ('message' in found) return failedEnd(step, found.message);
  return put(step, does, { ...on, files: found.value });
}

/** Fills a text of this machine in for the node, and puts it there. */
export async function putTemplate(step: PlannedStep, does: Files<'template'>, on: On): Promise<StepEnd> {
  const { scope, context } = on;
  const found = filesOf(step, [does.from], on);
  if ('message' in found) return failedEnd(step, found.message);
  const [file] = found.value;
  const source = file?.text ?? '';
  const rendered = renderText(source, scope);
  if (!rendered.ok) return failedEnd(step, toldAt(file?.to ?? does.from, source, rendered.problem));
  const { text } = rendered;
  const filled = { ...file, ...context.steps.outside.measure(text), text } as PlannedFile;
  return put(step, does, { ...on, files: [filled] });
}

/** Gets files of the node into its own folder on this machine. */
export async function fetchFiles(step: PlannedStep, does: Files<'fetch'>, on: On): Promise<StepEnd> {
  const { scope, context, frame } = on;
  const from = textsOf(does.from, scope);
  if ('message' in from) return failedEnd(step, from.message);
  const problem = mixProblem(from.value);
  if (problem !== undefined) return failedEnd(step, problem);
  const to = renderNames(does.to, scope, frame.isOutermost ? ['params'] : []);
  if (!to.ok) return failedEnd(step, told(does.to, to.problem));
  const { overwrite, maxBytes, maxFiles, runAs } = does;
  const action = {
    type: 'fetch' as const,
    from: [...from.value],
    to: context.steps.outside.resolve(does.file, to.text),
    overwrite,
    maxBytes,
    maxFiles,
    runAs,
  };
  const end = await doWork({ ...workOf(step, context), action, files: [] }, context);
  // Nothing is different on the node.
  return { ...end, changed: false };
}

async function put(
  step: PlannedStep,
  { to, mode, owner, backup, runAs }: Placing,
  { scope, context, files }: On & { readonly files: readonly PlannedFile[] },
): Promise<StepEnd> {
  const place = textFrom(to, scope);
  if ('message' in place) return failedEnd(step, place.message);
  if (place.value === '' || place.value.includes('\0'))
    return failedEnd(step, 'The path on the node is empty, or has a NUL character.');
  const isFolder = files.some((file) => file.step?.isFolder);
  const problem = placeProblem(place.value, { count: files.length, isFolder });
  if (problem !== undefined) return failedEnd(step, problem);
  const there = files.map((file) => ({ ...file, to: placeOf(place.value, file.to) }));
  const action = {
    type: 'copy' as const,
    from: files.map(({ from }) => from),
    to: place.value,
    mode,
    owner,
    backup,
    runAs,
  };
  return doWork({ ...workOf(step, context), action, files: there }, context);
}

function workOf(step: PlannedStep, context: StepsContext): Pick<StepWork, 'path' | 'timeoutMs' | 'hears'> {
  return { path: step.path, timeoutMs: timeOf(step, context), hears: step.sensitive ? 'secret' : 'shown' };
}

/** The files of the plan that these paths stand for on this node. */
export function filesOf(
  { path }: PlannedStep,
  from: readonly string[],
  { scope, context }: On,
): Said<readonly PlannedFile[]> {
  const names = textsOf(from, scope);
  if ('message' in names) return names;
  const files: PlannedFile[] = [];
  for (const name of names.value) {
    const found = (context.plan.files ?? []).filter(({ step }) => step?.path === path && step.from === name);
    if (found.length === 0)
      return { message: `${name} is not part of the plan: which file it is has to be known before the run.` };
    files.push(...found);
  }
  const again = files.find(({ to }, at) => files.findIndex((each) => each.to === to) !== at);
  return again ? { message: `Two of the files would become ${again.to} on the node.` } : { value: files };
}

/** Texts, filled in. */
export function textsOf(texts: readonly string[], scope: Scope): Said<readonly string[]> {
  const found: string[] = [];
  for (const text of texts) {
    const said = textFrom(text, scope);
    if ('message' in said) return said;
    found.push(said.value);
  }
  return { value: found };
}

/** Arguments; a list stands for its items. */
function wordsFrom(texts: readonly string[], scope: Scope): Said<string[]> {
  const words: string[] = [];
  for (const text of texts) {
    const said = valueFrom(text, scope);
    if ('message' in said) return said;
    for (const each of Array.isArray(said.value) ? said.value : [said.value]) {
      const word = textOf(each);
      if (word === undefined || word.includes('\0'))
        return { message: `The argument ${text} is nothing, or has a NUL character.` };
      words.push(word);
    }
  }
  return { value: words };
}
