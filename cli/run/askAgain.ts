import type { EngineClient } from '../../core/protocol/client.ts';
import type { PlanPreview } from '../../core/protocol/start.ts';
import type { Stdin } from '../../core/run/action.ts';
import { processOf } from '../../core/run/actionText.ts';
import { shortId } from '../../core/run/format.ts';
import type { PlanRequest } from '../../core/run/plan.ts';
import type { RerunChoice } from '../../core/run/rerunChoice.ts';
import { refuse, type Result } from '../../core/util/errors.ts';
import { findBatch } from '../batches/findBatch.ts';
import { reportNote, type Streams } from '../report.ts';
import type { Ask } from './runBatch.ts';

/** What a person wants to run again, and what they want otherwise this time. */
export type Again = {
  readonly batch: string;
  readonly which: RerunChoice;
  readonly nodes: string | undefined;
  readonly concurrency: number | undefined;
  readonly timeoutMs: number | undefined;
  readonly stdin: Stdin | undefined;
};

/** Asks for the plan that runs a batch again. */
export function askAgain(again: Again, streams: Streams): Ask {
  return async (client) => {
    const batch = await findBatch(client, again.batch);
    return batch.ok ? planAgain(client, { ...again, batch: batch.value }, streams) : batch;
  };
}

async function planAgain(
  client: EngineClient,
  { batch, which, nodes, ...changes }: Again,
  streams: Streams,
): Promise<Result<PlanPreview>> {
  const found = await client.rerun({ batch, which, ...(nodes !== undefined && { nodes }) });
  if (!found.ok) return found;
  for (const note of found.value.notes) reportNote(note, streams);
  const request = withStdin(found.value.request, { batch, stdin: changes.stdin }, streams);
  return request.ok ? client.plan(withChanges(request.value, changes)) : request;
}

/** What a command reads is never on disk: it has to be given again. */
function withStdin(
  request: PlanRequest,
  { batch, stdin }: Pick<Again, 'batch' | 'stdin'>,
  streams: Streams,
): Result<PlanRequest> {
  const { action } = request;
  const again = processOf(action);
  const wanted = again?.stdin;
  if (!again || !wanted) {
    if (!stdin) return { ok: true, value: request };
    return refuse('USAGE', `Batch ${shortId(batch)} had nothing on stdin. Leave --stdin out.`);
  }
  if (!stdin) {
    const message = `Batch ${shortId(batch)} read ${wanted.bytes} bytes on stdin, which are not kept. Give them again: --stdin FILE, or --stdin - for what is piped in.`;
    return refuse('USAGE', message);
  }
  if (stdin.sha256 !== wanted.sha256)
    reportNote(`What --stdin gives is not what batch ${shortId(batch)} read.`, streams);
  return { ok: true, value: { ...request, action: { ...again, stdin } } };
}

function withChanges(
  request: PlanRequest,
  { concurrency, timeoutMs }: Pick<Again, 'concurrency' | 'timeoutMs'>,
): PlanRequest {
  return {
    ...request,
    ...(concurrency !== undefined && { strategy: { ...request.strategy, concurrency } }),
    ...(timeoutMs !== undefined && { limits: { ...request.limits, timeoutMs } }),
  };
}
