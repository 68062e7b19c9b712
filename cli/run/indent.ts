import type { OutputPiece } from '../../core/export/output.ts';
import { renderSpan, span } from '../terminal/style.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { lineWriter, type Write } from './lineWriter.ts';

/** Turns output, as it arrived, into harmless lines under a node's name; stderr has an edge. */
export type Indenter = { add(piece: OutputPiece): void; end(): void };

export function createIndenter(terminal: Terminal, write: Write, cells = 0): Indenter {
  const lead = ' '.repeat(cells);
  const edge = renderSpan(span(terminal.utf8 ? '│' : '|', 'yellow'), terminal);
  const stdout = lineWriter(`${lead}  `, write);
  const stderr = lineWriter(`${lead}${edge} `, write);
  return {
    add: ({ stream, bytes }) => (stream === 'stdout' ? stdout : stderr).add(bytes),
    end() {
      stdout.end();
      stderr.end();
    },
  };
}
