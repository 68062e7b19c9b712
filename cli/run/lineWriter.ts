import { escapeText } from '../terminal/escape.ts';

/** A line without an end is written in pieces of this many bytes. */
const longestLine = 65_536;
/** Bytes of whole lines that are looked at and written together. */
const blockBytes = 65_536;

const tab = 0x09;
const lineFeed = 0x0a;
const firstPlain = 0x20;
const lastPlain = 0x7e;

export type Write = (text: string | Uint8Array) => void;
export type LineWriter = { add(bytes: Uint8Array): void; end(): void };

/**
 * Writes output as harmless lines behind a prefix; a character or a line may be cut anywhere between two chunks.
 * There can be gigabytes of it, nearly all of it plain: that never becomes text.
 */
export function lineWriter(prefix: string, write: Write): LineWriter {
  const prefixed = prefixer(Buffer.from(prefix));
  /** The beginning of a line whose end has not come. */
  let rest: Uint8Array = new Uint8Array();
  const put = (lines: Uint8Array): void => {
    for (let from = 0; from <= lines.length;) {
      const until = endOfBlock(lines, from);
      const block = lines.subarray(from, until);
      write(prefixed(block) ?? escaped(block, prefix));
      from = until + 1;
    }
  };
  return {
    add(bytes) {
      const first = bytes.indexOf(lineFeed);
      if (first < 0) rest = Buffer.concat([rest, bytes]);
      else {
        put(Buffer.concat([rest, bytes.subarray(0, first)]));
        const last = bytes.lastIndexOf(lineFeed);
        if (last > first) put(bytes.subarray(first + 1, last));
        rest = Buffer.from(bytes.subarray(last + 1));
      }
      while (rest.length > longestLine) {
        const cut = startOfCharacter(rest, longestLine);
        put(rest.subarray(0, cut));
        rest = rest.subarray(cut);
      }
    },
    end() {
      if (rest.length > 0) put(rest);
      rest = new Uint8Array();
    },
  };
}

/** Where as many whole lines end as make a block, one at least. */
function endOfBlock(lines: Uint8Array, from: number): number {
  if (lines.length - from <= blockBytes) return lines.length;
  const before = lines.subarray(0, from + blockBytes).lastIndexOf(lineFeed);
  if (before > from) return before;
  const after = lines.indexOf(lineFeed, from);
  return after < 0 ? lines.length : after;
}

/**
 * Puts the prefix before each line; undefined where a byte is not plain ASCII: that may act, or be part of a character.
 * What it makes them in is kept: the next lines need as much.
 */
function prefixer(prefix: Uint8Array): (lines: Uint8Array) => Uint8Array | undefined {
  let room = new Uint8Array();
  return (lines) => {
    let from = 0;
    let at = 0;
    for (;;) {
      const needed = at + prefix.length + (lines.length - from) + 1;
      if (needed > room.length) room = longer(room, needed);
      for (let each = 0; each < prefix.length; each++) room[at++] = prefix[each] ?? 0;
      const plain = copyPlain({ lines, from }, room, at);
      from += plain;
      at += plain;
      room[at++] = lineFeed;
      if (from >= lines.length) return Buffer.from(room.subarray(0, at));
      if (lines[from++] !== lineFeed) return undefined;
    }
  };
}

function longer(bytes: Uint8Array, least: number): Uint8Array<ArrayBuffer> {
  const made = new Uint8Array(Math.ceil(1.5 * least));
  made.set(bytes);
  return made;
}

/** How many plain bytes there are; they are put into `made`. V8 makes the fastest code of a loop that does no more. */
function copyPlain(given: { lines: Uint8Array; from: number }, made: Uint8Array, at: number): number {
  const { lines, from } = given;
  let next = from;
  for (let to = at; next < lines.length; next++, to++) {
    const byte = lines[next] ?? 0;
    if ((byte < firstPlain && byte !== tab) || byte > lastPlain) break;
    made[to] = byte;
  }
  return next - from;
}

function escaped(lines: Uint8Array, prefix: string): string {
  const text = escapeText(withoutReturns(new TextDecoder('utf-8', { ignoreBOM: true }).decode(lines)));
  return `${prefix}${text.replaceAll('\n', `\n${prefix}`)}\n`;
}

function withoutReturns(lines: string): string {
  return lines.includes('\r') ? lines.replaceAll(/\r(?=\n|$)/g, '') : lines;
}

/** The last place at or before `at` that is not inside a character of UTF-8. */
function startOfCharacter(bytes: Uint8Array, at: number): number {
  for (let back = at; back > at - 4; back--) if (((bytes[back] ?? 0) & 0xc0) !== 0x80) return back;
  return at;
}
