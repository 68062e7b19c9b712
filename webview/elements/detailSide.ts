import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { placeOfStep } from '../../core/run/loadedPlaybook.ts';
import { isLive } from '../../core/run/state.ts';
import { baseName } from '../../core/util/baseName.ts';
import type { BatchState, ExecutionState } from '../../core/run/state.ts';
import { failedStep } from '../../core/run/stepState.ts';
import { visible } from '../../core/util/visible.ts';
import type { Actions } from '../actions.ts';
import type { Detail, Pair } from '../view/detail.ts';
import type { Part } from '../view/part.ts';
import { type StepLine, stepLines } from '../view/stepLines.ts';
import { nodeMenu } from '../view/menus.ts';
import { icon } from './icon.ts';
import { menuButton } from './menu.ts';

export type Side = {
  readonly state: BatchState;
  readonly execution: ExecutionState;
  readonly part: Part | undefined;
  readonly now: number;
  readonly actions: Actions | undefined;
};

/** What stands beside the output: how it ended, its steps, how the node was reached and how long it took. */
export function sideTemplate(
  { look, title, sentences, stack, connection, times }: Detail,
  side: Side,
): TemplateResult {
  const { state, execution, actions } = side;
  return html`<aside class="side" aria-label="Outcome" tabindex="0">
    <h3 class="strong head">
      ${icon(look.icon, look.family)}<span class="grow">${title}</span>${
        actions
          ? menuButton('More Actions on This Node', () => nodeMenu(execution, { state, actions }))
          : nothing
      }
    </h3>
    ${sentences.map((each) => html`<p class="said">${each}</p>`)}
    ${stack === '' ? nothing : html`<pre class="stack" tabindex="0" aria-label="Stack">${stack}</pre>`}
    ${stepLink(side)}
    ${
      isLive(execution.status)
        ? html`<p class="act">
            <button class="button small" @click=${() => actions?.cancelExecution(execution.id)}>
              ${icon('debug-stop')}Cancel this node
            </button>
          </p>`
        : nothing
    }
    ${stepsTemplate(side)} ${pairs('Connection', connection)} ${pairs('Time', times)}
  </aside>`;
}

/** Leads to the step that failed, in the file of the playbook. */
function stepLink({ state, execution, actions }: Side): TemplateResult | typeof nothing {
  const failed = failedStep(execution);
  if (!failed || state.plan.action.type !== 'playbook') return nothing;
  const { action } = state.plan;
  const file = visible(baseName(placeOfStep(action, failed.step)?.file ?? action.file));
  return html`<p class="act">
    <button class="link" @click=${() => actions?.openPlaybook(failed.step)}>
      Go to “${visible(failed.title)}” in ${file}
    </button>
  </p>`;
}

function stepsTemplate({ execution, part, now, actions }: Side): TemplateResult | typeof nothing {
  const lines = stepLines(execution, now);
  if (lines.length === 0) return nothing;
  const shown = part?.type === 'step' ? part.step : undefined;
  const show = ({ step, title }: StepLine): void =>
    actions?.setView({
      part: shown === step ? undefined : { type: 'step', execution: execution.id, step, title },
    });
  return html`<h3 class="strong">Steps</h3>
    <ul class="steps">
      ${lines.map(
        (line) =>
          html`<li>
            <button
              class="step"
              aria-pressed=${shown === line.step}
              title="${line.label}. Shows its output"
              @click=${() => show(line)}
            >
              ${icon(line.look.icon, line.look.family)}<span class="cut">${line.title}</span
              ><span class="unseen">${line.look.word}</span><span class="muted cut facts">${line.text}</span>
            </button>
          </li>`,
      )}
    </ul>`;
}

function pairs(title: string, rows: readonly Pair[]): TemplateResult | typeof nothing {
  if (rows.length === 0) return nothing;
  return html`<h3 class="strong">${title}</h3>
    <dl>
      ${rows.map(
        ([label, value]) =>
          html`<dt class="muted">${label}</dt>
            <dd class="cut" title=${value}>${value}</dd>`,
      )}
    </dl>`;
}
