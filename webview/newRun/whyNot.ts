import type { FieldProblem, FormField } from '../../core/run/form/form.ts';
import { jsonText, paramsIn } from './params.ts';
import type { NewRunModel } from './model.ts';
import { type Place, placeOf } from './view.ts';

/** Why a form can not be run now, and the field to go to where it is one's. What passes by itself is waited for by a click. */
export type WhyNot = { readonly text: string; readonly place?: Place; readonly passes?: true };

const names: Readonly<Partial<Record<FormField, string>>> = {
  command: 'Command',
  concurrency: 'How many at once',
  copyFrom: 'Files of this machine',
  copyTo: 'Place on the nodes',
  fetchFrom: 'Files of the nodes',
  fetchTo: 'Folder of this machine',
  fileMode: 'Mode',
  interpreter: 'Interpreter',
  args: 'Arguments',
  cwd: 'Folder',
  owner: 'Owner',
  script: 'Script',
  stdin: 'Standard input',
  connectTimeout: 'Connecting may take',
  env: 'Environment',
  maxFailures: 'Failures that are borne',
  pause: 'Pause',
  rate: 'Start at most',
  retries: 'Retries',
  runAs: 'Run as',
  timeout: 'Stop each after',
  waves: 'Sizes of the waves',
};

/** Undefined where it can be run. An empty field that has not been visited is a hint, not an error. */
export function whyNot(model: NewRunModel): WhyNot | undefined {
  const { targets, failure, checked, isCurrent, form, drafts } = model;
  if (failure !== undefined) return { text: failure };
  if (!targets || !checked) return { text: 'Reading the inventory…' };
  const json = isPlaybook(form) ? paramsIn(jsonText(form.params, drafts)) : undefined;
  if (json?.ok === false) return { text: `Parameters as JSON: ${json.mistake.message}`, place: 'params' };
  const problem = checked.problems[0];
  if (problem?.field === 'selection' && form.selection.trim() === '') return { text: 'No node selected.' };
  if (problem) return { text: named(problem), place: placeOf(problem) };
  if (checked.refusal !== undefined) return { text: checked.refusal };
  return isCurrent ? undefined : { text: 'Checking…', passes: true };
}

function named({ field, param, message }: FieldProblem): string {
  const name = param ?? names[field];
  return name === undefined ? message : `${name}: ${message}`;
}

function isPlaybook({ kind }: NewRunModel['form']): boolean {
  return kind === 'task' || kind === 'playbook';
}
