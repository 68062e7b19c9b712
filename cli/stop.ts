import type { Command } from 'commander';
import type { StopAgainResult } from '../core/protocol/batch.ts';
import type { EngineClient } from '../core/protocol/client.ts';
import { mayStillRun, remoteOf } from '../core/run/remote.ts';
import type { BatchState } from '../core/run/state.ts';
import { endMessage } from '../core/run/statuses.ts';
import type { Result } from '../core/util/errors.ts';
import { findBatch } from './batches/findBatch.ts';
import type { CommandContext } from './commandLine.ts';
import { exitCode } from './exitCode.ts';
import { type QueryFlags, settingsOf } from './queryOptions.ts';
import { reportNote, reportRefusal, type Streams } from './report.ts';
import { escapeLine } from './terminal/escape.ts';
import { noNodeIn } from '../core/history/notFound.ts';

type Flags = QueryFlags & { readonly node?: string };

/** `muster stop`: cancels a batch that runs in another process; goes back to what an ended one may have left running. */
export function addStop(program: Command, context: CommandContext): void {
  program
    .command('stop')
    .description('stop a batch that runs, or what an ended one may have left running')
    .argument('<batch>', 'id of the batch, or its end as it is shown: 7f3k')
    .option('--node <name>', 'only on this node')
    .option('--json', 'the result for programs')
    .option('--data <folder>', 'folder of the history')
    .action(async (batch: string, flags: Flags) => context.exit(await stop(batch, flags, context.streams)));
}

async function stop(wanted: string, flags: Flags, streams: Streams): Promise<number> {
  const { withClient } = await import('./withClient.ts');
  const settings = settingsOf(flags, streams);
  return withClient(settings, async (client) => {
    const batch = await findBatch(client, wanted);
    if (!batch.ok) return reportRefusal(batch.error, settings.format, streams);
    const { node } = flags;
    const cancelled = await cancelRunning(client, { batch: batch.value, node }, streams);
    if (cancelled && !cancelled.ok) return reportRefusal(cancelled.error, settings.format, streams);
    if (cancelled) return report(fatesIn(cancelled.value, node), flags, streams);
    const result = await client.stopAgain({ batch: batch.value, ...(node !== undefined && { node }) });
    return result.ok
      ? report(result.value, flags, streams)
      : reportRefusal(result.error, settings.format, streams);
  });
}

type Wanted = { readonly batch: string; readonly node: string | undefined };

/** Milliseconds between two looks at a batch that is being stopped. */
const lookMs = 200;

/** Has the process that runs the batch stop it, and waits until it has; undefined where the batch has ended. */
async function cancelRunning(
  client: EngineClient,
  { batch, node }: Wanted,
  streams: Streams,
): Promise<Result<BatchState> | undefined> {
  const before = await client.snapshot(batch);
  if (!before.ok || before.value.status !== 'running') return undefined;
  const execution = before.value.executions.find((each) => each.node === node)?.id;
  if (node !== undefined && execution === undefined) return noNodeIn(batch, node);
  const which = execution === undefined ? 'all' : 'execution';
  const cancelled = await client.cancel({ batch, which, execution });
  if (!cancelled.ok) return cancelled;
  reportNote('Its process stops it; this waits until it has.', streams);
  for (;;) {
    const now = await client.snapshot(batch);
    if (!now.ok || isStopped(now.value, execution)) return now;
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
}

function isStopped({ status, executions }: BatchState, execution: string | undefined): boolean {
  if (status !== 'running') return true;
  return executions.some(({ id, outcome }) => id === execution && outcome !== undefined);
}

/** What a cancel has made of the processes, as a stop of an ended batch tells it. */
function fatesIn({ executions }: BatchState, node: string | undefined): StopAgainResult {
  const meant = executions.filter((each) => node === undefined || each.node === node);
  return {
    stopped: meant.filter((each) => remoteOf(each) === 'stopped').map((each) => each.node),
    running: meant.filter(mayStillRun).map((each) => ({ node: each.node, message: endMessage(each) })),
  };
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
