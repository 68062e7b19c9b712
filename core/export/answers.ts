import type { OutputStream } from '../run/progress.ts';
import type { Ended } from '../run/gather/reasons.ts';
import { createExcerpt, type Excerpt } from './excerpt.ts';
import { type Digest, type ExportInput, wantedOf } from './input.ts';
import { type OutputPiece, readText, totalBytes } from './output.ts';

/** Executions that ended alike and said the same, byte for byte. */
export type SameAnswer = {
  /** From 1, the most frequent first. */
  readonly number: number;
  readonly executions: readonly [Ended, ...Ended[]];
  /** Undefined where they said nothing. */
  readonly excerpt: Excerpt | undefined;
};

/** Characters of all answers together, and of each: a report has to stay something that can be opened. */
const ofAll = 16_777_216;
const ofEach = { most: 65_536, least: 2048 };

/** Equal answers together. Executions whose command was never heard of have none. */
export async function sameAnswers(input: ExportInput): Promise<readonly SameAnswer[]> {
  const executions = wantedOf(input).filter((each) => each.exitCode !== null || totalBytes(each) > 0);
  const most = Math.max(ofEach.least, Math.min(ofEach.most, Math.floor(ofAll / executions.length)));
  const groups = new Map<string, { executions: [Ended, ...Ended[]]; excerpt: Excerpt | undefined }>();
  for (const execution of executions) {
    const { key, excerpt } = await readAnswer(execution, input, most);
    const group = groups.get(key);
    if (group) group.executions.push(execution);
    else groups.set(key, { executions: [execution], excerpt });
  }
  return [...groups.values()]
    .sort((a, b) => b.executions.length - a.executions.length)
    .map((group, at) => ({ number: at + 1, ...group }));
}

async function readAnswer(
  execution: Ended,
  { readOutput, newDigest }: ExportInput,
  most: number,
): Promise<{ key: string; excerpt: Excerpt | undefined }> {
  const { status, exitCode, signal } = execution;
  const end = [status, exitCode, signal];
  if (totalBytes(execution) === 0) return { key: JSON.stringify(end), excerpt: undefined };
  const digests = { stdout: newDigest(), stderr: newDigest() };
  const excerpt = createExcerpt(most);
  for await (const piece of readText(digested(readOutput(execution), digests))) excerpt.add(piece);
  const key = JSON.stringify([...end, digests.stdout.end(), digests.stderr.end()]);
  return { key, excerpt: excerpt.end() };
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
