import { homedir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createEngine } from '../../engine/engine.ts';
import { refuseNamed } from '../inventory/session.ts';
import { exitCodeOfSignal } from '../exitCode.ts';
import { reportRefusal, type Streams } from '../report.ts';
import { dataDirOf } from '../dataDir.ts';
import { agreeToStart } from './agree.ts';
import { clientContext } from './clientContext.ts';
import { reportDryRun } from './dryRun.ts';
import { planRequest, type RunOptions } from './options.ts';
import { createRelay, type Relay } from './followPrinter.ts';
import { type Ran, type RunDeps, runPlan } from './runPlan.ts';

/** Milliseconds that the engine gets to write down where a batch stands that nobody waits for. */
const closeGraceMs = 1000;

/** Only this one batch runs here: what its nodes behind a jump host share stays, the rest can go. */
const keepConnections = { nodeMs: 0, hopMs: 60_000 };

/** One batch from its options to its exit code. */
export async function runBatch(options: RunOptions, streams: Streams): Promise<number> {
  const home = homedir();
  const dataDir = dataDirOf(options.dataDir, home);
  const relay = createRelay();
  const onOutput: Relay['onOutput'] = (execution, stream, chunk) => relay.onOutput(execution, stream, chunk);
  const created = await createEngine({
    dataDir,
    home,
    keepConnections,
    askpassProgram: join(import.meta.dirname, 'askpass.js'),
    onOutput,
  });
  if (!created.ok) return reportRefusal(created.error, options.format, streams);
  const engine = created.value;
  const client = engine.connect(clientContext(options.as));
  const { code, left } = await planAndRun({ client, options, streams, relay });
  client.dispose();
  if (left) setTimeout(() => process.exit(code), closeGraceMs);
  await engine.close();
  return code;
}

async function planAndRun(deps: RunDeps): Promise<Ran> {
  const { client, options, streams } = deps;
  const request = planRequest(options);
  const inventory = await client.inventory({ sources: request.sources });
  const preview = refuseNamed(options.chosen, inventory) ?? (await client.plan(request));
  if (!preview.ok) return { code: reportRefusal(preview.error, options.format, streams), left: false };
  if (options.dryRun) return { code: reportDryRun(preview.value, options.format, streams), left: false };
  const agreement = await agreeToStart(preview.value, options.said, streams);
  switch (agreement.type) {
    case 'refused':
      return { code: reportRefusal(agreement.refusal, options.format, streams), left: false };
    case 'declined':
      return { code: exitCodeOfSignal('SIGINT'), left: false };
    case 'start':
      return runPlan(preview.value, agreement.approval, deps);
  }
}
