import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { ApprovalRequest, SourceRef } from '../../core/inventory/source.ts';
import { refuse, type Result } from '../../core/util/errors.ts';
import { secretApprovalsIn } from '../../engine/trust/secretCommands.ts';
import type { CommandContext } from '../commandLine.ts';
import { exitCode, exitCodeOfError } from '../exitCode.ts';
import { actsAsEnvironment } from '../policy/options.ts';
import { reportRefusal, type Streams } from '../report.ts';
import { askYesNo, canAsk } from '../terminal/ask.ts';
import { escapeLine } from '../terminal/escape.ts';
import { addInventoryOptions } from './options.ts';
import { type InventoryFlags, type InventorySession, openSession } from './session.ts';

type Flags = InventoryFlags & { file?: string; yes?: true; list?: true; revoke?: true };

/** `muster trust`: lets command sources, proxy commands and local nodes act on this machine, as they are now. */
export function addTrust(program: Command, context: CommandContext): void {
  const command = program
    .command('trust')
    .description('allow what an inventory, or the secrets of a playbook, would execute on this machine')
    .argument(
      '[file]',
      'playbook or config.yaml whose commands for secrets are meant, instead of inventories',
    )
    .option('-y, --yes', 'allow without asking')
    .option('--list', 'list what was allowed, of all inventories')
    .option('--revoke', 'take back everything that was allowed');
  addInventoryOptions(command)
    .addHelpText('after', explanation)
    .action(async (file: string | undefined, flags: Flags) =>
      context.exit(await trust({ ...flags, ...(file !== undefined && { file: resolve(file) }) }, context)),
    );
}

const explanation = `
Command sources, proxy commands, what ssh configurations execute (Match exec and the like) and nodes with
"transport: local" act on this machine, and so do commands that secrets of a playbook or a config.yaml come from. Muster runs them only after you said yes to them as they are: when the file or the script changes, you are asked again.`;

async function trust(flags: Flags, { streams }: CommandContext): Promise<number> {
  const found = await pendingFor(flags, streams);
  if (!found.ok) return reportRefusal(found.error, 'text', streams);
  const { pending, session } = found.value;
  if (flags.list || flags.revoke) return listOrRevoke(flags, session, streams);
  if (pending.length === 0) {
    streams.out('Nothing waits for your yes.\n');
    return exitCode.ok;
  }
  for (const request of pending) streams.out(`${escapeLine(sentenceOf(request))}\n`);
  if (!flags.yes && !canAsk()) {
    const message = 'Nobody can be asked here. Read the list, then run it again with --yes.';
    return reportRefusal({ code: 'UNTRUSTED', message }, 'text', streams);
  }
  if (!flags.yes && !(await askYesNo('Allow this?'))) return exitCodeOfError('UNTRUSTED');
  const code = await approve(pending, { flags, sources: session.sources, streams });
  if (code === exitCode.ok)
    streams.out(pending.length === 1 ? 'Allowed.\n' : `Allowed all ${pending.length}.\n`);
  return code;
}

type Pending = { readonly pending: readonly ApprovalRequest[]; readonly session: InventorySession };

/** What waits for a yes: of the file that was named, else of the inventories. */
async function pendingFor(flags: Flags, streams: Streams): Promise<Result<Pending>> {
  const opened = await openSession(flags, streams, { allowProblems: true });
  if (!opened.ok) return opened;
  const session = opened.value;
  if (flags.file !== undefined) {
    const requests = secretApprovalsIn(flags.file);
    if (!requests.ok) return requests;
    const approved = await session.trust.approved();
    return { ok: true, value: { session, pending: requests.value.filter(({ id }) => !approved.has(id)) } };
  }
  const { sources } = session.merged.inventory;
  const pending = sources.flatMap(({ approvals }) => approvals);
  const missing = sources.filter(({ status }) => status === 'failed');
  if (pending.length > 0 || missing.length === 0 || flags.list || flags.revoke)
    return { ok: true, value: { session, pending } };
  return refuse('INPUT_INVALID', missing.map(({ id, message: why = '' }) => `${id}: ${why}`).join('\n'));
}

/** Through the engine, which asks the rules and looks whether it is still the same. */
async function approve(
  pending: readonly ApprovalRequest[],
  { flags, sources, streams }: { flags: Flags; sources: readonly SourceRef[]; streams: Streams },
): Promise<number> {
  const { withClient } = await import('../withClient.ts');
  return withClient({ ...flags, as: actsAsEnvironment(), format: 'text', streams }, async (client) => {
    const done = await client.approve({
      sources,
      ids: pending.map(({ id }) => id),
      ...(flags.file !== undefined && { file: flags.file }),
    });
    return done.ok ? exitCode.ok : reportRefusal(done.error, 'text', streams);
  });
}

async function listOrRevoke(
  flags: Flags,
  { trust: store }: InventorySession,
  streams: Streams,
): Promise<number> {
  const approved = await store.approved();
  for (const { kind, path, what, at } of approved.values()) {
    streams.out(`${escapeLine(`${new Date(at).toISOString().slice(0, 10)}  ${kind}  ${path}  ${what}`)}\n`);
  }
  if (flags.revoke) {
    await store.remove([...approved.keys()]);
    streams.out(`Taken back: ${approved.size}.\n`);
  }
  return exitCode.ok;
}

function sentenceOf({ kind, path, what }: ApprovalRequest): string {
  switch (kind) {
    case 'command':
      return `command        ${what}    (in ${path})`;
    case 'proxy-command':
      return `proxy command  ${what}    (${path})`;
    case 'ssh-config':
      return `ssh config     ${what}    (${path})`;
    case 'secret-command':
      return `secret         ${what}    (${path})`;
    case 'local-nodes':
      return `local nodes    ${what}    (${path})`;
  }
}
