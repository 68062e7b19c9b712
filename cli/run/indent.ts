import type { OutputChunk } from '../../core/protocol/output.ts';
import { escapeText } from '../terminal/escape.ts';
import { renderSpan, span } from '../terminal/style.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { bytesOf } from './output.ts';

/** A line without an end is written in pieces of this many characters. */
const longestLine = 65_536;

/** Turns output, as it arrived, into harmless lines under a node's name; stderr has an edge. */
export type Indenter = { add(chunk: OutputChunk): void; end(): void };

export function createIndenter(terminal: Terminal, write: (text: string) => void): Indenter {
  const edge = renderSpan(span(terminal.utf8 ? '│' : '|', 'yellow'), terminal);
  const stdout = lineWriter('  ', write);
  const stderr = lineWriter(`${edge} `, write);
  return {
    add: (chunk) => (chunk.stream === 'stdout' ? stdout : stderr).add(bytesOf(chunk)),
    end() {
      stdout.end();
      stderr.end();
    },
  };
}

/** Cuts bytes into lines; a character or a line may be cut anywhere between two of them. */
export function lineWriter(
  prefix: string,
  write: (text: string) => void,
): { add(bytes: Uint8Array): void; end(): void } {
  const decoder = new TextDecoder();
  let rest = '';
  const put = (lines: readonly string[]): void => {
    if (lines.length === 0) return;
    write(`${prefix}${escapeText(lines.join('\n')).replaceAll('\n', `\n${prefix}`)}\n`);
  };
  return {
    add(bytes) {
      const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      put(lines.map(withoutReturn));
      while (rest.length > longestLine) {
        put([rest.slice(0, longestLine)]);
        rest = rest.slice(longestLine);
      }
    },
    end() {
      rest += decoder.decode();
      if (rest !== '') put([withoutReturn(rest)]);
      rest = '';
    },
  };
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
