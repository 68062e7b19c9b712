import type { Expression } from './expression.ts';
import { evaluate, type Evaluated, type Scope } from './evaluate.ts';
import { isTrue } from './values.ts';

/** The value of a condition; `and` and `or` are decided by either side where the other is known later. */
export function truthOf(expression: Expression, scope: Scope): Evaluated {
  if (expression.type === 'unary' && expression.operator === 'not') {
    const inner = truthOf(expression.of, scope);
    return inner.ok ? { ok: true, value: !isTrue(inner.value) } : inner;
  }
  if (expression.type !== 'binary' || (expression.operator !== 'and' && expression.operator !== 'or'))
    return evaluate(expression, scope);
  const decides = expression.operator === 'or';
  const left = truthOf(expression.left, scope);
  if (left.ok) return isTrue(left.value) === decides ? left : truthOf(expression.right, scope);
  if (left.problem.later === undefined) return left;
  const right = truthOf(expression.right, scope);
  return right.ok && isTrue(right.value) === decides ? right : left;
}
