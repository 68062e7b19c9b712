import { groupsByNode } from '../../../core/inventory/model.ts';
import { type Expression, lookUpsOf } from '../../../core/playbook/template/expression.ts';
import { parseExpression } from '../../../core/playbook/template/parse.ts';
import { truthOf } from '../../../core/playbook/template/truth.ts';
import { isTrue } from '../../../core/playbook/template/values.ts';
import { remembered } from '../../../core/util/remembered.ts';
import { at as valueAt } from '../../../core/yaml/data.ts';
import type { Subject } from './subject.ts';

/** The condition of a step as it is read; undefined where there is none, or it is no expression. */
export function conditionOf(step: unknown): Expression | undefined {
  return typeof step === 'object' && step !== null ? conditionIn(step) : undefined;
}

const conditionIn = remembered((step: object): Expression | undefined => {
  const when = valueAt(step, ['when']);
  const parsed = typeof when === 'string' ? parseExpression(when) : undefined;
  return parsed?.ok ? parsed.expression : undefined;
});

/** Whether a value that stands as a condition never holds. */
export function isFalse(value: unknown): boolean {
  return value === false || value === null || value === 0 || value === '';
}

/** Whether two conditions never hold together: what one of them asks for the other rules out. */
export function excludeEachOther(a: Expression, b: Expression): boolean {
  const others = partsOfAnd(b);
  return partsOfAnd(a).some((part) => others.some((other) => areOpposite(part, other)));
}

/** Everything that has to hold for a condition to hold. */
const partsOfAnd = remembered((condition: Expression): readonly Expression[] => {
  if (condition.type !== 'binary' || condition.operator !== 'and') return [condition];
  return [condition, ...partsOfAnd(condition.left), ...partsOfAnd(condition.right)];
});

const negated: ReadonlyMap<string, string> = new Map([
  ['==', '!='],
  ['!=', '=='],
  ['in', 'not in'],
  ['not in', 'in'],
  ['<', '>='],
  ['>=', '<'],
  ['>', '<='],
  ['<=', '>'],
]);

function areOpposite(a: Expression, b: Expression): boolean {
  if (a.type === 'unary' && a.operator === 'not') return isSame(a.of, b);
  if (b.type === 'unary' && b.operator === 'not') return isSame(a, b.of);
  if (a.type === 'test' && b.type === 'test')
    return a.isNegated !== b.isNegated && bare(a) === other(b, { isNegated: a.isNegated });
  if (a.type !== 'binary' || b.type !== 'binary') return false;
  if (a.operator === '==' && b.operator === '==') return areOtherValues(a, b);
  return negated.get(a.operator) === b.operator && bare(a) === other(b, { operator: a.operator });
}

/** An expression with one thing in it changed. */
function other(expression: Expression, change: object): string {
  return written({ ...expression, ...change });
}

type Comparison = Extract<Expression, { type: 'binary' }>;

/** `x == 1` and `x == 2`. */
function areOtherValues(a: Comparison, b: Comparison): boolean {
  const { left, right } = a;
  if (right.type !== 'literal' || b.right.type !== 'literal') return false;
  return isSame(left, b.left) && JSON.stringify(right.value) !== JSON.stringify(b.right.value);
}

/** Whether two expressions are the same but for the spaces in them. */
function isSame(a: Expression, b: Expression): boolean {
  return bare(a) === bare(b);
}

const bare = remembered(written);

function written(expression: object): string {
  return JSON.stringify(expression, (key, value: unknown) =>
    key === 'start' || key === 'end' ? undefined : value,
  );
}

/** Conditions that are looked at on nodes, for all of a document: thousands of nodes have to wait for the run. */
const mostAsked = 20_000;

/**
 * The nodes that are meant and fit the condition of a step, for one that asks for nothing but the names, tags and groups
 * of nodes of inventories that are known whole; undefined for any other.
 */
export function fittingNodes({
  chosen,
  workspace,
}: Subject): (step: unknown) => ReadonlySet<string> | undefined {
  const { nodes } = chosen;
  if (!nodes || nodes.length === 0 || !workspace.isClosed) return () => undefined;
  let left = mostAsked;
  let groups: ReadonlyMap<string, readonly string[]> | undefined;
  const known = new Map<string, ReadonlySet<string> | undefined>();
  const find = (condition: Expression): ReadonlySet<string> | undefined => {
    if (left < nodes.length) return undefined;
    left -= nodes.length;
    groups ??= groupsByNode(workspace.inventory);
    const fitting = new Set<string>();
    for (const name of nodes) {
      const tags = workspace.inventory.nodes.get(name)?.tags ?? [];
      const node = { name, tags, groups: [...(groups.get(name) ?? [])] };
      const said = truthOf(condition, new Map([['node', node]]));
      if (!said.ok || isTrue(said.value)) fitting.add(name);
    }
    return fitting;
  };
  return (step) => {
    const condition = conditionOf(step);
    if (!condition || !asksForNodes(condition)) return undefined;
    const key = bare(condition);
    if (!known.has(key)) known.set(key, find(condition));
    return known.get(key);
  };
}

const asked: ReadonlySet<string> = new Set(['name', 'tags', 'groups']);

const asksForNodes = remembered((condition: Expression): boolean => {
  const paths = lookUpsOf(condition).map(({ path }) => path);
  return paths.length > 0 && paths.every(([top, key = '']) => top === 'node' && asked.has(key));
});
