import { correlationOf } from '../log/record.ts';
import type { LoadedPlaybook } from '../playbook/plannedStep.ts';
import type { Ended } from '../run/executionState.ts';
import type { Target } from '../run/plan.ts';
import { outputStreams } from '../run/progress.ts';
import { base64Of } from './base64.ts';
import {
  openOutput,
  type OutputPiece,
  type Part,
  partOf,
  rawBytes,
  type ReadOutput,
  textOf,
} from './output.ts';
import { connectionResult, executionHead } from './result.ts';
import { stepsNotReached } from './steps.ts';
import { stepsWithOutput } from './stepOutput.ts';

export type RecordDeps = {
  readonly target: Target | undefined;
  readonly readOutput: ReadOutput;
  /** What the files of a playbook said. */
  readonly loaded?: LoadedPlaybook | undefined;
  /** Bytes of each stream; Infinity for all of them. */
  readonly cap: number;
  /** Its batch, where what a person needs to find a bug is wanted too: the correlation id and the stack. */
  readonly debugOf?: string;
};

/**
 * One execution as the JSON object that is published, piece by piece: outputs may be larger than memory. Streams are text,
 * or base64 where their bytes are not UTF-8 (`stdoutBase64`).
 */
export async function* executionJson(
  execution: Ended,
  { target, readOutput, cap, debugOf, loaded }: RecordDeps,
): AsyncGenerator<string> {
  const debug = debugOf === undefined ? {} : debugFacts(execution, debugOf);
  const chunks = await openOutput(readOutput, execution);
  const steps = await stepsWithOutput(execution, chunks);
  yield JSON.stringify({
    ...executionHead(execution),
    ...steps,
    ...stepsNotReached(loaded, execution),
    ...debug,
  }).slice(0, -1);
  for (const stream of outputStreams) yield* streamJson(chunks, partOf(execution, stream, cap));
  const truncated =
    execution.stdoutBytes > cap || execution.stderrBytes > cap || (execution.leftOut ?? 0) > 0;
  yield `,${JSON.stringify({ truncated, connection: connectionResult(execution, target) }).slice(1)}`;
}

function debugFacts(
  { id, attempts, outcome }: Ended,
  batch: string,
): { correlation: string; stack?: string } {
  const stack = outcome.status === 'crashed' ? outcome.stack : undefined;
  return { correlation: correlationOf(batch, id, attempts), ...(stack !== undefined && { stack }) };
}

async function* streamJson(chunks: () => AsyncIterable<OutputPiece>, part: Part): AsyncGenerator<string> {
  const text = await textOf(chunks, part);
  if (text) {
    yield `,"${part.stream}":"`;
    for await (const piece of text) yield JSON.stringify(piece).slice(1, -1);
  } else {
    yield `,"${part.stream}Base64":"`;
    yield* base64Of(rawBytes(chunks(), part));
  }
  yield '"';
}
