import { askedFor, type Expression, partsOf } from '../../../core/playbook/template/expression.ts';
import type { TemplateText } from '../../../core/playbook/read/texts.ts';
import type { TextPlace } from '../../../core/util/problem.ts';
import { remembered } from '../../../core/util/remembered.ts';

/** A name that a text looks up: of `vars.http_port` the part behind the dot, at its place in the text. */
export type LookUp = TextPlace & {
  readonly top: string;
  readonly name: string;
  /** The text asks whether it is there, or says what counts where it is not. */
  readonly isGuarded: boolean;
};

/** Names below `vars`, `params`, `secret` and `steps` that a text looks up, as far as they are written out. */
export function lookUpsOf({ expressions }: Pick<TemplateText, 'expressions'>): readonly LookUp[] {
  return lookUpsIn(expressions);
}

const lookUpsIn = remembered((expressions: readonly Expression[]): readonly LookUp[] => {
  const guarded = guardedIn({ expressions });
  return expressions.flatMap((expression) =>
    [...partsOf(expression)].flatMap((part): LookUp[] => {
      const member = memberOf(part);
      return member ? [{ ...member, isGuarded: guarded.has(`${member.top}.${member.name}`) }] : [];
    }),
  );
});

/** Names that expressions test with `is defined`, or that have a `default`: `vars.http_port`. */
export function guardedIn({ expressions }: Pick<TemplateText, 'expressions'>): ReadonlySet<string> {
  return guardsIn(expressions);
}

const guardsIn = remembered(
  (expressions: readonly Expression[]): ReadonlySet<string> =>
    new Set(
      expressions.flatMap((expression) => askedFor(expression).map((path) => path.slice(0, 2).join('.'))),
    ),
);

function memberOf(part: Expression): Omit<LookUp, 'isGuarded'> | undefined {
  if (part.type !== 'member' || part.of.type !== 'name' || part.key.type !== 'literal') return undefined;
  const { value } = part.key;
  if (typeof value !== 'string') return undefined;
  return { top: part.of.name, name: value, start: part.start, end: part.end };
}

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
