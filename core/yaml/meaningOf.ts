import { Lexer, parseDocument } from 'yaml';

/** Deeper or larger than this, nobody formats by an editor; the YAML library is recursive. */
const largest = 2 * 1024 * 1024;
const deepest = 100;

/** What a text says, comments included, as one comparable text; undefined where it does not parse. */
export function meaningOf(text: string): string | undefined {
  if (text.length > largest || isDeep(text)) return undefined;
  const document = parseDocument(text, { uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  if (document.errors.length > 0) return undefined;
  const comments = [...new Lexer().lex(text)].filter((lexeme) => lexeme.startsWith('#'));
  try {
    return JSON.stringify([document.toJS({ maxAliasCount: 1000 }), comments.map((each) => each.trimEnd())]);
  } catch {
    // An alias bomb.
    return undefined;
  }
}

function isDeep(text: string): boolean {
  let flow = 0;
  for (const line of text.split('\n')) {
    const indent = /^[ \t-]*/.exec(line)?.[0].length ?? 0;
    flow += (line.match(/[[{]/g)?.length ?? 0) - (line.match(/[\]}]/g)?.length ?? 0);
    if (indent > deepest * 2 || flow > deepest) return true;
  }
  return false;
}
