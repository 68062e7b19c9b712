import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { html as dynamic, literal } from 'lit/static-html.js';
import type { FormField, RunForm } from '../../core/run/form/form.ts';
import { icon } from '../elements/icon.ts';
import type { NewRunModel, NewRunStore } from './store.ts';

export type TextField = { [F in FormField]: RunForm[F] extends string ? F : never }[FormField];

/** What fields are drawn with. */
export type Drawing = { readonly model: NewRunModel; readonly store: NewRunStore };

export type FieldLook = {
  readonly label: string;
  readonly hint?: string;
  readonly placeholder?: string;
  readonly isLong?: boolean;
  readonly isCode?: boolean;
};

/** What is wrong with a field, once a person has left it; all is said while it is being put right. */
export function problemOf({ model }: Drawing, field: FormField): string | undefined {
  if (!model.view.left.includes(field)) return undefined;
  return model.checked?.problems.find((problem) => problem.field === field)?.message;
}

/** A field with its label, its hint, and what is wrong with it. */
export function textField(drawing: Drawing, field: TextField, look: FieldLook): TemplateResult {
  const problem = problemOf(drawing, field);
  return html`<div class="field">
    <label for=${field}>${look.label}</label>
    ${control(drawing, field, { ...look, isWrong: problem !== undefined })} ${problemLine(field, problem)}
    ${look.hint === undefined ? nothing : html`<span class="hint" id="${field}-hint">${look.hint}</span>`}
  </div>`;
}

export function problemLine(field: FormField, problem: string | undefined): TemplateResult | typeof nothing {
  if (problem === undefined) return nothing;
  return html`<span class="problem" id="${field}-problem" role="alert"
    >${icon('error', 'bad')}${problem}</span
  >`;
}

/** The field alone. */
export function control(
  { model, store }: Drawing,
  field: TextField,
  { isLong = false, isCode = false, isWrong, placeholder = '' }: FieldLook & { readonly isWrong: boolean },
): TemplateResult {
  const input = (event: Event): void => {
    const { target } = event;
    if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)
      store.change({ [field]: target.value });
  };
  const described = isWrong ? `${field}-problem` : `${field}-hint`;
  const tag = isLong ? literal`textarea` : literal`input`;
  return dynamic`<${tag}
    type="text"
    id=${field}
    class=${isCode ? 'mono' : ''}
    rows="2"
    spellcheck="false"
    autocomplete="off"
    placeholder=${placeholder}
    aria-invalid=${isWrong}
    aria-describedby=${described}
    .value=${model.form[field]}
    @input=${input}
    @blur=${() => store.leave(field)}
  ></${tag}>`;
}

type Choice<T extends string> = readonly [value: T, label: string];

/** One of a few, as buttons beside each other: one tab stop, arrows inside. */
export function segments<T extends string>(
  label: string,
  { choices, value, choose }: { choices: readonly Choice<T>[]; value: T; choose: (value: T) => void },
): TemplateResult {
  const at = choices.findIndex(([each]) => each === value);
  const move = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const next = by === undefined ? undefined : choices[(at + by + choices.length) % choices.length];
    if (!next || !(event.currentTarget instanceof HTMLElement)) return;
    event.preventDefault();
    choose(next[0]);
    event.currentTarget.querySelectorAll('button')[choices.indexOf(next)]?.focus();
  };
  return html`<div class="segments" role="radiogroup" aria-label=${label} @keydown=${move}>
    ${choices.map(
      ([each, text], place) =>
        html`<button
          role="radio"
          aria-checked=${each === value}
          tabindex=${place === Math.max(0, at) ? 0 : -1}
          @click=${() => choose(each)}
        >
          ${text}
        </button>`,
    )}
  </div>`;
}

export function checkField(
  { model, store }: Drawing,
  field: 'tty' | 'follow' | 'failFast',
  label: string,
): TemplateResult {
  const change = (event: Event): void => {
    if (event.target instanceof HTMLInputElement) store.change({ [field]: event.target.checked }, 0);
  };
  return html`<label class="check">
    <input type="checkbox" id=${field} .checked=${model.form[field]} @change=${change} />${label}
  </label>`;
}
