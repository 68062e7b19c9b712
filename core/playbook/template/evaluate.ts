import { isMap, type Value } from '../../schema/value.ts';
import { meantOr, type TextPlace } from '../../util/problem.ts';
import { nearest } from '../../util/nearest.ts';
import { quoteFor } from '../../util/quote.ts';
import type { Expression, TemplateProblem } from './expression.ts';
import { hiddenValue, type Later, laterOf, unknownValue } from './later.ts';
import { filters, finite, Misfit, misfit } from './filters.ts';
import { tests } from './tests.ts';
import { compare, contains, isEqual, isTrue, longestText, textOf } from './values.ts';
import { kindOf } from '../../util/kindOf.ts';

/** What names stand for: `vars`, `params`, `node`, … */
export type Scope = ReadonlyMap<string, Value>;

export type Evaluated =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problem: TemplateProblem };

/**
 * The value of an expression. Only what values own is looked up, and values are never read as templates again.
 * Never throws; what is not there is a problem, unless `default` or `is defined` asks for it.
 */
export function evaluate(expression: Expression, scope: Scope): Evaluated {
  const found = valueOf(expression, scope);
  return 'problem' in found ? { ok: false, problem: found.problem } : { ok: true, value: found.value };
}

/** `isMissing`: there is no such value, which some may ask. */
type Found = { readonly value: Value } | { readonly problem: TemplateProblem; readonly isMissing?: true };

function valueOf(expression: Expression, scope: Scope): Found {
  const found = look(expression, scope);
  if ('problem' in found || !mayBeLater(scope)) return found;
  const later = laterOf(found.value);
  return later === undefined ? found : notYet(later, expression);
}

/** Only before anything runs, and in a dry run, can a value be one that is not there yet. */
function mayBeLater(scope: Scope): boolean {
  if (scope.get('steps') === unknownValue) return true;
  const batch = scope.get('batch');
  return isMap(batch) && batch['dryRun'] === true;
}

function notYet(later: Later, { start, end }: TextPlace): Found {
  return {
    problem: { code: 'template/undefined', message: 'This is known when it runs.', later, start, end },
  };
}

/** The value, whatever of it is not there yet. */
function look(expression: Expression, scope: Scope): Found {
  switch (expression.type) {
    case 'literal':
      return { value: expression.value };
    case 'list':
      return listOf(expression.items, scope);
    case 'name':
      return lookUp(expression, scope);
    case 'member':
      return member(expression, scope);
    case 'filter':
      return filtered(expression, scope);
    case 'test':
      return tested(expression, scope);
    case 'unary':
      return unary(expression, scope);
    case 'binary':
      return binary(expression, scope);
    case 'choice': {
      const condition = valueOf(expression.condition, scope);
      if ('problem' in condition) return condition;
      return valueOf(isTrue(condition.value) ? expression.value : expression.otherwise, scope);
    }
  }
}

function listOf(items: readonly Expression[], scope: Scope): Found {
  const values: Value[] = [];
  for (const item of items) {
    const found = valueOf(item, scope);
    if ('problem' in found) return found;
    values.push(found.value);
  }
  return { value: values };
}

function lookUp({ name, ...at }: Extract<Expression, { type: 'name' }>, scope: Scope): Found {
  const value = scope.get(name);
  return value === undefined ? missing(`"${name}"`, { name, known: [...scope.keys()] }, at) : { value };
}

