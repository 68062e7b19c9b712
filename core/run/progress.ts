import type { Clock } from '../util/clock.ts';
import type { Disposable } from '../util/emitter.ts';

export const outputStreams = ['stdout', 'stderr'] as const;
export type OutputStream = (typeof outputStreams)[number];

/** Bytes of each stream so far, and the last line that says something. */
export type Counters = { stdoutBytes: number; stderrBytes: number; lastLine: string };

/** `midLine`: what came last is a line without an end. */
export type ProgressReport = Counters & { midLine?: true };

export type Progress = {
  add(stream: OutputStream, chunk: Uint8Array): void;
  counters(): Counters;
  /** Last line that came after `before`: of stderr, else of stdout; empty where none says anything. */
  lastLineSince(before: Pick<Counters, 'stdoutBytes' | 'stderrBytes'>): string;
  /** No report comes after this. */
  dispose(): void;
};

const tailBytes = 1024;
const lastLineLength = 200;
const lineFeed = 0x0a;

/**
 * Counts the output of one execution and reports, at first four times a second, later once in two seconds:
 * the reports are logged, so a chatty hour must not write a chatty log.
 */
export function trackProgress(clock: Clock, report: (progress: ProgressReport) => void): Progress {
  const bytes = { stdout: 0, stderr: 0 };
  const tails = { stdout: new Uint8Array(), stderr: new Uint8Array() };
  const startedAt = clock.now();
  let latest: OutputStream = 'stdout';
  let timer: Disposable | undefined;
  let disposed = false;
  const counters = (): Counters => ({
    stdoutBytes: bytes.stdout,
    stderrBytes: bytes.stderr,
    lastLine: lastLineOf(tails[latest]) || lastLineOf(tails[latest === 'stdout' ? 'stderr' : 'stdout']),
  });
  return {
    add(stream, chunk) {
      bytes[stream] += chunk.length;
      tails[stream] = appendTail(tails[stream], chunk);
      latest = stream;
      if (disposed || timer) return;
      const interval = Math.min(2000, 250 + (clock.now() - startedAt) / 20);
      timer = clock.after(interval, () => {
        timer = undefined;
        report({ ...counters(), ...(tails[latest].at(-1) !== lineFeed && { midLine: true }) });
      });
    },
    counters,
    lastLineSince: ({ stdoutBytes, stderrBytes }) =>
      lastLineOf(endOf(tails.stderr, bytes.stderr - stderrBytes)) ||
      lastLineOf(endOf(tails.stdout, bytes.stdout - stdoutBytes)),
    dispose() {
      disposed = true;
      timer?.dispose();
    },
  };
}

function endOf(tail: Uint8Array, length: number): Uint8Array {
  return tail.subarray(Math.max(0, tail.length - length));
}

function appendTail(tail: Uint8Array<ArrayBuffer>, chunk: Uint8Array): Uint8Array<ArrayBuffer> {
  if (chunk.length >= tailBytes) return chunk.slice(chunk.length - tailBytes);
  const kept = tail.subarray(Math.max(0, tail.length + chunk.length - tailBytes));
  const joined = new Uint8Array(kept.length + chunk.length);
  joined.set(kept);
  joined.set(chunk, kept.length);
  return joined;
}

/** ECMA-48 control sequences (CSI), operating system commands (OSC) and two-character escapes. */
// oxlint-disable-next-line no-control-regex -- control characters are what this looks for
const escapes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;
/** C0 and C1 controls, and the characters that reorder text (Unicode UAX 9). */
// oxlint-disable-next-line no-control-regex -- see above
const controls = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The last non-empty line of UTF-8 text, without control characters, at most 200 characters. */
export function lastLineOf(bytes: Uint8Array): string {
  if (bytes.length === 0) return '';
  const lines = new TextDecoder()
    .decode(bytes)
    .replace(escapes, '')
    .split(/[\r\n]+/);
  for (let at = lines.length - 1; at >= 0; at--) {
    const line = (lines[at] ?? '').replace(controls, '').trim();
    if (line) return line.slice(0, lastLineLength);
  }
  return '';
}
