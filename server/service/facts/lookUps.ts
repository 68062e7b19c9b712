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

/** The names of variables, parameters, secrets and steps in an expression, as far as they are written out. */
export function lookUpsIn(expression: Expression): readonly LookUp[] {
  return [...partsOf(expression)].flatMap((part): LookUp[] => {
    if (part.type !== 'member' || part.of.type !== 'name' || part.key.type !== 'literal') return [];
    const kinds = kindsBelow.get(part.of.name);
    const { value, start, end } = part.key;
    if (!kinds || typeof value !== 'string') return [];
    // Between brackets the name has quotes of its own.
    const quote = end - start === value.length + 2 ? 1 : 0;
    return end - start === value.length + 2 * quote
      ? [{ kinds, name: value, start: start + quote, end: end - quote }]
      : [];
  });
}
