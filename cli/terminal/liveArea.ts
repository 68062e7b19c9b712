import { cutLine, type Line, lineWidth, renderLine } from './style.ts';
import type { Terminal } from './terminal.ts';

/** Lines at the bottom of a terminal that are redrawn in place, with other text scrolling up above them. */
export type LiveArea = {
  draw: (lines: readonly Line[]) => void;
  /** Writes text, which ends with a line feed, above the lines. */
  print: (text: string | Uint8Array) => void;
  /** Takes the lines away. */
  clear: () => void;
};

/** Moves and erases with ECMA-48: CUU and ED. */
export function createLiveArea(terminal: () => Terminal, write: LiveArea['print']): LiveArea {
  let drawn = '';
  /** Cells of each line as it was drawn: a terminal that got narrower has wrapped them. */
  let widths: readonly number[] = [];
  const erase = (): string => {
    const { wrap } = terminal();
    const rows = widths.reduce((sum, width) => sum + Math.max(1, Math.ceil(width / wrap)), 0);
    return rows === 0 ? '' : `\r\u001b[${rows}A\u001b[J`;
  };
  return {
    draw(lines) {
      const shape = terminal();
      const next = lines.map((line) => `${renderLine(line, shape)}\n`).join('');
      if (next === drawn) return;
      write(erase() + next);
      drawn = next;
      widths = lines.map((line) => lineWidth(cutLine(line, shape)));
    },
    print(text) {
      write(erase());
      write(text);
      write(drawn);
    },
    clear() {
      write(erase());
      drawn = '';
      widths = [];
    },
  };
}
