import type { OutputStream } from '../progress.ts';
import type { Matcher } from './matcher.ts';

/** A line that matches. */
export type FoundLine = {
  readonly stream: OutputStream;
  /** From 1, both streams counted together in the order in which their lines begin. */
  readonly line: number;
  /** Where it begins, in bytes of both streams together. */
  readonly at: number;
  readonly text: string;
  readonly from: number;
  readonly length: number;
};

/** Looks through the output of one execution, in pieces of any size. */
export type LineFinder = {
  /** `at` is where the piece begins, in bytes of both streams together. */
  add(stream: OutputStream, bytes: Uint8Array, at: number): void;
  /** The last lines have no end of their own. */
  end(): void;
  /** Lines found since the last call. */
  take(): readonly FoundLine[];
  /** Where somebody who stops now goes on: before the first line that has not ended. */
  pending(at: number): { readonly offset: number; readonly lines: number };
};

type OpenLine = { text: string; readonly at: number; readonly line: number };

/** Longest line that is looked through as one, in UTF-16 units, and how much of it is given. */
const longest = 65_536;
const shown = { before: 80, all: 300 };
const lineFeed = 0x0a;
/** ECMA-48 control sequences (CSI). */
// oxlint-disable-next-line no-control-regex -- it is the escape character that is looked for
const sequences = /\u001b\[[0-?]*[ -/]*[@-~]/g;

/** `lines`: how many lines begin before what is added first. */
export function createLineFinder(match: Matcher, lines = 0): LineFinder {
  let begun = lines;
  let found: FoundLine[] = [];
  const open: Partial<Record<OutputStream, OpenLine>> = {};
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  const look = (stream: OutputStream, line: OpenLine): void => {
    const lineFound = foundIn(line, match);
    if (lineFound) found.push({ stream, ...lineFound });
  };
  const close = (stream: OutputStream): void => {
    const line = open[stream];
    delete open[stream];
    if (line) look(stream, line);
  };
  return {
    add(stream, bytes, at) {
      for (let from = 0; from < bytes.length;) {
        const end = bytes.indexOf(lineFeed, from);
        const line = (open[stream] ??= { text: '', at: at + from, line: ++begun });
        const piece = bytes.subarray(from, end < 0 ? bytes.length : end);
        line.text += decoders[stream].decode(piece, { stream: end < 0 });
        if (end < 0) {
          // Text without line breaks must not grow without limit: what has been looked through is forgotten.
          if (line.text.length > longest) {
            look(stream, line);
            open[stream] = { ...line, text: '' };
          }
          return;
        }
        close(stream);
        from = end + 1;
      }
    },
    end() {
      close('stdout');
      close('stderr');
    },
    take() {
      const taken = found;
      found = [];
      return taken;
    },
    pending(at) {
      const first = [open.stdout, open.stderr]
        .filter((line) => line !== undefined)
        .toSorted((a, b) => a.at - b.at)[0];
      return first ? { offset: first.at, lines: first.line - 1 } : { offset: at, lines: begun };
    },
  };
}

/** What is given of a line that matches: without colours, and not longer than can be shown. */
function foundIn({ text: raw, at, line }: OpenLine, match: Matcher): Omit<FoundLine, 'stream'> | undefined {
  const text = raw.includes('\u001b') ? raw.replace(sequences, '') : raw;
  const place = match(text.endsWith('\r') ? text.slice(0, -1) : text);
  if (!place) return undefined;
  const start = Math.max(0, place.from - shown.before);
  const part = text.slice(start, start + shown.all);
  const from = place.from - start;
  return { line, at, text: part, from, length: Math.min(place.length, part.length - from) };
}
