import { readFile, writeFile } from 'node:fs/promises';
import process from 'node:process';
import { PlanFile, type PlanPreview } from '../../core/protocol/start.ts';
import { planChanges } from '../../core/run/planChanges.ts';
import { messageOf, refuse, type Result } from '../../core/util/errors.ts';
import { dataOption } from '../inventory/trustCommand.ts';
import { reportNote, reportRefusal, type Streams } from '../report.ts';
import type { StartOptions } from '../run/options.ts';
import { type PlayFlags, secretsGiven } from './params.ts';

/** Writes a plan down for `muster apply`. */
export async function savePlan(
  preview: Result<PlanPreview>,
  file: string,
  streams: Streams,
): Promise<Result<PlanPreview>> {
  if (!preview.ok) return preview;
  const content: PlanFile = { version: 1, plan: preview.value.plan };
  try {
    await writeFile(file, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  } catch (error) {
    return refuse('USAGE', `The plan can not be written to ${file}: ${messageOf(error)}.`);
  }
  reportNote(`The plan is in ${file}. Run it with: muster apply ${file}${dataOption(process.argv)}`, streams);
  return preview;
}

/** Runs exactly a plan that was saved, or refuses with what is different now. */
export async function applyPlan(
  file: string,
  options: StartOptions,
  { flags, streams }: { flags: PlayFlags; streams: Streams },
): Promise<number> {
  const saved = await readPlan(file);
  if (!saved.ok) return reportRefusal(saved.error, options.format, streams);
  const { plan } = saved.value;
  const given = secretsGiven(flags);
  if (!given.ok) return reportRefusal(given.error, options.format, streams);
  const { runBatch } = await import('../run/runBatch.ts');
  return runBatch(
    { ...options, secrets: given.value },
    async (client) => {
      const now = await client.plan(plan.request);
      if (!now.ok || now.value.plan.hash === plan.hash) return now;
      const changes = planChanges(plan, now.value.plan);
      const message = `This is not what was planned any more:\n${changes.join('\n')}\nMake the plan again.`;
      return { ok: false, error: { code: 'PLAN_STALE', message, details: changes } };
    },
    streams,
  );
}

async function readPlan(file: string): Promise<Result<PlanFile>> {
  try {
    const read = PlanFile.safeParse(JSON.parse(await readFile(file, 'utf8')));
    if (read.success) return { ok: true, value: read.data };
    return refuse('INPUT_INVALID', `${file} is no plan that "muster plan -o" wrote.`);
  } catch (error) {
    return refuse('INPUT_INVALID', `${file} can not be read as a plan: ${messageOf(error)}.`);
  }
}
