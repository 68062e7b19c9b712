import { groupsByNode } from '../../../core/inventory/model.ts';
import { type Expression, lookUpsOf } from '../../../core/playbook/template/expression.ts';
import { parseExpression } from '../../../core/playbook/template/parse.ts';
import { truthOf } from '../../../core/playbook/template/truth.ts';
import { isTrue } from '../../../core/playbook/template/values.ts';
import type { Subject } from './subject.ts';

/** A condition as it is read; undefined for one that is no expression. */
export function conditionOf(text: string | undefined): Expression | undefined {
  const parsed = text === undefined ? undefined : parseExpression(text);
  return parsed?.ok ? parsed.expression : undefined;
}

/** Whether two conditions never hold together: what one of them asks for the other rules out. */
export function excludeEachOther(a: Expression, b: Expression): boolean {
  const others = partsOfAnd(b);
  return partsOfAnd(a).some((part) => others.some((other) => areOpposite(part, other)));
}

/** Everything that has to hold for a condition to hold. */
function partsOfAnd(condition: Expression): readonly Expression[] {
  if (condition.type !== 'binary' || condition.operator !== 'and') return [condition];
  return [condition, ...partsOfAnd(condition.left), ...partsOfAnd(condition.right)];
}

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
    return a.isNegated !== b.isNegated && isSame({ ...a, isNegated: b.isNegated }, b);
  if (a.type !== 'binary' || b.type !== 'binary') return false;
  if (a.operator === '==' && b.operator === '==') return areOtherValues(a, b);
  return negated.get(a.operator) === b.operator && isSame({ ...a, operator: b.operator }, b);
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

function bare(expression: Expression): string {
  return JSON.stringify(expression, (key, value: unknown) =>
    key === 'start' || key === 'end' ? undefined : value,
  );
}

/** Conditions that are looked at on nodes, for all of a document: thousands of nodes have to wait for the run. */
const mostAsked = 20_000;

/**
 * The nodes that are meant and fit a condition, for one that asks for nothing but the names, tags and groups of nodes
 * of inventories that are known whole; undefined for any other.
 */
export function fittingNodes({
  chosen,
  workspace,
}: Subject): (text: string) => ReadonlySet<string> | undefined {
  const { nodes } = chosen;
  if (!nodes || nodes.length === 0 || !workspace.isClosed) return () => undefined;
  let left = mostAsked;
  let groups: ReadonlyMap<string, readonly string[]> | undefined;
  const known = new Map<string, ReadonlySet<string> | undefined>();
  const find = (text: string): ReadonlySet<string> | undefined => {
    const condition = conditionOf(text);
    if (!condition || !asksForNodes(condition) || left < nodes.length) return undefined;
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
  return (text) => {
    if (!known.has(text)) known.set(text, find(text));
    return known.get(text);
  };
}

const asked: ReadonlySet<string> = new Set(['name', 'tags', 'groups']);

function asksForNodes(condition: Expression): boolean {
  const paths = lookUpsOf(condition).map(({ path }) => path);
  return paths.length > 0 && paths.every(([top, key = '']) => top === 'node' && asked.has(key));
}
