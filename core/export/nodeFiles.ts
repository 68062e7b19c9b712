import { csvRow } from './csv.ts';
import { createFileNames } from './fileNames.ts';
import { type Batch, wantedOf } from './input.ts';
import { executionHead } from './result.ts';
import { executionName } from '../run/executionName.ts';

export type NodeFile = { readonly name: string; readonly bytes: AsyncIterable<Uint8Array> };

/** Lists the files, and says how each node ended. */
const indexName = 'index.csv';

/** A file for each execution with the exact bytes that it said, as they came, and a table of them all. */
export function* nodeFiles(batch: Batch): Generator<NodeFile> {
  const nameOf = createFileNames('.txt');
  const rows = [csvRow(['file', 'node', 'outcome', 'exitCode', 'message', 'stdoutBytes', 'stderrBytes'])];
  for (const execution of wantedOf(batch)) {
    const name = nameOf(executionName(execution));
    const { outcome, exitCode, message } = executionHead(execution);
    const { node, stdoutBytes, stderrBytes } = execution;
    rows.push(csvRow([name, node, outcome, exitCode, message, stdoutBytes, stderrBytes]));
    yield { name, bytes: outputBytes(batch, execution) };
  }
  yield { name: indexName, bytes: once(new TextEncoder().encode(rows.join(''))) };
}

async function* outputBytes(
  { readOutput }: Batch,
  execution: Parameters<Batch['readOutput']>[0],
): AsyncGenerator<Uint8Array> {
  for await (const { bytes } of readOutput(execution)) yield bytes;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
