/** Where something is written, in UTF-16 units. */
export type Span = { readonly start: number; readonly end: number };

/** What a JSON text has, and where its outermost keys are; or why it is none, and where. */
export type ReadJson =
  | { readonly ok: true; readonly value: unknown; readonly keys: ReadonlyMap<string, Span> }
  | { readonly ok: false; readonly message: string; readonly at: Span };

/** Reads JSON (RFC 8259) as `JSON.parse` does, but says where things are. Never throws. */
export function readJson(text: string): ReadJson {
  const keys = new Map<string, Span>();
  try {
    const found = find(text, keys);
    if (found) return { ok: false, ...found };
    return { ok: true, value: JSON.parse(text), keys };
  } catch (error) {
    // Deeper than a stack can go; `find` has seen everything else.
    return { ok: false, message: String(error), at: { start: 0, end: 0 } };
  }
}

const openText =
  'The text that begins here does not end, or has a \\ or a line break that JSON does not know.';

type Mistake = { readonly message: string; readonly at: Span };

const blank = /[ \t\n\r]*/y;
/** One token: a mark, a string, a number or word, or whatever else runs until the next of these. */
// oxlint-disable-next-line no-control-regex -- JSON has no control characters in its texts
const token = /[{}[\]:,]|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|[^\s{}[\]:,"]+|"/y;
const plain = /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)$/;

/** The first mistake; notes the outermost keys on the way. */
function find(text: string, keys: Map<string, Span>): Mistake | undefined {
  let at = 0;
  let span: Span = { start: 0, end: 0 };
  const next = (): string => {
    blank.lastIndex = at;
    at += blank.exec(text)?.[0].length ?? 0;
    token.lastIndex = at;
    const found = token.exec(text)?.[0] ?? '';
    span = { start: at, end: at + found.length };
    at = span.end;
    return found;
  };
  const wrong = (wanted: string): Mistake => ({
    message: span.start >= text.length ? `${wanted} is missing at the end.` : `${wanted} is missing here.`,
    at: span,
  });
  const isString = (word: string): boolean => word.length > 1 && word.startsWith('"');
  const value = (word: string, depth: number): Mistake | undefined => {
    if (word === '{') return members(depth);
    if (word === '[') return items(depth);
    if (word === '"') return { message: openText, at: span };
    return isString(word) || plain.test(word) ? undefined : wrong('A value');
  };
  const items = (depth: number): Mistake | undefined => {
    for (let word = next(), isFirst = true; ; word = next(), isFirst = false) {
      if (word === ']' && isFirst) return undefined;
      const mistake = value(word, depth + 1);
      if (mistake) return mistake;
      const mark = next();
      if (mark === ']') return undefined;
      if (mark !== ',') return wrong('A comma or ]');
    }
  };
  const members = (depth: number): Mistake | undefined => {
    for (let word = next(), isFirst = true; ; word = next(), isFirst = false) {
      if (word === '}' && isFirst) return undefined;
      if (!isString(word)) return wrong('A name in double quotes');
      const name = String(JSON.parse(word));
      if (depth === 0 && keys.has(name)) return { message: `${word} is here twice.`, at: span };
      if (depth === 0) keys.set(name, span);
      if (next() !== ':') return wrong('A colon');
      const mistake = value(next(), depth + 1);
      if (mistake) return mistake;
      const mark = next();
      if (mark === '}') return undefined;
      if (mark !== ',') return wrong('A comma or }');
    }
  };
  return value(next(), 0) ?? (next() === '' && span.start >= text.length ? undefined : wrong('The end'));
}
