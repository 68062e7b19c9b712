/** Kinds of tokens, in the order of their numbers; the standard names, so that every theme has colours for them. */
export const tokenTypes = [
  'keyword',
  'class',
  'type',
  'decorator',
  'operator',
  'variable',
  'parameter',
  'property',
  'function',
  'method',
  'number',
  'string',
  'regexp',
] as const;
export type TokenType = (typeof tokenTypes)[number];

/** A piece of text with its kind; offsets are UTF-16 units of the document. */
export type Token = { readonly start: number; readonly end: number; readonly type: TokenType };
