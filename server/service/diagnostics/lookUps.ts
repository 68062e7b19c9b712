import { type Expression, partsOf } from '../../../core/playbook/template/expression.ts';
import { memberOf } from '../../../core/playbook/template/members.ts';
import { remembered } from '../../../core/util/remembered.ts';

/** Whether a whole table is looked at (`vars | json`, `vars[params.name]`), so that any of its names may be meant. */
export function looksAtAll(expressions: readonly Expression[], top: string): boolean {
  return expressions.some((expression) => wholeTables(expression).has(top));
}

const wholeTables = remembered((expression: Expression): ReadonlySet<string> => {
  const parts = partsOf(expression);
  const named = new Set<Expression>(
    parts.flatMap((part) => (part.type === 'member' && memberOf(part) ? [part.of] : [])),
  );
  return new Set(parts.flatMap((part) => (part.type === 'name' && !named.has(part) ? [part.name] : [])));
});
