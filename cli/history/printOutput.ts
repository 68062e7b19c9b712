import { homedir } from 'node:os';
import process from 'node:process';
import { type ExportInput, wantedOf } from '../../core/export/input.ts';
import { textWriters } from '../../core/export/writers.ts';
import type { ExecutionStatus } from '../../core/run/state.ts';
import { foldForDisplay } from '../../core/selection/nodeset.ts';
import { refuse, type Result } from '../../core/util/errors.ts';
import { exportInput } from '../../engine/history/export/exportInput.ts';
import { historyLayout } from '../../engine/history/layout.ts';
import { dataDirOf } from '../dataDir.ts';
import { exitCode } from '../exitCode.ts';
import { reportRefusal, type Streams } from '../report.ts';
import { printExecution } from '../run/blocks.ts';
import { columnsFor } from '../run/ended.ts';
import { print } from '../run/jsonPrinters.ts';
import { terminalOf } from '../terminal/terminal.ts';
import { withClient } from '../withClient.ts';
import { chooseExecutions } from './chooseExecutions.ts';
import { type QueryFlags, settingsOf } from '../queryOptions.ts';
import { executionName } from '../../core/run/executionName.ts';

export type OutputFlags = QueryFlags & {
  readonly nodes?: string;
  readonly status?: readonly ExecutionStatus[];
  readonly raw?: true;
};

/** Prints the output of a batch, node by node. */
export function printOutput(
  wanted: string | undefined,
  flags: OutputFlags,
  streams: Streams,
): Promise<number> {
  const settings = settingsOf(flags, streams);
  return withClient(settings, async (client) => {
    const chosen = await chooseExecutions(client, wanted, flags);
    const layout = historyLayout(dataDirOf(flags.data, homedir()));
    const input = chosen.ok ? await exportInput(layout, chosen.value) : chosen;
    const done = input.ok ? await printInput(input.value, flags, streams) : input;
    return done.ok ? exitCode.ok : reportRefusal(done.error, settings.format, streams);
  });
}

async function printInput(
  input: ExportInput,
  { json, raw }: OutputFlags,
  streams: Streams,
): Promise<Result<null>> {
  if (raw) return printRaw(input, streams);
  if (json) await print(textWriters.json(input), streams);
  else await printText(input, streams);
  return { ok: true, value: null };
}

async function printText(input: ExportInput, streams: Streams): Promise<void> {
  const executions = wantedOf(input);
  const columns = columnsFor(executions.map(executionName));
  const terminal = () => terminalOf(process.stdout, process.env);
  const deps = { streams, terminal, columns, readOutput: input.readOutput, foldNames: foldForDisplay };
  for (const execution of executions) await printExecution(execution, deps);
}

/** Bytes as they came, for a file or a pipe. */
async function printRaw(input: ExportInput, streams: Streams): Promise<Result<null>> {
  const [execution, ...more] = wantedOf(input);
  if (!execution || more.length > 0) {
    const count = execution ? more.length + 1 : 'no';
    return refuse('USAGE', `--raw prints one node, and this is about ${count}. Name it: --nodes web01.`);
  }
  for await (const { stream, bytes } of input.readOutput(execution)) {
    if (stream === 'stdout') streams.out(bytes);
    else process.stderr.write(bytes);
    await streams.drained();
  }
  return { ok: true, value: null };
}
