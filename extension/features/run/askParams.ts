import * as vscode from 'vscode';
import { checkParam } from '../../../core/playbook/params.ts';
import type { Param } from '../../../core/schema/param.ts';
import type { Secret } from '../../../core/schema/secret.ts';
import { plainText, withoutIcons } from '../../model/plain.ts';

/** What a file wants to be given. */
export type Wanted = {
  readonly params: ReadonlyMap<string, Param>;
  readonly secrets: ReadonlyMap<string, Secret>;
};

/** What a person gave: texts that may be written down, and secrets that travel beside the plan. */
export type Given = {
  readonly params: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
};

/** Asks for each parameter, checked as it is typed, and for secrets; undefined when a person leaves it. */
export async function askParams(title: string, { params, secrets }: Wanted): Promise<Given | undefined> {
  const open: Record<string, string> = {};
  const hidden: Record<string, string> = {};
  for (const [name, param] of params) {
    const text = await askParam(title, name, param);
    if (text === undefined) return undefined;
    if (text === '' && !param.required) continue;
    (param.sensitive ? hidden : open)[name] = text;
  }
  for (const [name, { ask }] of secrets) {
    if (ask === undefined) continue;
    const text = await askText(title, { prompt: ask, isSecret: true });
    if (text === undefined) return undefined;
    hidden[name] = text;
  }
  return { params: open, secrets: hidden };
}

function askParam(title: string, name: string, param: Param): Thenable<string | undefined> {
  const { type = 'string', values = [], description, required = false } = param;
  const choices = type === 'boolean' ? ['true', 'false'] : type === 'enum' ? values.map(textOf) : undefined;
  const prompt = description === undefined ? name : `${name}: ${description}`;
  if (choices) return askChoice(title, prompt, { choices, param });
  const optional = required || param.default !== undefined ? '' : ' Empty: nothing.';
  return askText(title, {
    prompt: `${prompt}${optional}`,
    isSecret: param.sensitive === true,
    ...(param.default !== undefined && { value: textOf(param.default) }),
    check(text) {
      if (text === '') return required ? `${name} has to be given.` : undefined;
      const checked = checkParam(param, text, 'command line');
      return checked.ok ? undefined : checked.message;
    },
  });
}

/** The default first; what is not required can be left out. */
async function askChoice(
  title: string,
  placeHolder: string,
  { choices, param }: { choices: readonly string[]; param: Param },
): Promise<string | undefined> {
  const usual = param.default === undefined ? undefined : textOf(param.default);
  const items = choices
    .toSorted((a, b) => Number(b === usual) - Number(a === usual))
    .map((value) => ({ label: withoutIcons(value), description: value === usual ? 'default' : '', value }));
  const none = { label: '(nothing)', description: '', value: '' };
  const all = param.required || usual !== undefined ? items : [...items, none];
  const picked = await vscode.window.showQuickPick(all, {
    title: plainText(title),
    placeHolder: plainText(placeHolder),
    ignoreFocusOut: true,
  });
  return picked?.value;
}

type TextQuestion = {
  readonly prompt: string;
  readonly isSecret: boolean;
  readonly value?: string;
  readonly check?: (text: string) => string | undefined;
};

function askText(
  title: string,
  { prompt, isSecret, value, check }: TextQuestion,
): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: plainText(title),
    prompt: plainText(prompt),
    password: isSecret,
    ignoreFocusOut: true,
    ...(value !== undefined && { value }),
    ...(check && { validateInput: check }),
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
