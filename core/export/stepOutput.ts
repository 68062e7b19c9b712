import type { ExecutionState } from '../run/executionState.ts';
import { type OutputStream, outputStreams } from '../run/progress.ts';
import { bySteps, hasInner } from './bySteps.ts';
import { type OutputPiece, totalBytes } from './output.ts';
import { type StepResult, stepResults } from './steps.ts';

/** Bytes of each stream of a step in a result; all of it is in the streams of the execution. */
const mostOfStep = 65_536;
/** Bytes of an output up to which it is taken apart. */
const mostOfAll = 4_194_304;

/** The steps of an execution with what each said, where that can be told and is not too much. */
export async function stepsWithOutput(
  execution: ExecutionState,
  read: () => AsyncIterable<OutputPiece>,
): Promise<{ steps?: StepResult[] }> {
  const results = stepResults(execution);
  const { steps = [], leftOut = 0 } = execution;
  if (!results.steps || leftOut > 0 || totalBytes(execution) > mostOfAll) return results;
  const said = steps.map(() => createBeginnings());
  let current = 0;
  for await (const next of bySteps(execution, read())) {
    if (next.type === 'step') current = next.at;
    else said[current]?.add(next.piece);
  }
  return {
    steps: results.steps.map((result, at) => {
      const step = steps[at];
      return step && !hasInner(step, steps) ? { ...result, ...said[at]?.texts() } : result;
    }),
  };
}

/** The beginnings of both streams, as text; what is not UTF-8 becomes U+FFFD. */
function createBeginnings() {
  const texts: Record<OutputStream, string> = { stdout: '', stderr: '' };
  const left: Record<OutputStream, number> = { stdout: mostOfStep, stderr: mostOfStep };
  const decoders = {
    stdout: new TextDecoder('utf-8', { ignoreBOM: true }),
    stderr: new TextDecoder('utf-8', { ignoreBOM: true }),
  };
  let truncated = false;
  return {
    add({ stream, bytes }: OutputPiece): void {
      const part = bytes.subarray(0, left[stream]);
      truncated ||= part.length < bytes.length;
      left[stream] -= part.length;
      texts[stream] += decoders[stream].decode(part, { stream: true });
    },
    texts() {
      // A character that is cut in two ends before it.
      if (!truncated) for (const stream of outputStreams) texts[stream] += decoders[stream].decode();
      return { ...texts, ...(truncated && { truncated: true as const }) };
    },
  };
}
