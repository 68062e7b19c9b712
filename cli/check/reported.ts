import type { Level, Told } from '../../server/check.ts';
import type { CheckResult } from '../../server/check.ts';
import type { Problem } from '../../core/util/problem.ts';

/** A place in a file. Offsets are UTF-16 units from 0, lines and columns count from 1; the end is exclusive. */
export type ReportedRange = {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
};

/** One line of the report: as a `Problem`, with the levels that rules have. */
export type Reported = {
  readonly code: string;
  readonly severity: Exclude<Level, 'off'>;
  readonly message: string;
  readonly fix?: string;
  /** As a person here would write it. */
  readonly file?: string;
  readonly range?: ReportedRange;
  readonly related?: readonly {
    readonly message: string;
    readonly file: string;
    readonly range: ReportedRange;
  }[];
};

/** What is told of a file of ours. */
export function reportedOf(
  { document, told }: CheckResult,
  nameOf: (uri: string) => string,
): readonly Reported[] {
  const { document: text } = document;
  const rangeOf = (range: Told['finding']['range']): ReportedRange => ({
    start: text.offsetAt(range.start),
    end: text.offsetAt(range.end),
    line: range.start.line + 1,
    column: range.start.character + 1,
    endLine: range.end.line + 1,
    endColumn: range.end.character + 1,
  });
  return told.map(({ finding: { code, message, fix, range, related }, level }) => ({
    code,
    severity: level,
    message,
    ...(fix !== undefined && { fix }),
    file: nameOf(text.uri),
    range: rangeOf(range),
    ...(related && {
      // Places in other files are told by line and column alone.
      related: related.map((place) => ({
        message: place.message,
        file: nameOf(place.uri),
        range:
          place.uri === text.uri ? rangeOf(place.range) : { ...rangeOf(place.range), start: -1, end: -1 },
      })),
    }),
  }));
}

/** What a parser of another format, or the engine, says. */
export function reportedProblem({ related: _same, ...problem }: Problem): Reported {
  return problem as Reported;
}
