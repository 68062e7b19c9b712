/** Colours and weights of ECMA-48 (SGR): the only sequences that are dropped without a trace. */
// oxlint-disable-next-line no-control-regex -- control characters are what this file is about
const colours = /\u001b\[[0-9;:]*m/g;

/**
 * Characters that a terminal acts on, that reorder text, or that nobody can see: C0, DEL and C1 (ECMA-48),
 * bidirectional controls (UAX 9), zero-width and other format characters, tags, line separators, and halves of
 * surrogate pairs. Tab and line feed are left to the caller.
 */
const unsafe =
  // oxlint-disable-next-line no-control-regex, no-misleading-character-class -- as above
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e0fff}\p{Surrogate}]/gu;

/** Text of a node, an inventory or a workspace made harmless for a terminal. Tabs and line feeds stay. */
export function escapeText(text: string): string {
  return text.replace(colours, '').replaceAll('\r\n', '\n').replace(unsafe, visible);
}

/** As escapeText, in one line: line feeds and tabs become visible as well. */
export function escapeLine(text: string): string {
  return escapeText(text).replace(/[\t\n]/g, visible);
}

function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x24_00 + code);
  if (code === 0x7f) return '\u2421';
  if (code > 0xff_ff) return `\\u{${code.toString(16)}}`;
  return `\\u${code.toString(16).padStart(4, '0')}`;
}
