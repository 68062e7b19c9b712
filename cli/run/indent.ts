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
    add: (chunk) =>
      (chunk.stream === 'stdout' ? stdout : stderr).add(
        chunk.base64 === undefined ? chunk.text : bytesOf(chunk),
      ),
    end() {
      stdout.end();
      stderr.end();
    },
  };
}

/** Cuts output into lines; a character or a line may be cut anywhere between two chunks. */
export function lineWriter(
  prefix: string,
  write: (text: string) => void,
): { add(chunk: Uint8Array | string): void; end(): void } {
  const decoder = new TextDecoder();
  let rest = '';
  // Whole text ends what bytes before it have begun.
  const textOf = (chunk: Uint8Array | string): string =>
    typeof chunk === 'string' ? decoder.decode() + chunk : decoder.decode(chunk, { stream: true });
  const put = (lines: string): void => {
    write(`${prefix}${escapeText(withoutReturns(lines)).replaceAll('\n', `\n${prefix}`)}\n`);
  };
  return {
    add(chunk) {
      const text = rest + textOf(chunk);
      const end = text.lastIndexOf('\n');
      rest = text.slice(end + 1);
      if (end >= 0) put(text.slice(0, end));
      while (rest.length > longestLine) {
        put(rest.slice(0, longestLine));
        rest = rest.slice(longestLine);
      }
    },
    end() {
      rest += decoder.decode();
      if (rest !== '') put(rest);
      rest = '';
    },
  };
}

function withoutReturns(lines: string): string {
  return lines.includes('\r') ? lines.replaceAll(/\r(?=\n|$)/g, '') : lines;
}
