import type { Value } from '../../schema/value.ts';
import type { TextPlace } from '../../util/problem.ts';
import { quoteFor, type Shell } from '../../util/quote.ts';
import { evaluate, type Evaluated, type Scope } from './evaluate.ts';
import { isFileName } from '../../run/fileActions.ts';
import { lookUpsOf, type TemplateProblem } from './expression.ts';
import { type ShellContext, shellContexts } from './shellContext.ts';
import { type Later, stars } from './later.ts';
import { parseTemplate, type Template } from './template.ts';
import { longestText, textOf } from './values.ts';
import { kindOf } from '../../util/kindOf.ts';

export type Rendered =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: TemplateProblem };

/** A text with its values put in as they are. */
export function renderText(source: string, scope: Scope): Rendered {
  return fill(source, scope, { put: (value) => textOf(value) });
}

/**
 * A path of this machine: each value is one name in it, so that it leads nowhere else, unless it is looked up in what a
 * person gave.
 */
export function renderNames(source: string, scope: Scope, given: readonly string[]): Rendered {
  const put: Put = (value, { expression }) => {
    const text = textOf(value);
    if (text === undefined) return undefined;
    const isGiven = lookUpsOf(expression).every(({ path: [name = ''] }) => given.includes(name));
    return isGiven || isFileName(text) ? text : { unfit: 'is no name of a file or folder' };
  };
  return fill(source, scope, { put });
}

/** What a template says where any value may stand: one expression alone gives its value, anything else is text. */
export function renderValue(source: string, scope: Scope): Evaluated {
  const { parts, problems } = parseTemplate(source);
  const [only] = parts;
  const [problem] = problems;
  if (problem) return { ok: false, problem };
  if (parts.length === 1 && only?.type === 'expression') return evaluate(only.expression, scope);
  const rendered = renderText(source, scope);
  return rendered.ok ? { ok: true, value: rendered.text } : rendered;
}

/** A command with its values put in as single words, whatever they are and wherever they stand; a list as its words. */
export function renderCommand(source: string, scope: Scope, shell: Shell = 'sh'): Rendered {
  const put = putWord(source, shell);
  return 'problem' in put ? { ok: false, ...put } : fill(source, scope, { put });
}

/** What is known of a text before it runs: what is not stays as it is written, and secrets are stars. */
export function renderKnown(source: string, scope: Scope, shell?: Shell): RenderedBefore {
  const put = shell === undefined ? (value: Value) => textOf(value) : putWord(source, shell);
  if (typeof put === 'object') return { ok: false, ...put };
  let isWhole = true;
  const putLater: PutLater = (later, part) => {
    isWhole &&= later === 'hidden';
    const shown = put(stars, part);
    if (later === 'unknown') return source.slice(part.start, part.end);
    return typeof shown === 'string' ? shown : stars;
  };
  const rendered = fill(source, scope, { put, putLater });
  return rendered.ok ? { ...rendered, isWhole } : rendered;
}

/** What is wrong in a text for the values that are known before it runs; what is not known yet is no problem. */
export function problemBefore({ parts, problems }: Template, scope: Scope): TemplateProblem | undefined {
  const put = (value: Value): string | undefined => textOf(value);
  const found = parts.flatMap((part): TemplateProblem[] => {
    if (part.type === 'text') return [];
    const text = valueText(part, scope, { put, putLater: () => '' });
    return typeof text === 'object' ? [text] : [];
  });
  return problems[0] ?? found[0];
}

/** `isWhole`: nothing in it waits for the run. */
export type RenderedBefore =
  | { readonly ok: true; readonly text: string; readonly isWhole: boolean }
  | { readonly ok: false; readonly problem: TemplateProblem };

function putWord(source: string, shell: Shell): Put | { readonly problem: TemplateProblem } {
  const template = parseTemplate(source);
  const contexts = shellContexts(template.parts, shell);
  const [unsafe] = commandProblems(source, shell, template);
  if (unsafe) return { problem: unsafe };
  const places = template.parts.filter((part) => part.type === 'expression').map(({ start }) => start);
  return (value, { isRaw, start, end }) => {
    const context = contexts[places.indexOf(start)] ?? 'word';
    if (isRaw) return textOf(value);
    const word = wordOf(value, context, shell);
    // Digits before < or > would name a file descriptor.
    return typeof word === 'string' && /^\d+$/.test(word) && /[<>]/.test(source[end] ?? '')
      ? `'${word}'`
      : word;
  };
}

