import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import process from 'node:process';
import { PlanFile, type PlanPreview } from '../../core/protocol/start.ts';
import { planChanges } from '../../core/run/planChanges.ts';
import { canonicalJson } from '../../core/util/json.ts';
import { type ErrorCode, messageOf, refuse, type Result } from '../../core/util/errors.ts';
import { dataOption } from '../inventory/trustCommand.ts';
import { reportNote, reportRefusal, type Streams } from '../report.ts';
import type { StartOptions } from '../run/options.ts';
import { type PlayFlags, secretsGiven } from './params.ts';

/** Writes a plan down for `muster apply`, with the digests of the files that gave parameters. */
export async function savePlan(
  preview: Result<PlanPreview>,
  { file, given }: { file: string; given: readonly string[] },
  streams: Streams,
): Promise<Result<PlanPreview>> {
  if (!preview.ok) return preview;
  try {
    const digests = await Promise.all(given.map(async (path) => ({ path, sha256: await digestOf(path) })));
    const content: PlanFile = {
      version: 1,
      plan: preview.value.plan,
      ...(digests.length > 0 && { given: digests }),
    };
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
  const { plan, given = [] } = saved.value;
  const secrets = secretsGiven(flags);
  if (!secrets.ok) return reportRefusal(secrets.error, options.format, streams);
  const { runBatch } = await import('../run/runBatch.ts');
  return runBatch(
    { ...options, secrets: secrets.value },
    async (client) => {
      const now = await client.plan(plan.request);
      if (!now.ok) return gone.has(now.error.code) ? stale([now.error.message]) : now;
      const changes = [...(await changedOf(given)), ...planChanges(plan, now.value.plan)];
      const isSame = changes.length === 0 && now.value.plan.hash === plan.hash;
      return isSame ? now : stale(changes);
    },
    streams,
  );
}

/** What of a plan is no longer there, as it was planned. */
const gone: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'SELECTION_UNKNOWN',
  'SELECTION_EMPTY',
  'INPUT_MISSING',
]);

function stale(changes: readonly string[]): Result<never> {
  const message = `This is not what was planned any more:\n${changes.join('\n')}\nMake the plan again.`;
  return { ok: false, error: { code: 'PLAN_STALE', message, details: changes } };
}

/** Files that gave parameters and do not say what they said. */
async function changedOf(given: NonNullable<PlanFile['given']>): Promise<readonly string[]> {
  const changes = await Promise.all(
    given.map(async ({ path, sha256 }) => {
      const now = await digestOf(path).catch(() => undefined);
      if (now === undefined) return [`No longer there: ${path}.`];
      return now === sha256 ? [] : [`Changed: ${path}.`];
    }),
  );
  return changes.flat();
}

async function digestOf(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}

/** Whether a plan still has the digest that it was given when it was made. */
function isAsWritten(content: unknown): boolean {
  const { plan } = content as { plan: { hash: string } };
  const { hash, ...rest } = plan;
  return createHash('sha256').update(canonicalJson(rest)).digest('hex') === hash;
}

async function readPlan(file: string): Promise<Result<PlanFile>> {
  const noPlan = refuse(
    'INPUT_INVALID',
    `${file} is no plan that "muster plan -o" wrote. Make one with: muster plan FILE -o x.plan.json`,
  );
  try {
    const content = jsonOf(await readFile(file, 'utf8'));
    const read = PlanFile.safeParse(content);
    if (read.success && isAsWritten(content)) return { ok: true, value: read.data };
    if (read.success)
      return refuse(
        'PLAN_STALE',
        `${file} was changed after it was made: what is in it is not what was planned. Make the plan again with "muster plan -o".`,
      );
    return noPlan;
  } catch (error) {
    return refuse('INPUT_INVALID', `${file} can not be read: ${messageOf(error)}.`);
  }
}

/** What a text of JSON says; nothing where it is none. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
