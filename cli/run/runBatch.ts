import { homedir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { EngineClient } from '../../core/protocol/client.ts';
import type { PlanPreview } from '../../core/protocol/start.ts';
import type { Result } from '../../core/util/errors.ts';
import { createEngine } from '../../engine/engine.ts';
import { refuseNamed } from '../inventory/session.ts';
import { exitCodeOfSignal } from '../exitCode.ts';
import { reportRefusal, type Streams } from '../report.ts';
import { dataDirOf } from '../dataDir.ts';
import { agreeToStart } from './agree.ts';
import { clientContext } from './clientContext.ts';
import { reportDryRun } from './dryRun.ts';
import { planRequest, type RunOptions, type StartOptions } from './options.ts';
import { giveSecrets } from './giveSecrets.ts';
import { keepHeapSmall } from './heapGrowth.ts';
import { createRelay, type Relay } from './followPrinter.ts';
import { type Ran, type RunDeps, runPlan } from './runPlan.ts';

/** Milliseconds that the engine gets to write down where a batch stands that nobody waits for. */
const closeGraceMs = 1000;

/** Only this one batch runs here: what its nodes behind a jump host share stays, the rest can go. */
const keepConnections = { nodeMs: 0, hopMs: 60_000 };

/** Asks the engine for the plan of a batch. */
export type Ask = (client: EngineClient) => Promise<Result<PlanPreview>>;

/** The plan that options of `muster run` ask for. */
export function askFor(options: RunOptions): Ask {
  return async (client) => {
    const request = planRequest(options);
    const inventory = await client.inventory({ sources: request.sources });
    return refuseNamed(options.chosen, inventory) ?? client.plan(request);
  };
}

/** One batch from its plan to its exit code. */
export async function runBatch(options: StartOptions, ask: Ask, streams: Streams): Promise<number> {
  keepHeapSmall();
  const home = homedir();
  const dataDir = dataDirOf(options.dataDir, home);
  const relay = createRelay();
  const onOutput: Relay['onOutput'] = (execution, stream, chunk) => relay.onOutput(execution, stream, chunk);
  const created = await createEngine({
    dataDir,
    home,
    program: 'muster run',
    toRead: options.dryRun !== 'no',
    keepConnections,
    askpassProgram: join(import.meta.dirname, 'askpass.js'),
    onOutput,
    ...(options.log && { log: options.log }),
  });
  if (!created.ok) return reportRefusal(created.error, options.format, streams);
  const engine = created.value;
  const client = engine.connect(clientContext(options.as));
  const { code, left } = await planAndRun(ask, {
    client,
    readOutput: engine.output,
    options,
    streams,
    relay,
  });
  client.dispose();
  if (left) setTimeout(() => process.exit(code), closeGraceMs);
  await engine.close();
  return code;
}

async function planAndRun(ask: Ask, deps: RunDeps): Promise<Ran> {
  const { client, options, streams } = deps;
  const preview = await ask(client);
  if (!preview.ok) return { code: reportRefusal(preview.error, options.format, streams), left: false };
  if (options.dryRun !== 'no') return { code: reportDryRun(preview.value, options, streams), left: false };
  const agreement = await agreeToStart(preview.value, options.said, streams);
  switch (agreement.type) {
    case 'refused':
      return { code: reportRefusal(agreement.refusal, options.format, streams), left: false };
    case 'declined':
      return { code: exitCodeOfSignal('SIGINT'), left: false };
    case 'start': {
      const secrets = await giveSecrets(preview.value.plan, options.secrets);
      if (!secrets.ok) return { code: reportRefusal(secrets.error, options.format, streams), left: false };
      const given = { ...deps, options: { ...options, secrets: secrets.value } };
      return runPlan(preview.value, agreement.approval, given);
    }
  }
}
