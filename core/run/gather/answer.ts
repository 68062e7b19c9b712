import { type OutputStream, outputStreams } from '../progress.ts';
import type { ExecutionState } from '../executionState.ts';
import type { Digest } from '../../util/digest.ts';
import type { Mask } from './masks.ts';

/** One line of an answer, masked. */
export type AnswerLine = { readonly stream: OutputStream; readonly text: string };

/** What one execution said, and how it ended. */
export type Answer = {
  /** Equal for equal answers and for no others. */
  readonly key: string;
  /** How it ended: `exit 3`, `killed by SIGKILL`, `no answer`. */
  readonly end: string;
  /** Its first lines in the order in which they came; all of them count for `key`. */
  readonly lines: readonly AnswerLine[];
  /** How many lines there are. */
  readonly total: number;
};

/** Reads the output of one execution, in pieces of any size. */
export type AnswerReader = {
  add(stream: OutputStream, text: string): void;
  end(execution: Pick<ExecutionState, 'outcome' | 'exitCode'>): Answer;
};

/** How much of an answer is kept for showing and comparing: lines, and UTF-16 units. */
const mostLines = 400;
const mostText = 65_536;
/** Longest line that is taken as one: text without line breaks must not grow without limit. */
const longestLine = 65_536;

/** `newDigest`: answers come from nodes, and none may look like another's. */
export function createAnswerReader(mask: Mask, newDigest: () => Digest): AnswerReader {
  const lines: AnswerLine[] = [];
  let kept = 0;
  let total = 0;
  const streams = { stdout: streamOf(newDigest), stderr: streamOf(newDigest) };
  const take = (stream: OutputStream, line: string): void => {
    const text = mask(line);
    streams[stream].digest.update(`${text}\n`);
    streams[stream].lines++;
    total++;
    if (lines.length >= mostLines || kept + text.length > mostText) return;
    kept += text.length;
    lines.push({ stream, text });
  };
  return {
    add(stream, text) {
      const pieces = (streams[stream].rest + text).split('\n');
      const rest = pieces.pop() ?? '';
      for (const piece of pieces) take(stream, piece);
      streams[stream].rest = cutLong(rest, (piece) => take(stream, piece));
    },
    end(execution) {
      for (const stream of outputStreams) {
        const { rest } = streams[stream];
        if (rest !== '') take(stream, rest);
      }
      const end = endOf(execution);
      const { stdout, stderr } = streams;
      const key = [end, stdout.lines, stdout.digest.end(), stderr.lines, stderr.digest.end()].join(' ');
      return { key, end, lines, total };
    },
  };
}

type Stream = { rest: string; lines: number; readonly digest: Digest };

function streamOf(newDigest: () => Digest): Stream {
  return { rest: '', lines: 0, digest: newDigest() };
}

/** Gives away what is too long for one line, and returns the rest. */
function cutLong(text: string, take: (piece: string) => void): string {
  let rest = text;
  for (; rest.length > longestLine; rest = rest.slice(longestLine)) take(rest.slice(0, longestLine));
  return rest;
}

/** How an execution answered. What is not an answer of the node has no exit code. */
function endOf({ outcome, exitCode }: Pick<ExecutionState, 'outcome' | 'exitCode'>): string {
  if (outcome?.status === 'signalled') return `killed by ${outcome.signal}`;
  if (outcome?.status === 'timed-out') return 'timed out';
  if (outcome?.status === 'lost') return 'lost';
  if (outcome?.status === 'cancelled' && exitCode === null) return 'cancelled';
  if (outcome?.status === 'skipped') return 'skipped';
  if (exitCode !== null) return `exit ${exitCode}`;
  // Steps and files have no exit code of their own.
  return outcome?.status === 'ok' || outcome?.status === 'failed' ? outcome.status : noAnswer;
}

const noAnswer = 'no answer';

/** Whether an answer's end says that all went well. */
export function isWell(end: string): boolean {
  return end === 'exit 0' || end === 'ok';
}
