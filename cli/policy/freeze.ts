import type { Command } from 'commander';
import type { EngineClient } from '../../core/protocol/client.ts';
import type { FreezeRequest } from '../../core/protocol/policy.ts';
import { formatTime } from '../../core/schema/time.ts';
import type { CommandContext } from '../commandLine.ts';
import { exitCode } from '../exitCode.ts';
import { reportRefusal, type Streams } from '../report.ts';
import { actsAsEnvironment } from './options.ts';
import { parseUntil } from '../../core/policy/until.ts';

type Flags = { data?: string };
type FreezeFlags = Flags & { until?: string; reason: string };

/** `muster freeze` and `muster unfreeze`: the switch that denies everything. */
export function addFreeze(program: Command, context: CommandContext): void {
  const data = ['--data <folder>', 'folder of the history; default: the one of this user'] as const;
  program
    .command('freeze')
    .description('let nothing start, here and in VS Code, until it is over')
    .option('--until <time>', "when it ends: 2h, 18:00, '2026-12-24 18:00'; default: muster unfreeze")
    .requiredOption('--reason <text>', 'why, for whoever meets it')
    .option(...data)
    .action(async (flags: FreezeFlags) => context.exit(await freeze(flags, context.streams)));
  program
    .command('unfreeze')
    .description('end the freeze that "muster freeze" made')
    .option(...data)
    .action(async (flags: Flags) => context.exit(await unfreeze(flags, context.streams)));
}

async function freeze({ until: text, reason, ...flags }: FreezeFlags, streams: Streams): Promise<number> {
  const now = Date.now();
  const until = text === undefined ? undefined : parseUntil(text, now);
  if (text !== undefined && (until === undefined || until <= now)) {
    const message = `"${text}" is not a time to come. Write 2h, 18:00, '2026-12-24 18:00' or 2026-12-24T18:00:00Z.`;
    return reportRefusal({ code: 'USAGE', message }, 'text', streams);
  }
  if (reason.trim() === '' || reason.length > 1000) {
    const message = 'Say why in a sentence of at most 1000 characters: --reason TEXT.';
    return reportRefusal({ code: 'USAGE', message }, 'text', streams);
  }
  const code = await set({ freeze: { reason, ...(until !== undefined && { until }) } }, flags, streams);
  const end = until === undefined ? 'until "muster unfreeze"' : `until ${formatTime(until)}`;
  if (code === exitCode.ok) streams.out(`Frozen ${end}. Nothing starts; what runs goes on.\n`);
  return code;
}

async function unfreeze(flags: Flags, streams: Streams): Promise<number> {
  return withEngine(flags, streams, async (client) => {
    const reasons = async (): Promise<number> => (await client.policy({ sources: [] })).closed.length;
    const before = await reasons();
    const done = await client.freeze({});
    if (!done.ok) return reportRefusal(done.error, 'text', streams);
    const what = (await reasons()) < before ? 'The freeze has ended' : 'There was no freeze to end';
    streams.out(`${what}. Freezes in policy files stay: see "muster policy show".\n`);
    return exitCode.ok;
  });
}

async function set(request: FreezeRequest, flags: Flags, streams: Streams): Promise<number> {
  return withEngine(flags, streams, async (client) => {
    const done = await client.freeze(request);
    return done.ok ? exitCode.ok : reportRefusal(done.error, 'text', streams);
  });
}

async function withEngine(
  flags: Flags,
  streams: Streams,
  use: (client: EngineClient) => Promise<number>,
): Promise<number> {
  // The engine is loaded only when it is needed.
  const { withClient } = await import('../withClient.ts');
  return withClient({ ...flags, as: actsAsEnvironment(), streams, format: 'text' }, use);
}
