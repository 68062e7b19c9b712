import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { RunForm } from '../../core/run/form/form.ts';
import { icon } from '../elements/icon.ts';
import { controls, shared } from '../elements/styles.ts';
import { checkField, type Drawing, problemLine, problemOf, segments, textField } from './field.ts';
import type { NewRunModel, NewRunStore } from './store.ts';
import { actionStyles } from './actionStyles.ts';
import { fieldStyles } from './fieldStyles.ts';

const modes: readonly (readonly [RunForm['mode'], string])[] = [
  ['usual', 'As usual'],
  ['parallel', 'In parallel'],
  ['sequential', 'One by one'],
  ['rolling', 'In waves'],
];
const barriers: readonly (readonly [RunForm['between'], string])[] = [
  ['nothing', 'Go on'],
  ['pause', 'Pause'],
  ['ask', 'Ask me'],
];
const orders: readonly (readonly [RunForm['order'], string])[] = [
  ['inventory', 'as in the inventory'],
  ['selection', 'as selected'],
  ['sorted', 'by name'],
  ['reverse', 'reversed'],
  ['shuffle', 'by lot'],
];
const methods: readonly RunForm['runAsBy'][] = ['sudo', 'su', 'doas'];
/** Places of the slider; more are typed. */
const slider = 20;

/** What is run, and how. */
export class ActionForm extends LitElement {
  static override properties = { model: { attribute: false }, store: { attribute: false } };
  declare model: NewRunModel | undefined;
  declare store: NewRunStore | undefined;

  override render(): TemplateResult | typeof nothing {
    const { model, store } = this;
    if (!model || !store) return nothing;
    const drawing = { model, store };
    const several = model.ticked.size !== 1;
    return html`<section aria-label="What is run">
      ${this.#command(drawing)}
      <div class="three">
        ${this.#runAs(drawing)}
        ${textField(drawing, 'cwd', { label: 'Folder', placeholder: 'where a login starts' })}
        ${textField(drawing, 'timeout', { label: 'Stop each after', placeholder: '5m, unless configured' })}
      </div>
      ${several && !model.form.follow ? this.#strategy(drawing) : nothing} ${this.#more(drawing)}
    </section>`;
  }

  #command(drawing: Drawing): TemplateResult {
    return html`<div class="above">
        <button class="link" @click=${() => drawing.store.ask('history')}>History…</button>
      </div>
      ${textField(drawing, 'command', {
        label: 'Command',
        placeholder: 'uptime',
        isLong: true,
        isCode: true,
      })}`;
  }

  #runAs(drawing: Drawing): TemplateResult {
    const { model, store } = drawing;
    const choose = (event: Event): void => {
      if (!(event.target instanceof HTMLSelectElement)) return;
      const { value } = event.target;
      store.change({ runAsBy: methods.find((each) => each === value) ?? 'sudo' }, 0);
    };
    return html`<div class="pair">
      ${textField(drawing, 'runAs', { label: 'Run as', placeholder: 'the login user' })}
      <select aria-label="By" @change=${choose}>
        ${methods.map((each) => html`<option ?selected=${each === model.form.runAsBy}>${each}</option>`)}
      </select>
    </div>`;
  }

  #strategy(drawing: Drawing): TemplateResult {
    const { model, store } = drawing;
    const { form } = model;
    return html`<div class="field">
        <span class="caption">Strategy</span>
        <div class="strategy">
          ${segments('Strategy', { choices: modes, value: form.mode, choose: (mode) => store.change({ mode }, 0) })}
          ${form.mode === 'sequential' ? nothing : this.#atOnce(drawing)}
        </div>
        ${problemLine('concurrency', problemOf(drawing, 'concurrency'))}
      </div>
      ${form.mode === 'rolling' ? this.#waves(drawing) : nothing}
      ${checkField(drawing, 'failFast', 'Stop the batch when a node fails')}`;
  }

  #atOnce({ model, store }: Drawing): TemplateResult {
    const { concurrency } = model.form;
    const slide = (event: Event): void => {
      if (event.target instanceof HTMLInputElement) store.change({ concurrency: event.target.value });
    };
    return html`<span class="at-once">
      <input
        type="range"
        min="1"
        max=${slider}
        aria-label="How many at once"
        .value=${concurrency === '' ? '10' : concurrency}
        @input=${slide}
      />
      <input
        type="text"
        id="concurrency"
        class="few"
        inputmode="numeric"
        aria-label="How many at once, 1 to 256"
        placeholder="10"
        .value=${concurrency}
        @input=${slide}
        @blur=${() => store.leave('concurrency')}
      />
      at once
    </span>`;
  }

  #waves(drawing: Drawing): TemplateResult {
    const { model, store } = drawing;
    const { between } = model.form;
    return html`<div class="three">
      ${textField(drawing, 'waves', { label: 'Sizes of the waves', placeholder: '1, 10%, 50%' })}
      <div class="field">
        <span class="caption">Between waves</span>
        ${segments('Between waves', {
          choices: barriers,
          value: between,
          choose: (next) => store.change({ between: next }, 0),
        })}
      </div>
      ${between === 'pause' ? textField(drawing, 'pause', { label: 'Pause', placeholder: '30s' }) : nothing}
      ${textField(drawing, 'probe', {
        label: 'Check after each wave',
        placeholder: 'a command that fails when something is wrong',
      })}
    </div>`;
  }

  #more(drawing: Drawing): TemplateResult {
    const { model, store } = drawing;
    const open = model.view.more;
    return html`<button class="more" aria-expanded=${open} @click=${() => store.setView({ more: !open })}>
        <span class="twistie ${open ? '' : 'closed'}">${icon('chevron-down')}</span> More options
        <span class="hint">environment, terminal, retries, rate, order, failures</span>
      </button>
      ${open ? this.#advanced(drawing) : nothing}`;
  }

  #advanced(drawing: Drawing): TemplateResult {
    const { model, store } = drawing;
    const choose = (event: Event): void => {
      if (!(event.target instanceof HTMLSelectElement)) return;
      const { value } = event.target;
      store.change({ order: orders.find(([each]) => each === value)?.[0] ?? 'inventory' }, 0);
    };
    return html`<div class="three">
        ${textField(drawing, 'retries', { label: 'Retries', placeholder: 'none' })}
        ${textField(drawing, 'maxFailures', { label: 'Failures that are borne', placeholder: 'any; 3 or 5%' })}
        ${textField(drawing, 'rate', { label: 'Start at most', placeholder: 'no limit; 5/s, 30/m' })}
        ${textField(drawing, 'connectTimeout', { label: 'Connecting may take', placeholder: '30s' })}
        <div class="field">
          <label for="order">Order</label>
          <select id="order" @change=${choose}>
            ${orders.map(
              ([value, label]) =>
                html`<option value=${value} ?selected=${value === model.form.order}>${label}</option>`,
            )}
          </select>
        </div>
      </div>
      ${textField(drawing, 'env', {
        label: 'Environment',
        placeholder: 'NAME=value',
        hint: 'A line each. It is kept in the history: no place for secrets.',
        isLong: true,
        isCode: true,
      })}
      ${checkField(drawing, 'tty', 'Give it a terminal')}
      ${checkField(drawing, 'follow', 'Follow it until I stop it, as tail -f')}`;
  }

  static override styles = [shared, controls, fieldStyles, actionStyles];
}

customElements.define('muster-action-form', ActionForm);
