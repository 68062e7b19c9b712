import { homedir, userInfo } from 'node:os';
import { resolve } from 'node:path';
import process from 'node:process';
import type { EngineClient } from '../../core/protocol/client.ts';
import type { ClientContext } from '../../core/protocol/engine.ts';
import { createEngine } from '../../engine/engine.ts';
import { dataFolder } from '../../engine/folders.ts';
import { refuseNamed } from '../inventory/session.ts';
import { exitCodeOfSignal } from '../exitCode.ts';
import { reportRefusal, type Streams } from '../report.ts';
import { canAsk } from '../terminal/ask.ts';
import { confirmStart } from './confirm.ts';
import { planRequest, type RunOptions } from './options.ts';
import { type Ran, runPlan } from './runPlan.ts';

/** Milliseconds that the engine gets to write down where a batch stands that nobody waits for. */
const closeGraceMs = 1000;

/** Only this one batch runs here: what its nodes behind a jump host share stays, the rest can go. */
const keepConnections = { nodeMs: 0, hopMs: 60_000 };

/** One batch from its options to its exit code. */
export async function runBatch(options: RunOptions, streams: Streams): Promise<number> {
  const home = homedir();
  const dataDir = resolve(options.dataDir ?? dataFolder(process.env, home));
  const created = await createEngine({ dataDir, home, keepConnections });
  if (!created.ok) return reportRefusal(created.error, options.format, streams);
  const engine = created.value;
  const client = engine.connect(clientContext());
  const { code, left } = await planAndRun(client, options, streams);
  client.dispose();
  if (left) setTimeout(() => process.exit(code), closeGraceMs);
  await engine.close();
  return code;
}

async function planAndRun(client: EngineClient, options: RunOptions, streams: Streams): Promise<Ran> {
  const request = planRequest(options);
  const inventory = await client.inventory({ sources: request.sources });
  const preview = refuseNamed(options.chosen, inventory) ?? (await client.plan(request));
  if (!preview.ok) return { code: reportRefusal(preview.error, options.format, streams), left: false };
  const { plan, denied } = preview.value;
  const confirmed = denied !== undefined || (await confirmStart(preview.value, options.yes, streams));
  return confirmed
    ? runPlan(plan, { client, options, streams })
    : { code: exitCodeOfSignal('SIGINT'), left: false };
}

/** The person at this terminal: agent, name, and whether there is one to ask. */
function clientContext(): ClientContext {
  const agentSocket = process.env['SSH_AUTH_SOCK'];
  return {
    trusted: true,
    localNodes: 'approved',
    folder: process.cwd(),
    user: userInfo().username,
    canPrompt: canAsk(),
    onClose: 'cancel',
    ...(agentSocket && { agentSocket }),
  };
}
