import { homedir, userInfo } from 'node:os';
import { resolve } from 'node:path';
import process from 'node:process';
import type { Command } from 'commander';
import type { EngineClient } from '../core/protocol/client.ts';
import type { StopAgainResult } from '../core/protocol/batch.ts';
import type { Result } from '../core/util/errors.ts';
import { dataFolder } from '../engine/folders.ts';
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

async function stop(batch: string, flags: Flags, streams: Streams): Promise<number> {
  const format = flags.json ? 'json' : 'text';
  const home = homedir();
  const { createEngine } = await import('../engine/engine.ts');
  const created = await createEngine({ dataDir: resolve(flags.data ?? dataFolder(process.env, home)), home });
  if (!created.ok) return reportRefusal(created.error, format, streams);
  const agentSocket = process.env['SSH_AUTH_SOCK'];
  const client = created.value.connect({
    trusted: true,
    localNodes: 'approved',
    user: userInfo().username,
    canPrompt: false,
    onClose: 'finish',
    ...(agentSocket && { agentSocket }),
  });
  const result = await stopNamed(client, batch, flags.node);
  client.dispose();
  await created.value.close();
  return result.ok ? report(result.value, flags, streams) : reportRefusal(result.error, format, streams);
}

/** A batch by its id or by the end of it, which has to be that of one batch only. */
async function stopNamed(
  client: EngineClient,
  name: string,
  node: string | undefined,
): Promise<Result<StopAgainResult>> {
  const ids = (await client.batches()).map(({ id }) => id);
  const [id, ...more] = ids.filter((each) => each.endsWith(name.toUpperCase()));
  if (id === undefined || more.length > 0) {
    const message =
      id === undefined
        ? `There is no batch ${name}.`
        : `More than one batch ends in ${name}: write more of its id.`;
    return { ok: false, error: { code: 'NOT_FOUND', message } };
  }
  return client.stopAgain({ batch: id, ...(node !== undefined && { node }) });
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
