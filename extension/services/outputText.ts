import { stripVTControlCharacters } from 'node:util';
import type { EngineClient } from '../../core/protocol/client.ts';
import { formatBytes } from '../../core/run/format.ts';
import { type ByteRange, stepRange } from '../../core/run/gather/stepAnswer.ts';
import type { BatchState } from '../../core/run/state.ts';

/** The output of an execution, or what it has of a step. */
export type WantedOutput = {
  readonly batch: string;
  readonly execution: string;
  readonly step?: string | undefined;
};

type Asked = Pick<EngineClient, 'output'>;

const pageBytes = 1_048_576;
const bytesAtMost = 50 * 1_048_576;

/**
 * The text of an output as it arrived, escape sequences removed. All of it stands for a step whose place in it is not
 * known, as some output was left out.
 */
export async function outputText(
  client: Asked,
  { batch, execution, step }: WantedOutput,
  state: BatchState | undefined,
): Promise<string> {
  const known = step === undefined ? undefined : state?.executions.find(({ id }) => id === execution);
  const range = known && step !== undefined ? stepRange(known, step) : undefined;
  const text = await read(client, { batch, execution }, range ?? { from: 0 });
  return stripVTControlCharacters(text) || (range ? 'No output of this step.' : 'No output.');
}

async function read(
  client: Asked,
  which: { readonly batch: string; readonly execution: string },
  { from: first, until = Infinity }: ByteRange,
): Promise<string> {
  const parts: string[] = [];
  for (let from = first; from < until;) {
    const limit = Math.min(pageBytes, until - from);
    const answer = await client.output({ ...which, from, limit });
    if (!answer.ok) return answer.error.message;
    const { chunks, next, total } = answer.value;
    for (const chunk of chunks) parts.push(chunk.text);
    const end = Math.min(total, until);
    if (next - first >= bytesAtMost && end > next) {
      parts.push(`\n… ${formatBytes(end - next)} more on disk.`);
      break;
    }
    if (next >= total || next <= from) break;
    from = next;
  }
  return parts.join('');
}
