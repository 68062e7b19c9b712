import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { ExecutionState } from '../../core/run/state.ts';
import type { Actions } from '../actions.ts';
import type { Model } from '../store.ts';
import { rangeOf, windowKey } from '../view/part.ts';
import './nodeDetail.ts';

/** The detail of an execution: all of its output, or the part that a person chose. */
export function detailTemplate(
  model: Model,
  execution: ExecutionState,
  { actions, isOnly = false }: { readonly actions: Actions | undefined; readonly isOnly?: boolean },
): TemplateResult {
  const { view, outputs, state, now } = model;
  const part = view.part?.execution === execution.id ? view.part : undefined;
  const range = rangeOf(part, execution);
  const key = windowKey(execution.id, range);
  return html`<muster-node-detail
    class=${isOnly ? 'only' : ''}
    .state=${state}
    .execution=${execution}
    .window=${key}
    .chosen=${part}
    .isWhole=${range === undefined}
    .output=${outputs.get(key)}
    .now=${now}
    .wrap=${view.wrap}
    .actions=${actions}
  ></muster-node-detail>`;
}
