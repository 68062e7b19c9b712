/** UTF-16 units in front of a place that are looked at; a longer list in brackets is hardly written by hand. */
const farthest = 4000;

const closers: ReadonlyMap<string, string> = new Map([
  ['[', ']'],
  ['{', '}'],
]);

/** Where the innermost bracket is that is open at a place; undefined where that is not one that `closer` closes. */
export function openBracket(text: string, at: number, closer: string): number | undefined {
  const from = text.lastIndexOf('\n', Math.max(0, at - farthest)) + 1;
  const open: { readonly place: number; readonly closer: string }[] = [];
  // What is in quotes, in templates and behind `#` is no bracket.
  const pieces = /"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|\{\{.*?\}\}|(?:^|\s)#[^\n]*|(?<=^|[\s[{,:-])[[{]|[\]}]/gm;
  for (const { 0: piece, index } of text.slice(from, at).matchAll(pieces)) {
    const closing = closers.get(piece);
    if (closing !== undefined) open.push({ place: from + index, closer: closing });
    else if (piece === open.at(-1)?.closer) open.pop();
  }
  const last = open.at(-1);
  return last?.closer === closer ? last.place : undefined;
}
