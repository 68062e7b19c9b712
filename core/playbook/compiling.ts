import type { RunAs } from '../run/runAs.ts';
import type { Problem, TextRange } from '../util/problem.ts';
import type { ParsedDocument } from '../yaml/parseDocument.ts';
import type { Path } from '../yaml/places.ts';
import type { PlaybookFiles } from './playbookFiles.ts';
import type { Outer } from './read/check.ts';

export type Compiling = {
  readonly files: PlaybookFiles;
  /** Texts by path. */
  readonly read: Map<string, string>;
  readonly problems: Problem[];
  /** Files that are being read, the outermost first. */
  readonly open: string[];
  /** What the configuration has for templates. */
  readonly known: Outer;
  /** Where steps are written, by their paths. */
  readonly places: Map<string, WrittenAt>;
};

/** Where steps are written, by their paths. */
export type StepPlaces = ReadonlyMap<string, WrittenAt>;
type WrittenAt = { readonly file: string; readonly range: TextRange };

/** A file that somebody has written. */
export type Written = Pick<ParsedDocument<unknown>, 'rangeOf'>;

/** What holds for steps because of where they are. */
export type Surrounding = {
  readonly file: string;
  /** Where in the file: of a list of steps, or of the step that is made. */
  readonly list: Path;
  readonly written?: Written;
  /** Of the step that they are inside of; empty at the top. */
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly runAs?: RunAs;
};
