/** What masks put in the place of what is a node's own: `‹node›`, `‹time›`. */
const mask = /‹([^‹›]{1,40})›/g;

/** A piece of a line; `masks` names what is a node's own and stands there for all of them. */
export type Piece = { readonly text: string } | { readonly masks: string };

/** A text in pieces, what was masked by itself. */
export function piecesOf(text: string): readonly Piece[] {
  return text
    .split(mask)
    .map((each, at) => (at % 2 === 0 ? { text: each } : { masks: each }))
    .filter((piece) => !('text' in piece) || piece.text !== '');
}
