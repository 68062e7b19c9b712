import { homedir } from 'node:os';
import type { ExportInput } from '../../../core/export/input.ts';
import { type ReadOutput, totalBytes } from '../../../core/export/output.ts';
import { targetsByNode } from '../../../core/export/result.ts';
import type { OwnPattern } from '../../../core/run/gather/masks.ts';
import type { ExportBatchRequest } from '../../../core/protocol/exports.ts';
import type { Plan } from '../../../core/run/plan.ts';
import { type BatchState, reduceAll } from '../../../core/run/state.ts';
import type { Result } from '../../../core/util/errors.ts';
import { loadConfig, userConfigFile } from '../../config/configFiles.ts';
import { sha256 } from '../../sha256.ts';
import { readEventLog } from '../eventLog.ts';
import { batchFiles, type HistoryLayout, isBatchId } from '../layout.ts';
import { createOutputReader } from '../readOutput.ts';
import type { Unsaved } from '../unsaved.ts';
import type { UnwrittenFiles } from '../unwritten.ts';
import { noBatch, noNodeIn } from '../../../core/history/notFound.ts';

export type Wanted = Pick<ExportBatchRequest, 'batch' | 'statuses' | 'nodes' | 'exact'>;

/** Bytes that are read at once. */
const pageBytes = 1_048_576;

/** A batch as it is on disk, which of one that runs is all that has ended. Refused for nodes that it does not have. */
export async function exportInput(
  layout: HistoryLayout,
  wanted: Wanted,
  unsaved?: Pick<Unsaved, 'get' | 'files'>,
): Promise<Result<ExportInput>> {
  const { batch, statuses, nodes } = wanted;
  const none = noBatch(batch);
  if (!isBatchId(batch)) return none;
  const files = batchFiles(layout, batch);
  const recorded = unsaved?.get(batch) ?? (await readBatch(files.events));
  if (!recorded) return none;
  const { state, plan } = recorded;
  const targets = targetsByNode(plan);
  const strange = nodes?.find((node) => !targets.has(node));
  if (strange !== undefined) return noNodeIn(batch, strange);
  const value: ExportInput = {
    state,
    targets,
    readOutput: outputReader(files.folder, unsaved?.files),
    wants: ({ node, status }) => (!statuses || statuses.includes(status)) && (!nodes || nodes.includes(node)),
    newDigest: sha256,
    masks: wanted.exact ? undefined : masksOf(state),
    time: localTime,
  };
  return { ok: true, value };
}

type RecordedBatch = { readonly state: BatchState; readonly plan: Plan };

async function readBatch(path: string): Promise<RecordedBatch | undefined> {
  const log = await readEventLog(path).catch(() => undefined);
  const state = log && reduceAll(undefined, log.events);
  const first = log?.events[0];
  return state && first?.type === 'batchStarted' ? { state, plan: first.plan } : undefined;
}

function outputReader(folder: string, unwritten: UnwrittenFiles | undefined): ReadOutput {
  const read = createOutputReader(unwritten);
  return async function* (execution) {
    const total = totalBytes(execution);
    for (let from = 0; from < total;) {
      const page = await read(folder, execution.extents, { from, limit: pageBytes });
      if (page.next <= from) return;
      yield* page.pieces;
      from = page.next;
    }
  };
}

/** Those of the person, and of the workspace that the batch was run from. */
function masksOf({ plan }: BatchState): readonly OwnPattern[] {
  const config = loadConfig(userConfigFile(process.env, homedir()), { sources: plan.request.sources });
  return config.ok ? config.value.masks : [];
}

/** `21 Nov 2026, 14:02:00 GMT+1`, on every machine in the same words. */
function localTime(at: number): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  }).format(at);
}
