import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { tableFormats } from '../../core/run/table/formats.ts';
import type { BatchState } from '../../core/run/state.ts';
import type { Actions } from '../actions.ts';
import type { Records } from '../tableFeed.ts';
import { formatWords, tableText } from '../view/table.ts';
import { icon } from './icon.ts';

/** Above the table: how the output is read, what came of it, and the way out as a file. */
export function tableBar(
  state: BatchState,
  records: Records,
  { actions, save }: { readonly actions: Actions | undefined; readonly save: () => void },
): TemplateResult {
  const { reading, rows } = records;
  const choose = ({ target }: Event): void => {
    const format = target instanceof HTMLSelectElement && tableFormats.find((each) => each === target.value);
    if (format) actions?.readTable({ ...reading, format });
  };
  const write = ({ target }: Event): void => {
    if (target instanceof HTMLInputElement) actions?.readTable({ ...reading, pattern: target.value });
  };
  return html`<div class="bar">
    <label class="read"
      >Read as
      <select @change=${choose}>
        ${tableFormats.map(
          (format) =>
            html`<option value=${format} ?selected=${format === reading.format}>
              ${formatWords[format]}
            </option>`,
        )}
      </select></label
    >
    ${
      reading.format === 'pattern'
        ? html`<label class="field"
            ><input
              class="mono"
              placeholder="(?&lt;name&gt;\\S+) +(?&lt;used&gt;\\d+)%"
              aria-label="Pattern with named groups"
              maxlength="200"
              .value=${reading.pattern}
              @change=${write}
          /></label>`
        : nothing
    }
    <span class="muted" role="status">${tableText(state, records)}</span>
    <span class="grow"></span>
    ${
      rows.length === 0
        ? nothing
        : html`<button class="button small" title="Save what is shown as CSV" @click=${save}>
            ${icon('export')}Export CSV…
          </button>`
    }
  </div>`;
}
