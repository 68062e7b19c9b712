import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { NamedParam } from '../../core/protocol/newRunFiles.ts';
import { visible } from '../../core/util/visible.ts';
import { icon } from '../elements/icon.ts';
import { type Drawing, textBox } from './field.ts';
import { type JsonMistake, jsonMistakes, jsonText, lineOf } from './params.ts';

/** The parameters as JSON: the same value as the form, its problems marked where they are. */
export function paramJson({ model, store }: Drawing, params: readonly NamedParam[]): TemplateResult {
  const text = jsonText(model.form.params, model.drafts);
  const mistakes = jsonMistakes(text, model.checked?.problems ?? []);
  const missing = (model.checked?.problems ?? []).filter(
    ({ field, param }) => field === 'params' && params.some(({ name }) => name === param),
  );
  const unnamed = missing.filter(({ param = '' }) => !(param in model.form.params));
  return html`<div class="field">
    <div class="json">
      <pre class="marks" aria-hidden="true">${marked(text, mistakes)}</pre>
      ${textBox('params', {
        value: text,
        isWrong: mistakes.length > 0,
        isLong: true,
        isCode: true,
        spoken: 'Parameters as JSON',
        rows: Math.max(4, text.split('\n').length + 1),
        input: (typed) => store.setJson(typed),
      })}
    </div>
    <div id="params-problem" class="mistakes">
      ${mistakes.map(
        (mistake) =>
          html`<span class="problem"
            >${icon('error', 'bad')}<span
              ><button class="link" @click=${(event: Event) => goTo(event, mistake)}>
                Line ${lineOf(text, mistake.at)}</button
              >: ${visible(mistake.message)}</span
            ></span
          >`,
      )}
      ${unnamed.map(
        ({ param = '', message }) =>
          html`<span class="problem"
            >${icon('error', 'bad')}<span>${visible(param)}: ${message}</span></span
          >`,
      )}
    </div>
    ${
      params.length === 0
        ? nothing
        : html`<span class="hint" id="params-hint"
            >Parameters: ${params.map(({ name }) => visible(name)).join(', ')}.</span
          >`
    }
  </div>`;
}

/** The same text under the field, of which only the marks can be seen. */
function marked(text: string, mistakes: readonly JsonMistake[]): readonly (TemplateResult | string)[] {
  const parts: (TemplateResult | string)[] = [];
  let from = 0;
  for (const { at } of [...mistakes].sort((a, b) => a.at.start - b.at.start)) {
    if (at.start < from) continue;
    // What is missing at the end has no place of its own.
    const end = Math.max(at.end, at.start + 1);
    parts.push(text.slice(from, at.start), html`<mark>${text.slice(at.start, end) || ' '}</mark>`);
    from = end;
  }
  return [...parts, text.slice(from)];
}

/** Selects in the field what is wrong. */
function goTo({ currentTarget }: Event, { at }: JsonMistake): void {
  const root = currentTarget instanceof Node ? currentTarget.getRootNode() : undefined;
  const field = root instanceof ShadowRoot ? root.getElementById('params') : undefined;
  if (!(field instanceof HTMLTextAreaElement)) return;
  field.focus();
  field.setSelectionRange(at.start, Math.max(at.end, at.start));
}
