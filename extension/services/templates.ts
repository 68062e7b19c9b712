import type * as vscode from 'vscode';
import { emptyForm } from '../../core/run/form/emptyForm.ts';
import { RunForm } from '../../core/run/form/form.ts';

/** A form that is kept by its name. */
export type Template = { readonly name: string; readonly form: RunForm };

export type Templates = {
  all(): readonly Template[];
  /** One that has the name already is replaced. */
  keep(template: Template): Promise<void>;
  remove(name: string): Promise<void>;
};

const key = 'muster.templates';

/** Templates of this workspace. */
export function createTemplates(state: vscode.Memento): Templates {
  const all = (): readonly Template[] => state.get<readonly Template[]>(key, []);
  return {
    all: () => all().map(({ name, form }) => ({ name, form: formOf(form) })),
    async keep(template) {
      await state.update(key, [...all().filter(({ name }) => name !== template.name), template]);
    },
    async remove(name) {
      await state.update(
        key,
        all().filter((each) => each.name !== name),
      );
    },
  };
}

/** Another version may have kept other fields. */
function formOf(kept: unknown): RunForm {
  return RunForm.safeParse({ ...emptyForm, ...Object(kept) }).data ?? emptyForm;
}
