import type { TextPlace } from '../util/problem.ts';

/** An entry at the margin of a text; with `inner`, the entries or list items below its key, which has nothing else. */
export type Piece = TextPlace & { readonly inner?: readonly TextPlace[] };

/** Fewer entries below a key than this are read as one. */
const fewest = 8;

/** A key at the margin that is read the same whatever stands around it: plain words, or quoted on one line. */
const key = /^(?:[A-Za-z_][\w./-]*(?: [\w./-]+)*|"[^"\\\n]*"|'[^'\n]*'):(?:\s|$)/;

/** What may stand above the first key: space, comments, and where the document begins. */
const above = /^(?: *(?:#.*)?\r?\n)*(?:---[ \t]*(?:#.*)?\r?\n(?: *(?:#.*)?\r?\n)*)?$/;

/**
 * Cuts a text before every key at the margin, and what stands below such a key before every entry of it. Undefined where
 * there is anything else at the margin but items and brackets, which belong to the key above them: second documents, tags,
 * text, conflicts.
 */
export function piecesOf(text: string): readonly Piece[] | undefined {
  // Lines begin there for regular expressions, and not for YAML.
  if (/\r(?!\n)|[\u2028\u2029]/.test(text)) return undefined;
  const starts: number[] = [];
  let isBegun = false;
  for (const match of text.matchAll(/^(?![ \t\r\n#\]}]|-(?:[ \r\n]|$)).*/gm)) {
    if (match[0] === '' && match.index === text.length) continue;
    const isBegin = !isBegun && starts.length === 0 && /^---[ \t]*(?:#.*)?\r?$/.test(match[0]);
    if (!isBegin && !key.test(match[0])) return undefined;
    if (isBegin) isBegun = true;
    else starts.push(match.index);
  }
  const [first] = starts;
  if (first === undefined || !above.test(text.slice(0, first))) return undefined;
  return starts.map((start, at) => {
    const end = starts[at + 1] ?? text.length;
    return cut(text, { start, end });
  });
}

/** The key alone and what is below it, where that is long and every line of it is in its place. */
function cut(text: string, { start, end }: TextPlace): Piece {
  const whole = { start, end };
  const body = text.slice(start, end);
  const head = /^[^\s:]+:[ \t]*(?:#.*)?\r?\n(?:[ \t]*(?:#.*)?\r?\n)*/.exec(body)?.[0];
  if (head === undefined) return whole;
  const indent = /^ */.exec(body.slice(head.length))?.[0] ?? '';
  const entry = new RegExp(`^ {${indent.length}}(?=[^ \\t\\r\\n#])`, 'gm');
  entry.lastIndex = head.length;
  const starts: number[] = [];
  for (let match = entry.exec(body); match; match = entry.exec(body)) {
    starts.push(match.index);
    entry.lastIndex = match.index + indent.length + 1;
  }
  if (starts.length < fewest || starts[0] !== head.length) return whole;
  const inner = starts.map((at, index) => ({
    start: start + at,
    end: start + (starts[index + 1] ?? body.length),
  }));
  return { start, end: start + head.length, inner };
}
