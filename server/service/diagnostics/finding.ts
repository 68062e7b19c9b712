import type { Range, TextEdit } from 'vscode-languageserver-types';
import type { Level } from '../rules/rule.ts';
import type { Subject } from './subject.ts';

/** A way to mend something: changes of the file at hand, and of others where it takes that. */
export type Repair = {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** Changes of other files, by URI. */
  readonly elsewhere?: Readonly<Record<string, readonly TextEdit[]>>;
  /** Files that it makes, by URI, each with its text. */
  readonly creates?: Readonly<Record<string, string>>;
  /** What a client with a place for secrets keeps before the edits are made; others are not offered it. */
  readonly stores?: { readonly name: string; readonly value: string };
  /** What is nearly always meant: taken by "Fix all". */
  readonly isSure?: boolean;
};

export type Related = { readonly message: string; readonly uri: string; readonly range: Range };

/** Something to tell about a document, before settings and comments say whether it is told. */
export type Finding = {
  readonly code: string;
  /** That of its rule where it says none. */
  readonly level?: Exclude<Level, 'off'>;
  /** What is so; also what to do, where no `fix` says it. */
  readonly message: string;
  readonly fix?: string;
  readonly range: Range;
  readonly related?: readonly Related[];
  /** Drawn faintly: it could be taken out. */
  readonly isUnnecessary?: boolean;
  readonly repairs?: readonly Repair[];
};

/** Looks for one kind of thing. Pure, and never throws on what people write. */
export type Check = (subject: Subject) => Iterable<Finding>;
