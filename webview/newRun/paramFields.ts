import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { textOfValue } from '../../core/playbook/paramText.ts';
import type { FileWants, NamedParam } from '../../core/protocol/newRunFiles.ts';
import { visible } from '../../core/util/visible.ts';
import { choiceBox, type Drawing, problemLine, problemOf, segments, textBox } from './field.ts';
import { paramJson } from './paramJson.ts';
import { fieldText } from './params.ts';
import type { Place } from './view.ts';

/** What a task or playbook is given: a form made of what its file says, or JSON. Secrets have fields in both. */
export function paramFields(drawing: Drawing): TemplateResult | typeof nothing {
  const { model, store } = drawing;
  const { checked, form, view } = model;
  const wants = checked?.wants;
  if (!wants || wants.file !== form.file) return nothing;
  const open = wants.params.filter(({ sensitive }) => !sensitive);
  const choices = [
    ['form', 'Form'],
    ['json', 'JSON'],
  ] as const;
  return html`${where(wants)}
  ${
    open.length === 0 && Object.keys(form.params).length === 0
      ? nothing
      : html`<div class="line params">
            <h2 class="caption">Parameters</h2>
            <span class="end"
              >${segments('Show parameters as', {
                choices,
                value: view.paramsAs,
                choose: (paramsAs) => store.setView({ paramsAs }),
              })}</span
            >
          </div>
          ${view.paramsAs === 'json' ? paramJson(drawing, open) : asForm(drawing, open)}`
  }
  ${secretFields(drawing, wants)}`;
}

function where({ targets, params, secrets }: FileWants): TemplateResult | typeof nothing {
  const given = params.length + secrets.length === 0 ? 'It takes no parameters. ' : '';
  const own = targets === undefined ? '' : `Runs on ${visible(targets)} unless targets are chosen.`;
  return given + own === '' ? nothing : html`<p class="hint where">${given}${own}</p>`;
}

function asForm(drawing: Drawing, params: readonly NamedParam[]): TemplateResult {
  const names = new Set(params.map(({ name }) => name));
  const others = Object.keys(drawing.model.form.params).filter((name) => !names.has(name));
  return html`<div class="wide three">
    ${params.map((param) => paramField(drawing, param))} ${others.map((name) => strangeParam(drawing, name))}
  </div>`;
}

/** A parameter that the file does not know any more, or that came with a preset. */
function strangeParam(drawing: Drawing, name: string): TemplateResult {
  const place: Place = `param:${name}`;
  return html`<div class="field">
    <span class="caption">${visible(name)}</span>
    <span
      ><button class="button small" id=${place} @click=${() => drawing.store.setParam(name, undefined)}>
        Take Out
      </button></span
    >
    ${problemLine(place, drawing.model.checked?.problems.find(({ param }) => param === name)?.message)}
  </div>`;
}

function paramField(drawing: Drawing, param: NamedParam): TemplateResult {
  const place: Place = `param:${param.name}`;
  const problem = problemOf(drawing, place);
  const isBroad = param.type === 'array' || param.type === 'object';
  return html`<div class="field ${isBroad ? 'broad' : ''}">
    <label for=${place}>${visible(param.name)} <span class="kind-of">${kindText(param)}</span></label>
    ${paramControl(drawing, param, problem !== undefined)} ${problemLine(place, problem)}
    ${
      param.description === undefined
        ? nothing
        : html`<span class="hint" id="${place}-hint">${visible(param.description)}</span>`
    }
  </div>`;
}

