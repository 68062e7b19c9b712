import type { Scope } from '../../playbook/template/evaluate.ts';
import { problemBefore } from '../../playbook/template/render.ts';
import { parseTemplate, type Template } from '../../playbook/template/template.ts';
import type { PlannedFile } from '../fileActions.ts';
import { textsOf } from './files.ts';
import { toldAt } from './scope.ts';
import type { StepCheck } from './stepMistakes.ts';

/** What is wrong in the files that steps fill in, for what a node has before it runs. */
export function templateCheck(files: readonly PlannedFile[]): StepCheck {
  const parsed = new Map<PlannedFile, Template>();
  return ({ step, scope }) => {
    if (step.does.type !== 'template') return undefined;
    const names = textsOf([step.does.from], scope);
    const [from] = 'value' in names ? names.value : [];
    const file = files.find((each) => each.step?.path === step.path && each.step.from === from);
    if (file?.text === undefined) return undefined;
    const template = parsed.get(file) ?? parseTemplate(file.text);
    parsed.set(file, template);
    return mistakeIn(file, template, scope);
  };
}

function mistakeIn(
  { from, step, text = '' }: PlannedFile,
  template: Template,
  scope: Scope,
): string | undefined {
  const problem = problemBefore(template, scope);
  return problem && toldAt(step?.from ?? from, text, problem);
}
