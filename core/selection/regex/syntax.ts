/** A regular expression as a tree. Only what can be matched by an automaton has a place here. */
export type RegexNode =
  | { readonly type: 'character'; readonly source: string }
  | { readonly type: 'assertion'; readonly assertion: Assertion }
  | { readonly type: 'sequence'; readonly items: readonly RegexNode[] }
  | { readonly type: 'choice'; readonly items: readonly RegexNode[] }
  | { readonly type: 'repeat'; readonly item: RegexNode; readonly least: number; readonly most: number };

export type Assertion = 'start' | 'end' | 'boundary' | 'no-boundary';

/** Why an expression is refused, and what to write instead. */
export type RegexRefusal = { readonly message: string; readonly fix?: string };

type Cursor = { readonly source: string; at: number; refusal: RegexRefusal | undefined };

/** Groups inside groups, at most. */
const maxDepth = 50;

/** Reads an expression in the syntax of ECMAScript's `u` mode, without back-references and look-around. */
export function readRegex(source: string): { node: RegexNode } | { refusal: RegexRefusal } {
  const invalid = syntaxError(source);
  if (invalid) return { refusal: invalid };
  const cursor: Cursor = { source, at: 0, refusal: undefined };
  const node = readChoice(cursor, 0);
  return cursor.refusal ? { refusal: cursor.refusal } : { node };
}

function syntaxError(source: string): RegexRefusal | undefined {
  try {
    void new RegExp(source, 'u');
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split(': ').at(-1) ?? '') : '';
    return {
      message: `The regular expression is not valid: ${reason.toLowerCase()}.`,
      fix: 'Escape special characters with “\\”.',
    };
  }
}

function readChoice(cursor: Cursor, depth: number): RegexNode {
  if (depth > maxDepth) refuse(cursor, { message: `More than ${maxDepth} groups are open.` });
  const items: RegexNode[] = [];
  do {
    items.push(readSequence(cursor, depth));
  } while (takeChar(cursor, '|'));
  const [only] = items;
  return items.length === 1 && only ? only : { type: 'choice', items };
}

function readSequence(cursor: Cursor, depth: number): RegexNode {
  const items: RegexNode[] = [];
  while (
    !cursor.refusal &&
    cursor.at < cursor.source.length &&
    !/[|)]/.test(cursor.source[cursor.at] ?? '')
  ) {
    items.push(readQuantifier(cursor, readAtom(cursor, depth)));
  }
  return { type: 'sequence', items };
}

function readAtom(cursor: Cursor, depth: number): RegexNode {
  const assertion = takeMatch(cursor, /\^|\$|\\b|\\B/y);
  if (assertion !== undefined) return { type: 'assertion', assertion: assertionOf(assertion) };
  if (takeMatch(cursor, /\\[1-9]|\\k</y) !== undefined) {
    refuse(cursor, {
      message: 'Back-references are refused: they do not match in linear time.',
      fix: 'Write the text out.',
    });
  }
  if (takeMatch(cursor, /\(\?(?:<?[=!]|[a-z-]+:)/y) !== undefined) {
    refuse(cursor, {
      message: 'Look-around and flags in groups are refused.',
      fix: 'Use “&” and “!” between two expressions.',
    });
  }
  if (takeMatch(cursor, /\((?:\?:|\?<[^>]*>)?/y) !== undefined) {
    const node = readChoice(cursor, depth + 1);
    takeChar(cursor, ')');
    return node;
  }
  const source = takeMatch(cursor, characterSource()) ?? '';
  return { type: 'character', source };
}

/** A class, an escape, or one code point. */
function characterSource(): RegExp {
  return /\[(?:\\.|[^\\\]])*\]|\\[pPu]\{[^}]*\}|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\c[A-Za-z]|\\.|[^\\]/suy;
}

function readQuantifier(cursor: Cursor, item: RegexNode): RegexNode {
  const written = takeMatch(cursor, /(?:[*+?]|\{\d+(?:,\d*)?\})\??/y);
  if (written === undefined) return item;
  const [, low = '0', comma, high = ''] = /^\{(\d+)(,?)(\d*)/.exec(written) ?? [];
  if (written.startsWith('{')) {
    const most = comma ? (high === '' ? Infinity : Number(high)) : Number(low);
    return repeat(cursor, { type: 'repeat', item, least: Number(low), most });
  }
  const least = written.startsWith('+') ? 1 : 0;
  const most = written.startsWith('?') ? 1 : Infinity;
  return repeat(cursor, { type: 'repeat', item, least, most });
}

function repeat(cursor: Cursor, node: RegexNode & { type: 'repeat' }): RegexNode {
  if (node.most === Infinity && isAllRepeats(node.item)) {
    refuse(cursor, {
      message: 'A repeat inside a repeat is refused: it can match the same text in very many ways.',
      fix: 'Write one repeat: “a+” for “(a+)+”.',
    });
  }
  return node;
}

/** Whether nothing but endless repeats is needed to match, so that repeating it again adds nothing. */
function isAllRepeats(node: RegexNode): boolean {
  switch (node.type) {
    case 'character':
    case 'assertion':
      return false;
    case 'repeat':
      return node.most === Infinity || isAllRepeats(node.item);
    case 'choice':
      return node.items.some(isAllRepeats);
    case 'sequence':
      return (
        node.items.some(isAllRepeats) && node.items.every((item) => isAllRepeats(item) || isOptional(item))
      );
  }
}

function isOptional(node: RegexNode): boolean {
  switch (node.type) {
    case 'character':
      return false;
    case 'assertion':
      return true;
    case 'repeat':
      return node.least === 0 || isOptional(node.item);
    case 'choice':
      return node.items.some(isOptional);
    case 'sequence':
      return node.items.every(isOptional);
  }
}

function assertionOf(written: string): Assertion {
  if (written === '^') return 'start';
  if (written === '$') return 'end';
  return written === '\\b' ? 'boundary' : 'no-boundary';
}

function refuse(cursor: Cursor, refusal: RegexRefusal): void {
  cursor.refusal ??= refusal;
}

function takeChar(cursor: Cursor, char: string): boolean {
  if (cursor.refusal || cursor.source[cursor.at] !== char) return false;
  cursor.at += 1;
  return true;
}

function takeMatch(cursor: Cursor, sticky: RegExp): string | undefined {
  sticky.lastIndex = cursor.at;
  const match = sticky.exec(cursor.source)?.[0];
  if (match !== undefined) cursor.at += match.length;
  return match;
}
