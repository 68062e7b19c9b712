import type { Value } from '../../schema/value.ts';
import type { TextPlace } from '../../util/problem.ts';
import type { Later } from './later.ts';

/** What is wrong in a template, or with what it was given; offsets are those of the template's own text. */
export type TemplateProblem = TextPlace & {
  readonly code: `template/${string}`;
  readonly message: string;
  readonly fix?: string;
  /** The word that was meant by the one that is there. */
  readonly meant?: string;
  /** Nothing is wrong: a value is not there before it runs. */
  readonly later?: Later;
};

export type BinaryOperator = (typeof binaryOperators)[number];
export const binaryOperators = [
  'or',
  'and',
  '==',
  '!=',
  '<=',
  '>=',
  '<',
  '>',
  'in',
  'not in',
  '+',
  '-',
  '~',
  '*',
  '//',
  '/',
  '%',
] as const;

/** A parsed expression. It can do nothing but look at values: there are no loops, and no calls but these filters and tests. */
export type Expression = TextPlace &
  (
    | { readonly type: 'literal'; readonly value: Value }
    | { readonly type: 'list'; readonly items: readonly Expression[] }
    | { readonly type: 'name'; readonly name: string }
    | { readonly type: 'member'; readonly of: Expression; readonly key: Expression }
    | {
        readonly type: 'filter';
        readonly name: string;
        readonly of: Expression;
        readonly args: readonly Expression[];
      }
    | {
        readonly type: 'test';
        readonly name: string;
        readonly isNegated: boolean;
        readonly of: Expression;
        readonly args: readonly Expression[];
      }
    | { readonly type: 'unary'; readonly operator: 'not' | '-'; readonly of: Expression }
    | {
        readonly type: 'binary';
        readonly operator: BinaryOperator;
        readonly left: Expression;
        readonly right: Expression;
      }
    | {
        readonly type: 'choice';
        readonly condition: Expression;
        readonly value: Expression;
        readonly otherwise: Expression;
      }
  );

/** What the expression is made of, itself first. */
export function partsOf(expression: Expression): readonly Expression[] {
  const parts: Expression[] = [];
  const visit = (part: Expression): void => {
    parts.push(part);
    childrenOf(part).forEach(visit);
  };
  visit(expression);
  return parts;
}

function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.type) {
    case 'literal':
    case 'name':
      return [];
    case 'list':
      return expression.items;
    case 'member':
      return [expression.of, expression.key];
    case 'filter':
    case 'test':
      return [expression.of, ...expression.args];
    case 'unary':
      return [expression.of];
    case 'binary':
      return [expression.left, expression.right];
    case 'choice':
      return [expression.condition, expression.value, expression.otherwise];
  }
}

/**
 * The names and keys that an expression looks up, as far as they are written out: `steps.install.changed` is
 * `['steps', 'install', 'changed']`.
 */
export function lookUpsOf(
  expression: Expression,
): readonly (TextPlace & { readonly path: readonly string[] })[] {
  const found: (TextPlace & { path: readonly string[] })[] = [];
  const inner = new Set<Expression>();
  for (const part of partsOf(expression)) {
    if (inner.has(part)) continue;
    if (part.type === 'member')
      for (let of = part.of; ; of = of.of) {
        inner.add(of);
        if (of.type !== 'member') break;
      }
    const path = pathOf(part);
    if (path) found.push({ path, start: part.start, end: part.end });
  }
  return found;
}

/** What an expression asks for with `is defined`, or says a `default` of, as far as it is written out. */
export function askedFor(expression: Expression): readonly (readonly string[])[] {
  return partsOf(expression).flatMap((part) => {
    const isDefault = part.type === 'filter' && part.name === 'default';
    const isTest = part.type === 'test' && /^(?:un)?defined$/.test(part.name);
    return isDefault || isTest ? lookUpsOf(part.of).map(({ path }) => path) : [];
  });
}

function pathOf(expression: Expression): readonly string[] | undefined {
  return lookUpOf(expression)?.path;
}

/** Behind a key that is only known when it is filled in nobody knows what is looked up. */
function lookUpOf(
  expression: Expression,
): { readonly path: readonly string[]; readonly isCut: boolean } | undefined {
  if (expression.type === 'name') return { path: [expression.name], isCut: false };
  if (expression.type !== 'member') return undefined;
  const above = lookUpOf(expression.of);
  const { key } = expression;
  if (!above || above.isCut) return above;
  if (key.type !== 'literal' || typeof key.value !== 'string') return { ...above, isCut: true };
  return { path: [...above.path, key.value], isCut: false };
}
