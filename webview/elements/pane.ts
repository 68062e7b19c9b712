import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { executionLook } from '../../core/run/format.ts';
import { visible } from '../../core/util/visible.ts';
import type { Actions } from '../actions.ts';
import type { Model } from '../store.ts';
import { shortName } from '../view/rows.ts';
import { detailTemplate } from './detailTemplate.ts';
import { icon } from './icon.ts';
import { executionName } from '../../core/run/executionName.ts';

/** The detail of one node, below the steps, the table or what was found. */
export function paneTemplate(model: Model, actions: Actions | undefined): TemplateResult | typeof nothing {
  const execution = model.state?.executions.find(({ id }) => id === model.view.pane);
  if (!execution) return nothing;
  const { icon: name, family, word } = executionLook(execution);
  const close = (): void => actions?.setView({ pane: undefined, part: undefined });
  return html`<section
    class="below"
    aria-label="Detail of ${executionName(execution)}"
    @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && close()}
  >
    <div class="below-head">
      ${icon(name, family)}<span class="strong cut">${shortName(visible(executionName(execution)))}</span
      ><span class="muted">${word}</span><span class="grow"></span>
      <button class="tool" title="Close" aria-label="Close the detail" @click=${close}>
        ${icon('close')}
      </button>
    </div>
    ${detailTemplate(model, execution, { actions })}
  </section>`;
}
