import type { Shape } from '../schema/shape.ts';
import type { Problem } from '../util/problem.ts';
import { build } from './build.ts';
import { compose } from './compose.ts';
import type { Lines } from './lines.ts';
import type { Pieces, Places } from './places.ts';
import type { Span } from './scalar.ts';

/** A text as plain data, and where its entries stand. */
export type Tree = {
  /** Undefined where there is nothing. */
  readonly data: unknown;
  readonly places: Places;
  readonly pieces: Pieces;
  /** First line with content: where a problem of the whole document is shown. */
  readonly span: Span;
  /** Mistakes of form: those that the YAML library finds, and those of values that can not be read. */
  readonly problems: { readonly yaml: readonly Problem[]; readonly walk: readonly Problem[] };
  /** Nothing of it could be read. */
  readonly isRefused: boolean;
};

/** Reads a text along the shapes that its schema allows. */
export type ReadData = (text: string, lines: Lines, shapes: readonly Shape[]) => Tree;

const noPieces: Pieces = new Map();

export const readData: ReadData = (text, lines, shapes) => {
  const { contents, span, problems } = compose(text, lines);
  const { data, places, problems: walk } = build(contents, shapes, { text, lines });
  const isRefused = contents === null && problems.length > 0;
  return { data, places, pieces: noPieces, span, problems: { yaml: problems, walk }, isRefused };
};