function member({ of, key, ...at }: Extract<Expression, { type: 'member' }>, scope: Scope): Found {
  const above = look(of, scope);
  if ('problem' in above) return above;
  const found = valueOf(key, scope);
  if ('problem' in found) return found;
  const { value } = above;
  if (value === unknownValue || value === hiddenValue) return above;
  if (Array.isArray(value) && typeof found.value === 'number') {
    const item = value.at(found.value);
    return item === undefined
      ? missing(`item ${found.value} of ${value.length}`, undefined, at)
      : { value: item };
  }
  const name = textOf(found.value) ?? '';
  const known = isMap(value) ? Object.keys(value) : [];
  const own = isMap(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return own === undefined ? missing(`"${name}" ${whereOf(of)}`, { name, known }, at) : { value: own };
}

/** `in vars`, `in steps.install`; what is not written as names is "in it". */
function whereOf(of: Expression): string {
  const path = nameOf(of);
  return path === undefined ? 'in it' : `in ${path}`;
}

function nameOf(of: Expression): string | undefined {
  if (of.type === 'name') return of.name;
  if (of.type !== 'member' || of.key.type !== 'literal') return undefined;
  const above = nameOf(of.of);
  return above === undefined ? undefined : `${above}.${textOf(of.key.value) ?? ''}`;
}

function missing(
  what: string,
  near: { name: string; known: readonly string[] } | undefined,
  at: TextPlace,
): Found {
  const close = near && nearest(near.name, near.known);
  const advice = meantOr(close, 'Give a value, or write | default(…) behind it.');
  const { start, end } = at;
  return {
    isMissing: true,
    problem: { code: 'template/undefined', message: `There is no ${what}.`, ...advice, start, end },
  };
}

function filtered(expression: Extract<Expression, { type: 'filter' }>, scope: Scope): Found {
  const { name, of, args } = expression;
  const found = valueOf(of, scope);
  if (name === 'default') {
    const isThere = 'problem' in found ? found.isMissing !== true : found.value !== null;
    return isThere || !args[0] ? found : valueOf(args[0], scope);
  }
  if ('problem' in found) return found;
  const given = listOf(args, scope);
  if ('problem' in given) return given;
  if (name === 'quote') return quoted(found.value, expression);
  const made = filters.get(name)?.apply(found.value, given.value as Value[]);
  return settled(made ?? null, { what: `The filter "${name}"`, at: expression });
}

function quoted(value: Value, at: TextPlace): Found {
  const text = textOf(value);
  return text === undefined || text.includes('\0')
    ? wrong('The filter "quote" takes text without NUL characters.', at)
    : { value: quoteFor('sh', text) };
}

function tested(
  { name, isNegated, of, args, ...at }: Extract<Expression, { type: 'test' }>,
  scope: Scope,
): Found {
  const found = valueOf(of, scope);
  if (name === 'defined' || name === 'undefined') {
    if ('problem' in found && !found.isMissing) return found;
    const isDefined = 'value' in found;
    return { value: (name === 'defined') === isDefined ? !isNegated : isNegated };
  }
  if ('problem' in found) return found;
  const given = listOf(args, scope);
  if ('problem' in given) return given;
  const holds = tests.get(name)?.holds(found.value, given.value as Value[]) ?? false;
  if (typeof holds !== 'boolean') return settled(holds, { what: `The test "${name}"`, at });
  return { value: holds !== isNegated };
}

function unary({ operator, of, ...at }: Extract<Expression, { type: 'unary' }>, scope: Scope): Found {
  const found = valueOf(of, scope);
  if ('problem' in found) return found;
  if (operator === 'not') return { value: !isTrue(found.value) };
  return typeof found.value === 'number'
    ? { value: -found.value }
    : wrong(`- takes a number, and this is ${kindOf(found.value)}.`, at);
}

type Binary = Extract<Expression, { type: 'binary' }>;

function binary(expression: Binary, scope: Scope): Found {
  const { operator, left, right } = expression;
  const first = valueOf(left, scope);
  if ('problem' in first) return first;
  if (operator === 'and' || operator === 'or') {
    const isDecided = isTrue(first.value) === (operator === 'or');
    return isDecided ? first : valueOf(right, scope);
  }
  const second = valueOf(right, scope);
  if ('problem' in second) return second;
  const made = combine(operator, first.value, second.value);
  if (made !== undefined) return settled(made, { what: `"${operator}"`, at: expression });
  const kinds = `${kindOf(first.value)} and ${kindOf(second.value)}`;
  return wrong(`"${operator}" can do nothing with ${kinds}.`, expression);
}

/** Undefined where the operator means nothing for these values. */
function combine(
  operator: Exclude<Binary['operator'], 'and' | 'or'>,
  a: Value,
  b: Value,
): Value | Misfit | undefined {
  switch (operator) {
    case '==':
      return isEqual(a, b);
    case '!=':
      return !isEqual(a, b);
    case 'in':
      return contains(b, a);
    case 'not in': {
      const isIn = contains(b, a);
      return isIn === undefined ? undefined : !isIn;
    }
    case '~':
      return joined(textOf(a) ?? '', textOf(b) ?? '');
    case '<':
    case '<=':
    case '>':
    case '>=':
      return ordered(operator, compare(a, b));
    case '+':
      if (typeof a === 'string' && typeof b === 'string') return joined(a, b);
      if (Array.isArray(a) && Array.isArray(b)) return [...a, ...b];
      return calculated(operator, a, b);
    case '-':
    case '*':
    case '/':
    case '//':
    case '%':
      return calculated(operator, a, b);
  }
}

function joined(a: string, b: string): Value | Misfit {
  return a.length + b.length > longestText ? misfit('would make a text of more than 1 MiB') : a + b;
}

function ordered(operator: '<' | '<=' | '>' | '>=', order: number | undefined): boolean | undefined {
  if (order === undefined) return undefined;
  if (order === 0) return operator === '<=' || operator === '>=';
  return order < 0 === operator.startsWith('<');
}

function calculated(
  operator: '+' | '-' | '*' | '/' | '//' | '%',
  a: Value,
  b: Value,
): Value | Misfit | undefined {
  if (typeof a !== 'number' || typeof b !== 'number') return undefined;
  if (b === 0 && operator !== '+' && operator !== '-' && operator !== '*')
    return misfit('can not divide by 0');
  switch (operator) {
    case '+':
      return finite(a + b);
    case '-':
      return finite(a - b);
    case '*':
      return finite(a * b);
    case '/':
      return finite(a / b);
    case '//':
      return finite(Math.floor(a / b));
    case '%':
      return finite(a - b * Math.floor(a / b));
  }
}

function settled(made: Value | Misfit, { what, at }: { what: string; at: TextPlace }): Found {
  return made instanceof Misfit ? wrong(`${what} ${made.why}.`, at) : { value: made };
}

function wrong(message: string, { start, end }: TextPlace): Found {
  return { problem: { code: 'template/value', message, start, end } };
}
