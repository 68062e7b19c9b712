import type { FormField } from '../../core/run/form/form.ts';
import type { NewRunModel } from './store.ts';

/** Why a form can not be run now, and the field to go to where it is one's. */
export type WhyNot = { readonly text: string; readonly field?: FormField };

const names: Readonly<Partial<Record<FormField, string>>> = {
  command: 'Command',
  concurrency: 'How many at once',
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
export function whyNot({ targets, failure, checked, isCurrent, form }: NewRunModel): WhyNot | undefined {
  if (failure !== undefined) return { text: failure };
  if (!targets || !checked) return { text: 'Reading the inventory…' };
  const problem = checked.problems[0];
  if (problem) {
    const { field, message } = problem;
    if (field === 'selection' && form.selection.trim() === '') return { text: 'No node selected.' };
    const name = names[field];
    return { text: name === undefined ? message : `${name}: ${message}`, field };
  }
  if (checked.refusal !== undefined) return { text: checked.refusal };
  return isCurrent ? undefined : { text: 'Checking…' };
}
