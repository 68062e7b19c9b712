import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { BatchState } from '../../core/run/state.ts';
import { allOutput, answersStep } from '../view/answersStep.ts';
import { stepColumns } from '../view/stepColumns.ts';

/** `in [step]` of a playbook: whose answers are compared. */
export function stepChoice(
  state: BatchState,
  { step, choose }: { readonly step: string | undefined; choose(step: string): void },
): TemplateResult | typeof nothing {
  const columns = stepColumns(state);
  if (columns.length < 2) return nothing;
  const chosen = answersStep(state, { step }) ?? allOutput;
  const changed = ({ target }: Event): void => {
    if (target instanceof HTMLSelectElement) choose(target.value);
  };
  const option = (value: string, text: string): TemplateResult =>
    html`<option value=${value} .selected=${value === chosen}>${text}</option>`;
  return html`<label class="in-step muted"
    >in
    <select aria-label="Compare answers of" @change=${changed}>
      ${option(allOutput, 'all steps')}${columns.map((each) => option(each.step, each.title))}
    </select></label
  >`;
}
