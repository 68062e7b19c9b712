import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { RunForm } from '../../core/run/form/form.ts';
import { mostAtOnce } from '../../core/run/mostAtOnce.ts';
import { icon } from '../elements/icon.ts';
import { styled } from '../elements/styled.ts';
import { checkField, choiceBox, type Drawing, problemLine, problemOf, segments, textField } from './field.ts';

const modes: readonly (readonly [RunForm['mode'], string])[] = [
  ['usual', 'As configured'],
  ['parallel', 'In parallel'],
  ['sequential', 'One by one'],
  ['rolling', 'In waves'],
];
const barriers: readonly (readonly [RunForm['between'], string])[] = [
  ['nothing', 'Go on'],
  ['pause', 'Pause'],
  ['ask', 'Ask'],
];
const orders: readonly (readonly [RunForm['order'], string])[] = [
  ['inventory', 'as in inventory'],
  ['selection', 'as selected'],
  ['sorted', 'by name'],
  ['reverse', 'reversed'],
  ['shuffle', 'by lot'],
];
/** Places of the slider; more are typed. */
const slider = 20;

/** How many nodes at once, and when a batch stops. */
export function strategyFields(drawing: Drawing): TemplateResult {
  const { model, store } = drawing;
  const { form } = model;
  return html`<div class="field">
      <span class="caption">Strategy</span>
      <div class="strategy">
        ${segments('Strategy', { choices: modes, value: form.mode, choose: (mode) => store.change({ mode }, 0) })}
        ${form.mode === 'sequential' ? nothing : atOnce(drawing)}
      </div>
      ${problemLine('concurrency', problemOf(drawing, 'concurrency'))}
    </div>
    ${form.mode === 'rolling' ? waves(drawing) : nothing}
    ${checkField(drawing, 'stopOnFailure', 'Stop the batch when a node fails')}`;
}

function atOnce({ model, store }: Drawing): TemplateResult {
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
      ${styled({ '--at': `${share(concurrency)}%` })}
      @input=${slide}
    />
    <input
      type="text"
      id="concurrency"
      class="few"
      inputmode="numeric"
      aria-label="How many at once, 1 to ${mostAtOnce}"
      placeholder="10"
      .value=${concurrency}
      @input=${slide}
      @blur=${() => store.leave('concurrency')}
    />
    at once
  </span>`;
}

/** Where the slider stands, in percent; what is typed may be more than it has. */
function share(concurrency: string): number {
  const count = concurrency === '' ? 10 : Number(concurrency);
  return Number.isFinite(count) ? ((Math.min(slider, Math.max(1, count)) - 1) / (slider - 1)) * 100 : 0;
}

function waves(drawing: Drawing): TemplateResult {
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
      ${between === 'pause' ? textField(drawing, 'pause', { label: 'Pause', placeholder: 'such as 30s' }) : nothing}
    </div>
    ${textField(drawing, 'probe', {
      label: 'Check after each wave',
      placeholder: 'a command that fails when something is wrong',
      isCode: true,
    })}`;
}

/** What few runs need, folded. */
export function moreOptions(drawing: Drawing): TemplateResult {
  const { model, store } = drawing;
  const open = model.view.more;
  return html`<button class="more" aria-expanded=${open} @click=${() => store.setView({ more: !open })}>
      <span class="twistie ${open ? '' : 'closed'}">${icon('chevron-down')}</span> More options
      <span class="hint">${moreHints[model.form.kind]}</span>
    </button>
    ${open ? advanced(drawing) : nothing}`;
}

const moreHints: Readonly<Record<RunForm['kind'], string>> = {
  command: 'environment, standard input, terminal, retries, rate, order, failures',
  script: 'environment, standard input, terminal, retries, rate, order, failures',
  copy: 'retries, rate, order, failures',
  fetch: 'retries, rate, order, failures',
  task: 'part of the steps, rate, order, failures',
  playbook: 'part of the steps, rate, order, failures',
};

function advanced(drawing: Drawing): TemplateResult {
  const { model, store } = drawing;
  const { kind, order } = model.form;
  const isProcess = kind === 'command' || kind === 'script';
  const isPlaybook = kind === 'task' || kind === 'playbook';
  return html`<div class="three">
      ${isPlaybook ? partOfSteps(drawing) : textField(drawing, 'retries', { label: 'Retries', placeholder: 'none' })}
      ${textField(drawing, 'maxFailures', { label: 'Failures that are borne', placeholder: 'any; 3 or 5%' })}
      ${textField(drawing, 'rate', { label: 'Start at most', placeholder: 'no limit; 5/s' })}
      ${textField(drawing, 'connectTimeout', { label: 'Connecting may take', placeholder: 'as configured' })}
      <div class="field">
        <span class="caption">Order</span>
        ${choiceBox('Order', { choices: orders, value: order, choose: (next) => store.change({ order: next }, 0) })}
      </div>
    </div>
    ${isProcess ? processMore(drawing) : nothing}`;
}

function partOfSteps(drawing: Drawing): TemplateResult {
  return html`${textField(drawing, 'stepTags', { label: 'Only steps with these tags', placeholder: 'all; config' })}
  ${textField(drawing, 'startAt', { label: 'Begin with step', placeholder: 'the first' })}`;
}

function processMore(drawing: Drawing): TemplateResult {
  return html`${textField(drawing, 'env', {
      label: 'Environment',
      placeholder: 'NAME=value',
      hint: 'A line each. It is kept in the history: no place for secrets.',
      isLong: true,
      isCode: true,
    })}
    <div class="kind">
      <div class="above">
        <button class="link" @click=${() => drawing.store.choose('stdin')}>Choose File…</button>
      </div>
      ${textField(drawing, 'stdin', { label: 'Standard input', placeholder: 'nothing; a file of this machine', isCode: true })}
    </div>
    ${checkField(drawing, 'tty', 'Give it a terminal')}
    ${
      drawing.model.form.kind === 'command'
        ? checkField(drawing, 'follow', 'Follow it until I stop it, as tail -f')
        : nothing
    }`;
}
