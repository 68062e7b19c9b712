import type { TextRange } from '../util/problem.ts';
import type { Pattern } from './nodeset/pattern.ts';

/** What a name in a selection refers to; `any` is a bare name: a node or a group. */
export type NameKind = 'any' | 'node' | 'group' | 'tag' | 'source' | 'file';

export type Operator =
  | 'union'
  | 'difference'
  | 'intersection'
  /** `&!`: what is left of the first in the rest of the inventory. */
  | 'intersection-with-rest'
  | 'symmetric-difference';

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';

export type FactTest =
  | { readonly type: 'known' }
  | { readonly type: 'compare'; readonly comparison: Comparison; readonly value: string }
  | { readonly type: 'matches'; readonly regex: string };

/** One operand; `text` is what was written, at `range`. */
type Written = { readonly text: string; readonly range: TextRange };

export type NamesSelection = Written & {
  readonly type: 'names';
  readonly kind: NameKind;
  readonly pattern: Pattern;
};
export type RegexSelection = Written & {
  readonly type: 'regex';
  readonly kind: Exclude<NameKind, 'file'>;
  readonly regex: string;
};
export type FactSelection = Written & {
  readonly type: 'fact';
  readonly path: string;
  readonly test: FactTest;
};

/** An expression that was read: plain JSON. A chain is evaluated from left to right. */
export type Selection =
  | { readonly type: 'nothing' }
  | { readonly type: 'all' }
  | NamesSelection
  | RegexSelection
  | FactSelection
  | { readonly type: 'chain'; readonly first: Selection; readonly rest: readonly Link[] };

export type Link = { readonly operator: Operator; readonly operand: Selection; readonly range: TextRange };
