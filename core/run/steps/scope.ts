import type { LoadedPlaybook, PlannedStep } from '../../playbook/plannedStep.ts';
import { evaluate, type Scope } from '../../playbook/template/evaluate.ts';
import type { TemplateProblem } from '../../playbook/template/expression.ts';
import { hiddenValue, type Later, unknownValue, valueOfLater } from '../../playbook/template/later.ts';
import { parseExpression } from '../../playbook/template/parse.ts';
import { truthOf } from '../../playbook/template/truth.ts';
import { renderText, renderValue } from '../../playbook/template/render.ts';
import { isTrue } from '../../playbook/template/values.ts';
import { mergeVars, varsOfParams } from '../../playbook/varLayers.ts';
import { isMap, type Value } from '../../schema/value.ts';
import { sentenceOf } from '../../util/problem.ts';
import { linesOf } from '../../yaml/lines.ts';
import type { Target } from '../plan.ts';
import type { Frame, StepsContext } from './context.ts';

export type ScopeContext = Pick<StepsContext, 'target' | 'kept'> & {
  readonly steps: Pick<StepsContext['steps'], 'batch' | 'user' | 'secrets' | 'vars'> & {
    readonly loaded: Pick<LoadedPlaybook, 'usual' | 'isDryRun'>;
  };
  /** Nothing has run yet: what comes of it is not there, and secrets are hidden. */
  readonly isBefore?: true;
};

/** Everything that templates of a step can look up. */
export function scopeOf(context: ScopeContext, frame: Frame, result?: Value): Scope {
  const { target, steps, kept } = context;
  const { batch, user, secrets, loaded } = steps;
  const known = new Map<string, Value>([
    ['vars', varsOf({ target, loaded, kept, vars: steps.vars }, frame)],
    ['params', frame.params],
    ['node', nodeValue(target)],
    ['steps', Object.fromEntries(frame.results)],
    ['secret', Object.fromEntries(secrets)],
    ['batch', { id: batch, user, dryRun: loaded.isDryRun === true }],
  ]);
  if (frame.item) known.set('item', frame.item.value).set('index', frame.item.index);
  if (result !== undefined) known.set('result', result);
  if (context.isBefore) {
    const dryRun = loaded.isDryRun === true;
    known.set('steps', unknownValue).set('batch', { id: unknownValue, user: unknownValue, dryRun });
    known.set('secret', Object.fromEntries([...secrets.keys()].map((name) => [name, hiddenValue])));
    if (frame.item?.value === unknownValue) known.set('index', unknownValue);
  }
  return known;
}

type Layered = Pick<ScopeContext, 'target' | 'kept'> & Pick<ScopeContext['steps'], 'loaded' | 'vars'>;

function varsOf({ target, loaded, kept, vars }: Layered, frame: Frame): Value {
  return mergeVars({
    configuration: loaded.usual,
    task: frame.task ?? {},
    inventory: target.vars,
    playbook: frame.vars,
    params: varsOfParams(frame.params),
    kept: Object.fromEntries(kept),
    commandLine: vars,
  });
}

/** A target as templates see it. */
export function nodeValue({ node, transport, tags, options, groups = [], facts = {} }: Target): Value {
  const { host, port, user } = options;
  return {
    name: node,
    host: typeof host === 'string' ? host : 'localhost',
    port: typeof port === 'number' ? port : 22,
    user: typeof user === 'string' ? user : null,
    transport,
    tags,
    groups,
    facts,
  };
}

/** `later`: nothing is wrong, but a value is not there before it runs. */
export type Said<T> = { readonly value: T } | { readonly message: string; readonly later?: Later };

/** Whether a condition holds. */
export function holds(condition: string, scope: Scope): Said<boolean> {
  const found = expressionValue(condition, scope, truthOf);
  return 'message' in found ? found : { value: isTrue(found.value) };
}

export function expressionValue(source: string, scope: Scope, valueOf = evaluate): Said<Value> {
  const parsed = parseExpression(source);
  if (!parsed.ok) return { message: told(source, parsed.problem) };
  const found = valueOf(parsed.expression, scope);
  return found.ok ? { value: found.value } : said(source, found.problem);
}

function said(source: string, problem: TemplateProblem): { message: string; later?: Later } {
  const { later } = problem;
  return { message: told(source, problem), ...(later && { later }) };
}

export function textFrom(source: string, scope: Scope): Said<string> {
  const rendered = renderText(source, scope);
  return rendered.ok ? { value: rendered.text } : said(source, rendered.problem);
}

/** Data with the templates in it filled in, all the way down; before anything runs with what stands for a later value. */
export function valueFrom(data: Value, scope: Scope): Said<Value> {
  if (typeof data === 'string') {
    const found = renderValue(data, scope);
    if (found.ok) return { value: found.value };
    const { later } = found.problem;
    return later ? { value: valueOfLater(later) } : said(data, found.problem);
  }
  if (Array.isArray(data)) {
    const items: Value[] = [];
    for (const each of data) {
      const found = valueFrom(each, scope);
      if ('message' in found) return found;
      items.push(found.value);
    }
    return { value: items };
  }
  return isMap(data) ? valuesFrom(data, scope) : { value: data };
}

/** The same of values by name. */
export function valuesFrom(data: Readonly<Record<string, Value>>, scope: Scope): Said<Record<string, Value>> {
  return eachFrom(data, (value) => valueFrom(value, scope));
}

/** Texts by name, filled in. */
export function textsFrom(
  texts: Readonly<Record<string, string>>,
  scope: Scope,
): Said<Record<string, string>> {
  return eachFrom(texts, (text) => textFrom(text, scope));
}

function eachFrom<T>(data: Readonly<Record<string, T>>, read: (each: T) => Said<T>): Said<Record<string, T>> {
  const entries: [string, T][] = [];
  for (const [name, each] of Object.entries(data)) {
    const found = read(each);
    if ('message' in found) return found;
    entries.push([name, found.value]);
  }
  return { value: Object.fromEntries(entries) };
}

/** A problem of a template in a sentence, with the line that it is in. */
export function told(source: string, problem: TemplateProblem): string {
  const from = source.lastIndexOf('\n', problem.start - 1) + 1;
  const end = source.indexOf('\n', problem.start);
  const line = source.slice(from, end === -1 ? undefined : end).trim();
  return `${sentenceOf(problem)} In: ${line.length > 80 ? `${line.slice(0, 80)}…` : line}`;
}

/** A problem in the text of a file: `app.conf.tpl:3:9 There is no "nope" in vars. …` */
export function toldAt(file: string, text: string, problem: TemplateProblem): string {
  const { line, column } = linesOf(text).range(problem.start, problem.end);
  return `${file}:${line}:${column} ${told(text, problem)}`;
}

/** What a step is called on this node. */
export function titleIn(step: PlannedStep, scope: Scope): string {
  const found = textFrom(step.title, scope);
  return 'value' in found ? found.value : step.title;
}
