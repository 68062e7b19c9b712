import type { TextRange } from '../../util/problem.ts';

/** Where a line stands. */
export type LinePlace = { readonly file: string; readonly range: TextRange };

/** What only ssh itself can tell: a program's exit, addresses of this machine, its own version, what is to be run. */
export type UnsureCondition = 'exec' | 'localnetwork' | 'version' | 'sessiontype' | 'command';

/** One condition of a Match line; `patterns` of those that take an argument. */
export type Condition = {
  readonly name:
    | 'all'
    | 'canonical'
    | 'final'
    | 'host'
    | 'originalhost'
    | 'user'
    | 'localuser'
    | 'tagged'
    | UnsureCondition;
  readonly isNegated: boolean;
  readonly patterns: readonly string[];
};

/** A line of a configuration. Host and Match begin blocks that end with the next one, or with the file. */
export type Statement = LinePlace &
  (
    | { readonly type: 'host'; readonly patterns: readonly string[] }
    | { readonly type: 'match'; readonly conditions: readonly Condition[] }
    | { readonly type: 'set'; readonly keyword: string; readonly values: readonly string[] }
    /** The files that it brings in, each with a scope of its own. */
    | {
        readonly type: 'include';
        readonly patterns: readonly string[];
        readonly files: readonly (readonly Statement[])[];
      }
  );
