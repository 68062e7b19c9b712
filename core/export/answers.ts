import { createAnswerReader } from '../run/gather/answer.ts';
import { createMask, ownOf } from '../run/gather/masks.ts';
import type { OutputStream } from '../run/progress.ts';
import type { Ended } from '../run/executionState.ts';
import type { Digest } from '../util/digest.ts';
import { createExcerpt, type Excerpt } from './excerpt.ts';
import { type ExportInput, wantedOf } from './input.ts';
import { type OutputPiece, readText, totalBytes } from './output.ts';
import { executionName } from '../run/executionName.ts';

/** Executions that ended alike and gave the same answer. */
export type SameAnswer = {
  /** From 1, the most frequent first. */
  readonly number: number;
  readonly executions: readonly [Ended, ...Ended[]];
  /** What the first of them said; undefined where they said nothing. */
  readonly excerpt: Excerpt | undefined;
  /** Whether all of them said the same byte for byte, and not only but for names, times and the like. */
  readonly isExact: boolean;
};

/** Characters of all answers together, and of each: a report has to stay something that can be opened. */
const ofAll = 16_777_216;
const ofEach = { most: 65_536, least: 2048 };
/** Bytes up to which an answer is compared with masks: they cost far more than a comparison. */
const mostMasked = 262_144;

/** Says of what is shown for several nodes whose answers are not the same byte for byte. */
export function alikeText(ended: Ended): string {
  return `As ${executionName(ended)} said it. The others differ in names, addresses, times, pids and ids only.`;
}

type Group = {
  executions: [Ended, ...Ended[]];
  excerpt: Excerpt | undefined;
  exact: string;
  isExact: boolean;
};

/** Equal answers together. Executions whose command was never heard of have none. */
export async function sameAnswers(input: ExportInput): Promise<readonly SameAnswer[]> {
  const executions = wantedOf(input).filter((each) => each.exitCode !== null || totalBytes(each) > 0);
  const most = Math.max(ofEach.least, Math.min(ofEach.most, Math.floor(ofAll / executions.length)));
  const groups = new Map<string, Group>();
  for (const execution of executions) {
    const { key, exact, excerpt } = await readAnswer(execution, input, most);
    const group = groups.get(key);
    if (group) {
      group.executions.push(execution);
      group.isExact &&= group.exact === exact;
    } else groups.set(key, { executions: [execution], excerpt, exact, isExact: true });
  }
  return [...groups.values()]
    .sort((a, b) => b.executions.length - a.executions.length)
    .map(({ executions, excerpt, isExact }, at) => ({ number: at + 1, executions, excerpt, isExact }));
}

type Read = { readonly key: string; readonly exact: string; readonly excerpt: Excerpt | undefined };

async function readAnswer(
  execution: Ended,
  { readOutput, newDigest, masks }: ExportInput,
  most: number,
): Promise<Read> {
  const { status, exitCode, signal } = execution;
  const end = JSON.stringify([status, exitCode, signal]);
  if (totalBytes(execution) === 0) return { key: end, exact: end, excerpt: undefined };
  const digests = { stdout: newDigest(), stderr: newDigest() };
  const isMasked = masks && totalBytes(execution) <= mostMasked;
  const masked = isMasked ? createAnswerReader(createMask(ownOf(execution), masks), newDigest) : undefined;
  const excerpt = createExcerpt(most);
  for await (const piece of readText(digested(readOutput(execution), digests))) {
    excerpt.add(piece);
    masked?.add(piece.stream, piece.text);
  }
  const exact = `${end} ${digests.stdout.end()} ${digests.stderr.end()}`;
  return { key: masked ? `${end} ${masked.end(execution).key}` : exact, exact, excerpt: excerpt.end() };
}

async function* digested(
  pieces: AsyncIterable<OutputPiece>,
  digests: Readonly<Record<OutputStream, Digest>>,
): AsyncGenerator<OutputPiece> {
  for await (const piece of pieces) {
    digests[piece.stream].update(piece.bytes);
    yield piece;
  }
}
