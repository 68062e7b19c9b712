import type { TextPlace } from '../../../core/util/problem.ts';
import type { Expression } from '../../../core/playbook/template/expression.ts';
import { partsOf } from '../../../core/playbook/template/expression.ts';
import type { SymbolKind } from './occurrence.ts';

/** What a name after the dot is a name of: `vars.http_port`, `steps.install`. */
const kindsBelow: ReadonlyMap<string, readonly SymbolKind[]> = new Map<string, readonly SymbolKind[]>([
  ['vars', ['var', 'register']],
  ['params', ['param']],
  ['secret', ['secret']],
  ['steps', ['step', 'handler']],
]);

/** A name that an expression looks up, at its own place: of `vars.http_port` the part after the dot. */
export type LookUp = TextPlace & { readonly kinds: readonly SymbolKind[]; readonly name: string };

/** What a node is asked for: `'web' in node.groups`. */
const kindsAsked: ReadonlyMap<unknown, readonly SymbolKind[]> = new Map<unknown, readonly SymbolKind[]>([
  ['groups', ['group']],
  ['tags', ['tag']],
]);

/** The names of variables, parameters, secrets, steps, groups and tags in an expression, as far as they are written out. */
export function lookUpsIn(expression: Expression): readonly LookUp[] {
  return [...partsOf(expression)].flatMap((part): readonly LookUp[] => {
    if (part.type === 'binary') return membership(part);
    if (part.type !== 'member' || part.of.type !== 'name') return [];
    return written(part.key, kindsBelow.get(part.of.name));
  });
}

function membership({ operator, left, right }: Extract<Expression, { type: 'binary' }>): readonly LookUp[] {
  const isAsked = operator === 'in' || operator === 'not in';
  if (!isAsked || right.type !== 'member' || right.of.type !== 'name' || right.of.name !== 'node') return [];
  return right.key.type === 'literal' ? written(left, kindsAsked.get(right.key.value)) : [];
}

/** A name that stands there as it is; between brackets, or as a text, it has quotes of its own. */
function written(name: Expression, kinds: readonly SymbolKind[] | undefined): readonly LookUp[] {
  if (name.type !== 'literal' || typeof name.value !== 'string' || !kinds) return [];
  const { value, start, end } = name;
  const quote = end - start === value.length + 2 ? 1 : 0;
  return end - start === value.length + 2 * quote
    ? [{ kinds, name: value, start: start + quote, end: end - quote }]
    : [];
}