/** Places of a command where no quoting would hold a value together. */
export function commandProblems(
  source: string,
  shell: Shell = 'sh',
  template: Template = parseTemplate(source),
): readonly TemplateProblem[] {
  const contexts = shellContexts(template.parts, shell);
  const expressions = template.parts.filter((part) => part.type === 'expression');
  return expressions.flatMap(({ isRaw, start, end }, place): TemplateProblem[] => {
    const context = contexts[place];
    if (isRaw || typeof context !== 'object') return [];
    const message = `A value can not be quoted ${context.unsafe}.`;
    const fix = 'Give it in "env" and write "$NAME" here, or write | raw behind it if it is no danger.';
    return [{ code: 'template/not-quotable', message, fix, start, end }];
  });
}

/** Undefined where the value is none that can stand there. */
function wordOf(value: Value, context: ShellContext, shell: Shell): string | Unfit {
  if (typeof context === 'object') return { unfit: `can not be quoted ${context.unsafe}` };
  if (Array.isArray(value) && context === 'word') {
    const words = value.map((item) => wordOf(item, context, shell));
    const texts = words.filter((word) => typeof word === 'string');
    return words.find((word) => typeof word === 'object') ?? texts.join(' ');
  }
  if (value !== null && typeof value === 'object')
    return {
      unfit: `is ${kindOf(value)}, which is no word of a command. Write | json or | join(' ') behind it`,
    };
  const text = textOf(value);
  if (text === undefined) return { unfit: nothing };
  if (text.includes('\0')) return { unfit: 'has a NUL character, which no shell can take' };
  if (context === 'arithmetic')
    return /^-?\d+$/.test(text) ? text : { unfit: 'is no whole number, and $((…)) takes nothing else' };
  const word = quoteFor(shell, text);
  if (context === 'word' || word === text) return word;
  const quote = context === 'double-quotes' ? '"' : "'";
  return `${quote}${word}${quote}`;
}

type Unfit = { readonly unfit: string };
const nothing = 'is nothing. Write | default(…) behind it';

type Put = (value: Value, part: Part) => string | Unfit | undefined;
/** What to write for a value that is not there yet. */
type PutLater = (later: Later, part: Part) => string;

/** How values are written; without `putLater` one that is not there yet is a problem. */
type Putting = { readonly put: Put; readonly putLater?: PutLater };

/** Puts values in; the first problem ends it. */
function fill(source: string, scope: Scope, putting: Putting): Rendered {
  const { parts, problems } = parseTemplate(source);
  const [problem] = problems;
  if (problem) return { ok: false, problem };
  const texts: string[] = [];
  let length = 0;
  for (const part of parts) {
    const text = part.type === 'text' ? part.text : valueText(part, scope, putting);
    if (typeof text === 'object') return { ok: false, problem: text };
    texts.push(text);
    length += text.length;
    if (length > longestText) return { ok: false, problem: tooLong(part) };
  }
  return { ok: true, text: texts.join('') };
}

type Part = Extract<Template['parts'][number], { type: 'expression' }>;

function valueText(part: Part, scope: Scope, { put, putLater }: Putting): string | TemplateProblem {
  const { expression, start, end } = part;
  const evaluated = evaluate(expression, scope);
  if (!evaluated.ok) {
    const { later } = evaluated.problem;
    return later && putLater ? putLater(later, part) : evaluated.problem;
  }
  const text = put(evaluated.value, part) ?? { unfit: nothing };
  if (typeof text === 'string') return text;
  return { code: 'template/value', message: `The value ${text.unfit}.`, start, end };
}

function tooLong({ start, end }: TextPlace): TemplateProblem {
  return { code: 'template/too-long', message: 'With its values the text is more than 1 MiB.', start, end };
}
