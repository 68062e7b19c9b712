import type { TextPlace } from '../../util/problem.ts';
import type { SourceText } from '../sourceText.ts';

/** One piece of a group's value as it is written: a node set, or several that spaces or list items keep apart. */
export type Written = TextPlace & { readonly text: string; readonly source: SourceText };

/** A group of a source with everything that is written for it. */
export type DeclaredGroup = {
  readonly name: string;
  readonly values: Written[];
  readonly place: TextPlace;
  readonly source: SourceText;
};

/** A ClusterShell group source: groups by name. `commands` says that it is known to commands only. */
export type GroupSource = {
  readonly name: string;
  readonly groups: Map<string, DeclaredGroup>;
  readonly commands?: { readonly map: string };
};

/** The group sources of a configuration. */
export type Declared = {
  readonly sources: ReadonlyMap<string, GroupSource>;
  /** Name of the source whose groups need no prefix. */
  readonly defaultSource: string | undefined;
};

/** Adds to a group, which is made where it is not there yet. */
export function addToGroup(
  groups: GroupSource['groups'],
  { name, values, place, source }: DeclaredGroup,
): void {
  const known = groups.get(name);
  if (!known) groups.set(name, { name, values: [...values], place, source });
  else for (const value of values) known.values.push(value);
}

/** Why a name is none of a group or source; ClusterShell refuses the characters of its own grammar. */
export function groupNameProblem(name: string): string | undefined {
  if (name === '') return 'The name is empty.';
  return /[\s,!&^*?@[\]{}"'<>|;$`\\:\p{Cc}]/u.test(name)
    ? 'The name has characters that a group can not have.'
    : undefined;
}
