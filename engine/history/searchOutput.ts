import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { frameHeadBytes, readFrameHead } from './frame.ts';
import { sharedSpool } from './spool.ts';

/** Where to look: the folder of a batch, and places in its plan; without them, everything. */
export type SearchPlace = { readonly folder: string; readonly places: ReadonlySet<number> | undefined };

/** Whether the output of a batch has a text. */
export type SearchOutput = (where: SearchPlace) => Promise<boolean>;

/** Bytes that are read at once. */
const pieceBytes = 262_144;
/** Milliseconds after which everything else gets its turn: files are read at once, which is far cheaper for many small ones. */
const turnMs = 8;

/**
 * Looks for a text, whatever its case, in stdout and in stderr of each execution, also across the pieces they came in.
 * One batch after the other: all share the memory that is read into.
 */
export function createOutputSearch(text: string): SearchOutput {
  const wanted = text.toLowerCase();
  const piece = Buffer.allocUnsafe(pieceBytes);
  let turnOver = performance.now() + turnMs;
  return async ({ folder, places }) => {
    const streams = createStreams(wanted);
    for (const name of outputFiles(folder)) {
      for (const found of readFile(join(folder, name), { piece, streams, places })) {
        if (found) return true;
        if (performance.now() < turnOver) continue;
        await turnOfTheLoop();
        turnOver = performance.now() + turnMs;
      }
    }
    return false;
  };
}

/** The files of a batch that have output: first the one in which each execution begins, then those where some go on. */
function outputFiles(folder: string): readonly string[] {
  try {
    const names = readdirSync(folder);
    const shared = names.filter((name) => name === sharedSpool);
    return [...shared, ...names.filter((name) => name.endsWith('.out'))];
  } catch {
    return [];
  }
}

type Reading = {
  readonly piece: Buffer;
  readonly streams: Streams;
  readonly places: ReadonlySet<number> | undefined;
};

/** Says after each piece of the file whether the text was in it. A damaged frame is the end. */
function* readFile(path: string, { piece, streams, places }: Reading): Generator<boolean> {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return;
  }
  const frame = { key: 0, left: 0, wanted: false };
  let kept = 0;
  try {
    for (;;) {
      const end = kept + readSync(file, piece, kept, piece.length - kept, null);
      if (end === kept) return;
      let at = 0;
      while (at < end) {
        if (frame.left === 0) {
          const head = readFrameHead(piece.subarray(at, end));
          if (!head) break;
          frame.key = head.execution * 2 + (head.stream === 'stdout' ? 0 : 1);
          frame.left = head.length;
          frame.wanted = places?.has(head.execution) ?? true;
          at += frameHeadBytes;
        }
        const next = Math.min(end, at + frame.left);
        if (frame.wanted && streams.has(frame.key, piece.subarray(at, next))) {
          yield true;
          return;
        }
        frame.left -= next - at;
        at = next;
      }
      kept = end - at;
      if (kept >= frameHeadBytes) return;
      piece.copyWithin(0, at, end);
      yield false;
    }
  } finally {
    closeSync(file);
  }
}

type Streams = { has(key: number, bytes: Buffer): boolean };

/** What the streams of a file said, each by itself: enough of its end is kept to find a text that goes on. */
function createStreams(wanted: string): Streams {
  const open = new Map<number, { readonly decoder: ReturnType<typeof newDecoder>; tail: string }>();
  return {
    has(key, bytes) {
      let stream = open.get(key);
      if (!stream) open.set(key, (stream = { decoder: newDecoder(), tail: '' }));
      const text = stream.tail + stream.decoder.decode(bytes, { stream: true }).toLowerCase();
      stream.tail = text.slice(Math.max(0, text.length - wanted.length + 1));
      return text.includes(wanted);
    },
  };
}

function newDecoder() {
  return new TextDecoder();
}
