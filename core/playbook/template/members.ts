import type { TextPlace } from '../../util/problem.ts';
import { askedFor, type Expression, partsOf } from './expression.ts';

/** A name in a table that a text looks up: of `vars.http_port` the part behind the dot, at its place in the text. */
export type Member = TextPlace & {
  readonly top: string;
  readonly name: string;
  /** Both, with a dot: `vars.http_port`. */
  readonly full: string;
  /** The text asks whether it is there, or says what counts where it is not. */
  readonly isGuarded: boolean;
};

const none: readonly Member[] = [];

/** Names in tables such as `vars`, `params`, `secret` and `steps`, as far as they are written out. */
export function membersOf(expressions: readonly Expression[]): readonly Member[] {
  if (expressions.length === 0) return none;
  const guarded = guardedBy(expressions);
  return expressions.flatMap((expression) =>
    partsOf(expression).flatMap((part): Member[] => {
      const member = memberOf(part);
      return member ? [{ ...member, isGuarded: guarded.has(member.full) }] : [];
    }),
  );
}

/** Names that expressions test with `is defined`, or that have a `default`: `vars.http_port`. */
export function guardedBy(expressions: readonly Expression[]): ReadonlySet<string> {
  return new Set(
    expressions.flatMap((expression) => askedFor(expression).map((path) => path.slice(0, 2).join('.'))),
  );
}

export function memberOf(part: Expression): Omit<Member, 'isGuarded'> | undefined {
  if (part.type !== 'member' || part.of.type !== 'name' || part.key.type !== 'literal') return undefined;
  const { value } = part.key;
  if (typeof value !== 'string') return undefined;
  const { name: top } = part.of;
  return { top, name: value, full: `${top}.${value}`, start: part.start, end: part.end };
}
