import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { FormKind } from '../../core/run/form/form.ts';
import { controls, shared } from '../elements/styles.ts';
import { actionStyles } from './actionStyles.ts';
import { segments } from './field.ts';
import { fieldStyles } from './fieldStyles.ts';
import { fileStyles } from './fileStyles.ts';
import { kindFields } from './kindFields.ts';
import type { NewRunModel } from './model.ts';
import { moreOptions, strategyFields } from './schedule.ts';
import type { NewRunStore } from './store.ts';

const kinds: readonly (readonly [FormKind, string])[] = [
  ['command', 'Command'],
  ['script', 'Script'],
  ['task', 'Task'],
  ['playbook', 'Playbook'],
  ['copy', 'Copy'],
  ['fetch', 'Fetch'],
];

/** What is run, and how. */
export class ActionForm extends LitElement {
  static override properties = { model: { attribute: false }, store: { attribute: false } };
  declare model: NewRunModel | undefined;
  declare store: NewRunStore | undefined;

  override render(): TemplateResult | typeof nothing {
    const { model, store } = this;
    if (!model || !store) return nothing;
    const drawing = { model, store };
    const { kind, follow } = model.form;
    const isFollowed = kind === 'command' && follow;
    return html`<section aria-label="What is run">
      <div class="kinds">
        ${segments('What is run', { choices: kinds, value: kind, choose: (next) => store.setKind(next) })}
      </div>
      <div class="kind">${kindFields(drawing)}</div>
      ${model.ticked.size !== 1 && !isFollowed ? strategyFields(drawing) : nothing} ${moreOptions(drawing)}
    </section>`;
  }

  static override styles = [shared, controls, fieldStyles, actionStyles, fileStyles];
}

customElements.define('muster-action-form', ActionForm);
