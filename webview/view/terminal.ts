import Anser from 'anser';
import { visible } from '../../core/util/visible.ts';

/** A run of characters of one look. Colours are class names of the sixteen, or values of CSS for all others. */
export type Span = {
  readonly text: string;
  readonly classes: string;
  readonly color?: string;
  readonly background?: string;
};

/** Longest part of a line that is drawn, in characters; the rest is counted. */
export const longestShown = 4_000;

/**
 * The spans of one line of output as a terminal would leave it: `\r` returns to the start, backspace goes one back,
 * later characters overwrite. SGR colours act; every other escape, control or bidi character is shown as text.
 * `carry` holds the colours that the lines before left on.
 */
export function spansOf(raw: string, carry: string): readonly Span[] {
  const line = cut(settle(carry + raw));
  return new Anser()
    .ansiToJson(line, { json: true, use_classes: true, remove_empty: true })
    .map((piece) => spanOf(piece));
}

/** What the line says, without colours. */
export function plainText(raw: string): string {
  return settle(raw).replace(sgr, '');
}

/** The colours that are on after `raw`, as the sequences that switched them on. */
export function carryAfter(raw: string, carry: string): string {
  if (!raw.includes(escape)) return carry;
  let on = carry;
  for (const [sequence] of raw.matchAll(sgr)) on = isReset(sequence) ? '' : on + sequence;
  return on.length > 256 ? '' : on;
}

/** Applies `\r` and backspace to a raw line and makes all but SGR visible. Settling twice changes nothing. */
export function settle(raw: string): string {
  const body = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
  if (!overwrites.test(body)) return body.split(sgrSplit).map(shown).join('');
  return joinCells(cellsOf(body));
}

type Cell = { text: string; style: string };

function cellsOf(body: string): readonly Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  let style = '';
  for (const part of body.split(sgrSplit)) {
    if (isSgr(part)) {
      style = isReset(part) ? part : style + part;
      continue;
    }
    for (const character of part) {
      if (character === '\r') column = 0;
      else if (character === '\b') column = Math.max(0, column - 1);
      else cells[column++] = { text: visible(character), style };
    }
  }
  return cells;
}

function joinCells(cells: readonly Cell[]): string {
  let style = '';
  let line = '';
  for (const cell of cells) {
    if (cell.style !== style) line += `${escape}[0m${cell.style}`;
    style = cell.style;
    line += cell.text;
  }
  return line;
}

function cut(line: string): string {
  if (line.length <= longestShown) return line;
  const kept = line.slice(0, longestShown).replace(cutSequence, '');
  return `${kept}${escape}[0m … ${line.length - longestShown} more characters`;
}

/** On a background the text keeps the plain colour, and strong colours are toned down: that can be read in any theme. */
function spanOf(piece: Anser.AnserJsonEntry): Span {
  const color = piece.bg ? undefined : colorOf(piece.fg, piece.fg_truecolor);
  const background = colorOf(piece.bg, piece.bg_truecolor);
  const named = piece.bg ? (background ?? `${piece.bg}-bg`) : (color ?? piece.fg);
  const colored = color === undefined && background === undefined && named ? [named] : [];
  return {
    text: piece.content,
    classes: [...piece.decorations.map((each) => `ansi-${each}`), ...colored].join(' '),
    ...(color !== undefined && { color: `color-mix(in srgb, ${color} 75%, var(--vscode-foreground))` }),
    ...(background !== undefined && { background: `color-mix(in srgb, ${background} 40%, transparent)` }),
  };
}

function colorOf(name: string | null, trueColor: string): string | undefined {
  if (name === 'ansi-truecolor') return `rgb(${trueColor})`;
  const index = /^ansi-palette-(\d+)$/.exec(name ?? '')?.[1];
  return index === undefined ? undefined : paletteColor(Number(index));
}

/** Colours 16–255 of xterm: a 6 × 6 × 6 cube, then 24 greys. */
function paletteColor(index: number): string {
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return `rgb(${grey}, ${grey}, ${grey})`;
  }
  const levels = [0, 95, 135, 175, 215, 255];
  const at = index - 16;
  const level = (divisor: number): number => levels[Math.floor(at / divisor) % 6] ?? 0;
  return `rgb(${level(36)}, ${level(6)}, ${level(1)})`;
}

function shown(part: string): string {
  return isSgr(part) ? part : visible(part);
}

function isSgr(part: string): boolean {
  return part.startsWith(`${escape}[`) && part.endsWith('m') && /^[\d;]*$/.test(part.slice(2, -1));
}

function isReset(sequence: string): boolean {
  return /^0*$/.test(sequence.slice(2, -1));
}

const escape = '\u001b';
const sgr = new RegExp(`${escape}\\[[\\d;]*m`, 'g');
const sgrSplit = new RegExp(`(${escape}\\[[\\d;]{0,64}m)`);
const cutSequence = new RegExp(`${escape}\\[?[\\d;]*$`);
const overwrites = /[\r\b]/;
