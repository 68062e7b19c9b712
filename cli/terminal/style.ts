import type { Terminal } from './terminal.ts';

/** Looks of UI.md in a terminal: families carry meaning, so there are few. */
export type Look = 'bold' | 'muted' | 'green' | 'red' | 'yellow' | 'blue' | 'purple';

/** Parameters of SGR (ECMA-48): the look's beginning and its end. */
const codes: Record<Look, readonly [number, number]> = {
  bold: [1, 22],
  muted: [2, 22],
  green: [32, 39],
  red: [31, 39],
  yellow: [33, 39],
  blue: [34, 39],
  purple: [35, 39],
};

/** A piece of a line and how it looks. Text is already escaped. */
export type Span = { readonly text: string; readonly look?: Look };
export type Line = readonly Span[];

export function span(text: string, look?: Look): Span {
  return look ? { text, look } : { text };
}

/** A line as text, not wider than the terminal: a cut line ends in `…`. */
export function renderLine(line: Line, terminal: Terminal): string {
  return cutLine(line, terminal)
    .map((piece) => renderSpan(piece, terminal))
    .join('')
    .trimEnd();
}

/** A span as text, uncut. */
export function renderSpan({ text, look }: Span, terminal: Pick<Terminal, 'colour'>): string {
  if (!look || !terminal.colour || text === '') return text;
  const [begin, end] = codes[look];
  return `\u001b[${begin}m${text}\u001b[${end}m`;
}

/** The beginning of a line that the terminal shows without wrapping. */
export function cutLine(line: Line, terminal: Pick<Terminal, 'columns' | 'utf8'>): Line {
  const width = terminal.columns - 1;
  if (lineWidth(line) <= width) return line;
  const ellipsis = terminal.utf8 ? '…' : '...';
  const result: Span[] = [];
  let left = width - ellipsis.length;
  for (const piece of line) {
    const text = takeWidth(piece.text, left);
    result.push({ ...piece, text });
    left -= textWidth(text);
    if (text !== piece.text) break;
  }
  return [...result, { text: ellipsis }];
}

export function lineWidth(line: Line): number {
  return line.reduce((sum, piece) => sum + textWidth(piece.text), 0);
}

/** Cells that a text takes: wide East Asian characters and emoji take two (UAX 11), combining marks none. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += cellsOf(character);
  return width;
}

/** The longest beginning of a text that fits into `cells`. */
export function takeWidth(text: string, cells: number): string {
  let width = 0;
  let end = 0;
  for (const character of text) {
    width += cellsOf(character);
    if (width > cells) break;
    end += character.length;
  }
  return text.slice(0, end);
}

export function padText(text: string, cells: number): string {
  return text + ' '.repeat(Math.max(0, cells - textWidth(text)));
}

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/u;

function cellsOf(character: string): number {
  if (character >= ' ' && character <= '~') return 1;
  if (/\p{Mark}/u.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}
