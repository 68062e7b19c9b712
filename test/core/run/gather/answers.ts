import type { Digest } from '../../../../core/util/digest.ts';
import { createHash } from 'node:crypto';
import { type Answer, createAnswerReader } from '../../../../core/run/gather/answer.ts';
import { createGathering, type Gathering } from '../../../../core/run/gather/gathering.ts';
import { type Mask, noMask } from '../../../../core/run/gather/masks.ts';
import type { Outcome } from '../../../../core/run/outcome.ts';

export type Said = { readonly stdout?: string; readonly stderr?: string; readonly exit?: number | null };

export function sha256(): Digest {
  const hash = createHash('sha256');
  return { update: (text) => void hash.update(text), end: () => hash.digest('hex') };
}

/** The answer of an execution that said this; `cut` gives the output in pieces. */
export function answerOf(
  said: Said,
  mask: Mask = noMask,
  cut: (text: string) => string[] = (text) => [text],
): Answer {
  const { stdout = '', stderr = '', exit = 0 } = said;
  const reader = createAnswerReader(mask, sha256);
  for (const piece of cut(stdout)) reader.add('stdout', piece);
  for (const piece of cut(stderr)) reader.add('stderr', piece);
  return reader.end({ outcome: outcomeOf(exit), exitCode: exit });
}

function outcomeOf(exit: number | null): Outcome {
  if (exit === null) return { status: 'unreachable', kind: 'refused', message: 'connection refused' };
  return exit === 0
    ? { status: 'ok' }
    : { status: 'failed', step: 'run', message: `exit ${exit}`, exitCode: exit };
}

/** The answers in the order of the plan, added in another order where one is given. */
export function gatheringOf(
  all: readonly Said[],
  order: readonly number[] = all.map((_, at) => at),
): Gathering {
  const gathering = createGathering();
  for (const at of order) gathering.add(`e${at + 1}`, at, answerOf(all[at] ?? {}));
  return gathering;
}
