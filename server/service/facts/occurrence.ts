import type { Range } from 'vscode-languageserver-types';
import type { Pattern } from '../../../core/selection/nodeset/pattern.ts';
import type { Path } from '../../../core/yaml/places.ts';

/**
 * What a name is a name of. `var` is a variable of inventories, playbooks or `set`, `register` one that keeps what came
 * of a step; `title` is what people call a step or a playbook, which nothing refers to; `file` is any file or folder, by its URI.
 */
export type SymbolKind =
  | 'node'
  | 'group'
  | 'tag'
  | 'var'
  | 'register'
  | 'param'
  | 'secret'
  | 'service'
  | 'step'
  | 'handler'
  | 'title'
  | 'file';

/** A name at its place in a file. */
export type Occurrence = {
  /** What it may be a name of; several where only the workspace can tell, as a bare name in a selection. */
  readonly kinds: readonly SymbolKind[];
  /** Without quotes and escapes; of a file its canonical URI. */
  readonly name: string;
  /** `declaration`: it is there because of this. Tags are declared wherever a node or group gets them. */
  readonly role: 'declaration' | 'reference';
  /** File that it stands in, as the client calls it. */
  readonly uri: string;
  /** Of the name alone. */
  readonly range: Range;
  /** Entry of the file that it stands in. */
  readonly path: Path;
  /** Set where the text stands for several names, as `web[01-20]` or `web*`; `name` is that text then. */
  readonly pattern?: Pattern | undefined;
  /** Canonical URI of the file in which alone the name means this; without it, it means the same everywhere. */
  readonly scope?: string | undefined;
  /** What a name has to be written in there: bare YAML text, a selection, or an expression. */
  readonly within: 'text' | 'selection' | 'expression';
};

/** What the workspace has to know about a file. */
export type Facts = {
  readonly uri: string;
  readonly languageId: string;
  /** In the order of the file. */
  readonly occurrences: readonly Occurrence[];
};
