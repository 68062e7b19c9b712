import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { html as dynamic, literal } from 'lit/static-html.js';
import type { FormField, RunForm } from '../../core/run/form/form.ts';
import type { TextField } from '../../core/run/form/readForm.ts';
import { icon } from '../elements/icon.ts';
import type { NewRunModel } from './model.ts';
import type { NewRunStore } from './store.ts';
import { type Place, placeOf } from './view.ts';

/** What fields are drawn with. */
export type Drawing = { readonly model: NewRunModel; readonly store: NewRunStore };

export type FieldLook = {
  readonly label: string;
  readonly hint?: string;
  readonly placeholder?: string;
  readonly isLong?: boolean;
  readonly isCode?: boolean;
  /** Where no label stands beside it. */
  readonly spoken?: string;
};

/** What is wrong with a field, once a person has left it; all is said while it is being put right. */
export function problemOf({ model }: Drawing, place: Place): string | undefined {
  if (!model.view.left.includes(place)) return undefined;
  return model.checked?.problems.find((problem) => placeOf(problem) === place)?.message;
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

export function problemLine(place: Place, problem: string | undefined): TemplateResult | typeof nothing {
  if (problem === undefined) return nothing;
  return html`<span class="problem" id="${place}-problem" role="alert"
    >${icon('error', 'bad')}${problem}</span
  >`;
}

/** The field alone. */
export function control(
  { model, store }: Drawing,
  field: TextField,
  look: FieldLook & { readonly isWrong: boolean },
): TemplateResult {
  return textBox(field, {
    ...look,
    value: model.form[field],
    input: (text) => store.change({ [field]: text }),
    leave: () => store.leave(field),
  });
}

export type TextBox = Omit<FieldLook, 'label' | 'hint'> & {
  readonly value: string;
  readonly isWrong: boolean;
  readonly isSecret?: boolean;
  readonly rows?: number;
  readonly input: (text: string) => void;
  readonly leave?: () => void;
};

/** A box to type into, of one line or more. */
export function textBox(place: Place, box: TextBox): TemplateResult {
  const { value, isWrong, isLong = false, isCode = false, isSecret = false, placeholder = '' } = box;
  const input = ({ target }: Event): void => {
    if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) box.input(target.value);
  };
  const tag = isLong ? literal`textarea` : literal`input`;
  return dynamic`<${tag}
    type=${isSecret ? 'password' : 'text'}
    id=${place}
    class=${isCode ? 'mono' : ''}
    rows=${box.rows ?? 2}
    spellcheck="false"
    autocomplete="off"
    placeholder=${placeholder}
    aria-label=${box.spoken ?? nothing}
    aria-invalid=${isWrong}
    aria-describedby=${isWrong ? `${place}-problem` : `${place}-hint`}
    .value=${value}
    @input=${input}
    @blur=${box.leave}
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

type ChoiceBox<T extends string> = {
  readonly choices: readonly Choice<T>[];
  readonly value: T;
  readonly choose: (value: T) => void;
  readonly place?: Place;
};

/** One of some, of which the form keeps the value. */
export function choiceBox<T extends string>(label: string, box: ChoiceBox<T>): TemplateResult {
  const { choices, value, choose, place } = box;
  const change = ({ target }: Event): void => {
    const at = target instanceof HTMLSelectElement ? target.selectedIndex : -1;
    const [chosen] = choices[at] ?? [];
    if (chosen !== undefined) choose(chosen);
  };
  return html`<select id=${place ?? nothing} aria-label=${label} @change=${change}>
    ${choices.map(([each, text]) => html`<option ?selected=${each === value}>${text}</option>`)}
  </select>`;
}

type CheckField = { [F in FormField]: RunForm[F] extends boolean ? F : never }[FormField];

export function checkField({ model, store }: Drawing, field: CheckField, label: string): TemplateResult {
  const change = (event: Event): void => {
    if (event.target instanceof HTMLInputElement) store.change({ [field]: event.target.checked }, 0);
  };
  return html`<label class="check">
    <input type="checkbox" id=${field} .checked=${model.form[field]} @change=${change} />${label}
  </label>`;
}
