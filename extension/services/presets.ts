import type * as vscode from 'vscode';
import { emptyForm } from '../../core/run/form/emptyForm.ts';
import { RunForm } from '../../core/run/form/form.ts';

/** Where a preset is kept: with this workspace, or with the person for all of them. */
export type PresetPlace = 'workspace' | 'user';

/** A form that is kept by its name. */
export type Preset = { readonly name: string; readonly form: RunForm; readonly place: PresetPlace };

export type Presets = {
  /** Those of this workspace first. */
  all(): readonly Preset[];
  /** One in the same place that has the name already is replaced. */
  keep(preset: Preset): Promise<void>;
  rename(preset: Preset, name: string): Promise<void>;
  remove(preset: Preset): Promise<void>;
};

const key = 'muster.presets';

type Kept = { readonly name: string; readonly form: unknown };

export function createPresets(memory: Readonly<Record<PresetPlace, vscode.Memento>>): Presets {
  const keptIn = (place: PresetPlace): readonly Kept[] => memory[place].get<readonly Kept[]>(key, []);
  const others = ({ name, place }: Preset): readonly Kept[] =>
    keptIn(place).filter((each) => each.name !== name);
  const keep = async (preset: Preset): Promise<void> => {
    const { name, form, place } = preset;
    await memory[place].update(key, [...others(preset), { name, form }]);
  };
  const remove = async (preset: Preset): Promise<void> => {
    await memory[preset.place].update(key, others(preset));
  };
  return {
    all: () =>
      (['workspace', 'user'] as const).flatMap((place) =>
        keptIn(place).map(({ name, form }) => ({ name, form: formOf(form), place })),
      ),
    keep,
    async rename(preset, name) {
      if (name === preset.name) return;
      await keep({ ...preset, name });
      await remove(preset);
    },
    remove,
  };
}

/** Another version may have kept other fields. */
function formOf(kept: unknown): RunForm {
  return RunForm.safeParse({ ...emptyForm, ...Object(kept) }).data ?? emptyForm;
}
