import type { Command } from 'commander';
import type { StopAgainResult } from '../core/protocol/batch.ts';
import { findBatch } from './batches/findBatch.ts';
import type { CommandContext } from './commandLine.ts';
import { exitCode } from './exitCode.ts';
import { reportRefusal, type Streams } from './report.ts';
import { escapeLine } from './terminal/escape.ts';

type Flags = { readonly node?: string; readonly data?: string; readonly json?: true };

/** `muster stop`: goes back to what a batch may have left running. */
export function addStop(program: Command, context: CommandContext): void {
  program
    .command('stop')
    .description('stop what an ended batch may have left running')
    .argument('<batch>', 'id of the batch, or its end as it is shown: 7f3k')
    .option('--node <name>', 'only on this node')
    .option('--json', 'the result for programs')
    .option('--data <folder>', 'folder of the history')
    .action(async (batch: string, flags: Flags) => context.exit(await stop(batch, flags, context.streams)));
}

async function stop(wanted: string, flags: Flags, streams: Streams): Promise<number> {
  const format = flags.json ? 'json' : 'text';
  const { withClient } = await import('./withClient.ts');
  const settings = {
    ...(flags.data !== undefined && { data: flags.data }),
    as: undefined,
    format,
    streams,
  } as const;
  return withClient(settings, async (client) => {
    const batch = await findBatch(client, wanted);
    if (!batch.ok) return reportRefusal(batch.error, format, streams);
    const { node } = flags;
    const result = await client.stopAgain({ batch: batch.value, ...(node !== undefined && { node }) });
    return result.ok ? report(result.value, flags, streams) : reportRefusal(result.error, format, streams);
  });
}

function report({ stopped, running }: StopAgainResult, { json }: Flags, streams: Streams): number {
  if (json) streams.out(`${JSON.stringify({ version: 1, stopped, running })}\n`);
  else {
    for (const node of stopped) streams.out(`${escapeLine(node)}: stopped, gone\n`);
    for (const { node, message } of running)
      streams.out(`${escapeLine(node)}: may still run: ${escapeLine(message)}\n`);
  }
  return running.length === 0 ? exitCode.ok : stopped.length > 0 ? 2 : 1;
}