function paramControl(drawing: Drawing, param: NamedParam, isWrong: boolean): TemplateResult {
  const { model, store } = drawing;
  const { name, type = 'string', values = [], required = false } = param;
  const place: Place = `param:${name}`;
  const value = model.form.params[name];
  if (type === 'boolean' && (!required || param.default !== undefined)) return switchBox(drawing, param);
  if (type === 'boolean' || type === 'enum') {
    const all = type === 'boolean' ? [true, false] : values;
    const none =
      param.default === undefined ? (required ? 'Choose…' : 'nothing') : `${shown(param.default)} (default)`;
    const choices = [['', none] as const, ...all.map((each) => [JSON.stringify(each), shown(each)] as const)];
    return choiceBox(name, {
      choices,
      value: value === undefined ? '' : JSON.stringify(value),
      choose: (chosen) => {
        store.leave(place);
        store.setParam(name, chosen === '' ? undefined : JSON.parse(chosen));
      },
      place,
    });
  }
  const isLong = type === 'array' || type === 'object';
  return textBox(place, {
    value: fieldText(param, model.form.params, model.drafts),
    placeholder: placeholderOf(param),
    isWrong,
    isLong,
    isCode: isLong || type === 'path',
    input: (text) => store.setParamText(param, text),
    leave: () => store.leave(place),
  });
}

/** On or off; what it is without a person is the default. */
function switchBox({ model, store }: Drawing, { name, default: usual }: NamedParam): TemplateResult {
  const value = model.form.params[name] ?? usual ?? false;
  const change = ({ target }: Event): void => {
    if (!(target instanceof HTMLInputElement)) return;
    store.leave(`param:${name}`);
    store.setParam(name, target.checked === (usual ?? false) ? undefined : target.checked);
  };
  return html`<label class="check">
    <input type="checkbox" id="param:${name}" .checked=${value === true} @change=${change} />
    ${value === true ? 'yes' : 'no'}
  </label>`;
}

function secretFields(drawing: Drawing, { params, secrets }: FileWants): TemplateResult | typeof nothing {
  const hidden = params.filter(({ sensitive }) => sensitive);
  const fields = [
    ...hidden.map(({ name, description = name, required }) => ({
      name,
      label: description,
      placeholder: required ? '' : 'nothing',
    })),
    ...secrets.map(({ name, label }) => ({ name, label, placeholder: '' })),
  ];
  if (fields.length === 0) return nothing;
  return html`<h2 class="caption params">Secrets</h2>
    <p class="hint where">
      They go to the nodes that need them, and are kept nowhere: not in presets, not in the history.
    </p>
    <div class="wide three">
      ${fields.map(({ name, label, placeholder }) => {
        const place: Place = `param:${name}`;
        const problem = problemOf(drawing, place);
        return html`<div class="field">
          <label for=${place}>${visible(label)}</label>
          ${textBox(place, {
            value: drawing.model.secrets[name] ?? '',
            placeholder,
            isSecret: true,
            isWrong: problem !== undefined,
            input: (text) => drawing.store.setSecret(name, text),
            leave: () => drawing.store.leave(place),
          })}
          ${problemLine(place, problem)}
        </div>`;
      })}
    </div>`;
}

/** `whole number, 1 to 9, required`. */
export function kindText({ type = 'string', min, max, required, default: usual }: NamedParam): string {
  const range =
    min !== undefined && max !== undefined
      ? `${min} to ${max}`
      : min !== undefined
        ? `at least ${min}`
        : max !== undefined
          ? `at most ${max}`
          : '';
  const need = required && usual === undefined ? 'required' : '';
  return [kinds[type], range, need].filter((text) => text !== '').join(', ');
}

const kinds: Readonly<Record<NonNullable<NamedParam['type']>, string>> = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: '',
  enum: '',
  array: 'list, as JSON',
  object: 'map, as JSON',
  path: 'path',
  duration: 'time',
  size: 'size',
};

function placeholderOf({ type = 'string', default: usual }: NamedParam): string {
  if (usual !== undefined && usual !== null) return shown(usual);
  return examples[type] ?? '';
}

const examples: Readonly<Partial<Record<NonNullable<NamedParam['type']>, string>>> = {
  array: '["a", "b"]',
  object: '{"a": 1}',
  duration: '30s',
  size: '10M',
};

function shown(value: Parameters<typeof textOfValue>[0]): string {
  return visible(textOfValue(value));
}
