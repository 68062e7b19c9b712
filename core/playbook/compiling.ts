import type { RunAs } from '../run/runAs.ts';
import type { Problem } from '../util/problem.ts';
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
};

/** What holds for steps because of where they are. */
export type Surrounding = {
  readonly file: string;
  /** Of the step that they are inside of; empty at the top. */
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly runAs?: RunAs;
};
