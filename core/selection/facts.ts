import type { InventoryNode } from '../inventory/model.ts';
import type { Value } from '../schema/value.ts';
import { compileRegex } from './regex.ts';
import type { Comparison, FactTest } from './selection.ts';

/**
 * What `fact:path` looks at: the facts of a node, then its vars, then how it is reached (host, port, user, transport).
 * A path goes through maps by its dots; a key that has dots itself is found too. Undefined where nothing is known;
 * null is nothing.
 */
export function factOf({ facts, vars, connection }: InventoryNode, path: string): Value | undefined {
  return valueAt(facts, path) ?? valueAt(vars, path) ?? attributeOf(connection, path);
}

function valueAt(tree: Value, path: string): Value | undefined {
  if (typeof tree !== 'object' || tree === null || Array.isArray(tree)) return undefined;
  if (Object.hasOwn(tree, path)) return tree[path];
  for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1)) {
    const head = path.slice(0, dot);
    const inner = Object.hasOwn(tree, head) ? tree[head] : undefined;
    const found = inner === undefined ? undefined : valueAt(inner, path.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

function attributeOf(connection: InventoryNode['connection'], path: string): Value | undefined {
  if (path === 'host' || path === 'port' || path === 'user' || path === 'transport') return connection[path];
  return undefined;
}

/** The test of an operand as a function of a value; of a list, one item is enough. */
export function testOf(test: FactTest): (value: Value) => boolean {
  switch (test.type) {
    case 'known':
      return () => true;
    case 'compare':
      return anyItem((value) => compare(textOf(value), test.comparison, test.value));
    case 'matches': {
      const matches = compileRegex(test.regex);
      return anyItem((value) => matches(textOf(value)));
    }
  }
}

function anyItem(judge: (value: Value) => boolean): (value: Value) => boolean {
  return (value) => (Array.isArray(value) ? value.some(judge) : judge(value));
}

function textOf(value: Value): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Two numbers compare as numbers, anything else as text, by code units. */
function compare(left: string, comparison: Comparison, right: string): boolean {
  const order = orderOf(left, right);
  switch (comparison) {
    case '=':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

function orderOf(left: string, right: string): number {
  if (isNumber(left) && isNumber(right)) return Number(left) - Number(right);
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function isNumber(text: string): boolean {
  return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(text);
}
