import type { FromNewRun } from '../../../core/protocol/newRun.ts';
import type { RunForm, SomeOfForm } from '../../../core/run/form/form.ts';
import { withTick } from '../../../core/selection/tick.ts';
import { selectionOf } from '../../../core/selection/write.ts';
import type { InventoryIndex } from '../../../core/inventory/model.ts';
import type { Presets } from '../../services/presets.ts';
import type { RunDeps } from '../run/runFlow.ts';
import { pickCommand, pickPreset } from './pickPreset.ts';
import { selectedBy, selectionOfForm } from './planForm.ts';

/** What a person does on the page that fills in fields. */
type Filling = Extract<FromNewRun, { type: 'tick' | 'invert' | 'add' | 'history' | 'presets' }>;

/** The fields that change by it; undefined where a person left it. */
export async function fillForm(
  message: Filling,
  deps: RunDeps & { readonly presets: Presets },
): Promise<SomeOfForm | undefined> {
  if (message.type === 'presets') return (await pickPreset(deps.presets))?.form;
  if (message.type === 'history') {
    const command = await pickCommand(deps.history);
    return command === undefined ? undefined : { command };
  }
  const { index } = await deps.inventory.load();
  return { selection: await selectionAfter(message, index, deps) };
}

type Selecting = Extract<Filling, { readonly form: RunForm }>;

async function selectionAfter(message: Selecting, index: InventoryIndex, deps: RunDeps): Promise<string> {
  const before = await selectionOfForm(message.form, deps);
  if (message.type === 'tick') return withTick(before, message, index);
  const selected = new Set(selectedBy(before, index));
  if (message.type === 'add') {
    const added = message.nodes.filter((name) => index.nodes.has(name) && !selected.has(name));
    return [before, selectionOf(added, index)].filter((text) => text !== '').join(', ');
  }
  // All but those that are selected, without the local ones, as `all` leaves them out.
  const others = selectedBy('all', index).filter((name) => !selected.has(name));
  return selectionOf(others, index);
}
