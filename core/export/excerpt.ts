import { formatBytes } from '../run/format.ts';
import type { OutputStream } from '../run/progress.ts';
import { escapeText } from '../util/escape.ts';

/** A run of one stream. */
export type Piece = { readonly stream: OutputStream; readonly text: string };

/** The beginning and the end of an output, both streams as they came. */
export type Excerpt = {
  readonly head: readonly Piece[];
  readonly tail: readonly Piece[];
  /** Characters between the two. */
  readonly leftOut: number;
};

/** Keeps at most `most` characters, half of them from the beginning. */
export function createExcerpt(most: number): { add(chunk: Piece): void; end(): Excerpt } {
  const half = Math.floor(most / 2);
  const head = createPieces();
  const tail = createPieces();
  let leftOut = 0;
  return {
    add({ stream, text }) {
      const room = wholeCharacters(text, Math.max(0, half - head.size()));
      head.add(stream, text.slice(0, room));
      tail.add(stream, text.slice(room));
      // Cutting costs a copy, so it waits until there is enough to cut.
      if (tail.size() > 4 * half) leftOut += tail.keepLast(2 * half);
    },
    end() {
      leftOut += tail.keepLast(half);
      return { head: head.all().map(copied), tail: tail.all().map(copied), leftOut };
    },
  };
}

/** Text that nothing acts in, for a report. */
export function harmless({ text }: Piece): string {
  return escapeText(text);
}

/** Stands for what is left out of an excerpt. */
export function gapText({ leftOut }: Excerpt): string {
  return `${formatBytes(leftOut)} left out here; all of it is in the history and in exports as JSON`;
}

/** A part of a string keeps all of it in memory, and there are many excerpts of large outputs. */
function copied({ stream, text }: Piece): Piece {
  return {
    stream,
    text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(text)),
  };
}

function createPieces() {
  let pieces: { stream: OutputStream; text: string }[] = [];
  let size = 0;
  return {
    size: () => size,
    all: (): readonly Piece[] => pieces,
    add(stream: OutputStream, text: string): void {
      if (text === '') return;
      size += text.length;
      const last = pieces.at(-1);
      if (last?.stream === stream) last.text += text;
      else pieces.push({ stream, text });
    },
    /** Gives how many characters went away. */
    keepLast(most: number): number {
      let surplus = Math.max(0, size - most);
      const before = surplus;
      size -= surplus;
      let gone = 0;
      for (const piece of pieces) {
        if (surplus < piece.text.length) break;
        surplus -= piece.text.length;
        gone++;
      }
      pieces = pieces.slice(gone);
      const [first] = pieces;
      if (first) first.text = first.text.slice(wholeCharacters(first.text, surplus));
      return before;
    },
  };
}

/** So many UTF-16 units, or one more where a character would be cut. */
function wholeCharacters(text: string, units: number): number {
  const before = text.charCodeAt(units - 1);
  return units > 0 && before >= 0xd800 && before < 0xdc00 ? units + 1 : units;
}
