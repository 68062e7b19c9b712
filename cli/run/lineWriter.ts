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
  const start = Buffer.from(prefix);
  /** The beginning of a line whose end has not come. */
  let rest: Uint8Array = new Uint8Array();
  const put = (lines: Uint8Array): void => {
    for (let from = 0; from <= lines.length;) {
      const until = endOfBlock(lines, from);
      const block = lines.subarray(from, until);
      write(prefixed(block, start) ?? escaped(block, prefix));
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

/** The lines behind their prefix, or undefined where a byte is not plain ASCII: that may act, or be part of a character. */
function prefixed(lines: Uint8Array, prefix: Uint8Array): Uint8Array | undefined {
  const lineFeeds = countLineFeeds(lines);
  if (lineFeeds === undefined) return undefined;
  const made = Buffer.allocUnsafe(lines.length + (lineFeeds + 1) * prefix.length + 1);
  let at = 0;
  // Twice as fast as to set it: V8 then knows that `at` stays a small integer.
  for (let each = 0; each < prefix.length; each++) made[at++] = prefix[each] ?? 0;
  for (let from = 0; from < lines.length; from++) {
    const byte = lines[from] ?? 0;
    made[at++] = byte;
    if (byte === lineFeed) for (let each = 0; each < prefix.length; each++) made[at++] = prefix[each] ?? 0;
  }
  made[at] = lineFeed;
  return made;
}

/** Undefined where a byte is not plain. Looks at four bytes at a time: in most fours, none is a control character. */
function countLineFeeds(bytes: Uint8Array): number | undefined {
  const aligned = Math.min(bytes.length, (4 - (bytes.byteOffset % 4)) % 4);
  const whole = bytes.subarray(aligned, aligned + 4 * ((bytes.length - aligned) >> 2));
  const words = whole.length > 0 ? new Uint32Array(whole.buffer, whole.byteOffset, whole.length / 4) : [];
  let count = 0;
  for (let at = 0; at < words.length; at++) {
    const from = aligned + at * 4;
    if (!hasControl(words[at] ?? 0)) continue;
    const found = lineFeedsIn(bytes, from, from + 4);
    if (found === undefined) return undefined;
    count += found;
  }
  const before = lineFeedsIn(bytes, 0, aligned);
  const after = lineFeedsIn(bytes, aligned + whole.length, bytes.length);
  return before === undefined || after === undefined ? undefined : before + count + after;
}

function lineFeedsIn(bytes: Uint8Array, from: number, until: number): number | undefined {
  let count = 0;
  for (let at = from; at < until; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === lineFeed) count++;
    else if ((byte < firstPlain && byte !== tab) || byte > lastPlain) return undefined;
  }
  return count;
}

/** Whether one of four bytes may be below 0x20 or above 0x7e; is never wrong where there is one. */
function hasControl(word: number): boolean {
  return ((word | ((word - 0x20202020) & ~word) | (word + 0x01010101)) & 0x80808080) !== 0;
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
