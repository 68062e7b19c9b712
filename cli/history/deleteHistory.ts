import type { EngineClient } from '../../core/protocol/client.ts';
import type { DeletedBatches } from '../../core/protocol/history.ts';
import { plural } from '../../core/run/format.ts';
import { refuse, type Result } from '../../core/util/errors.ts';
import { findBatch } from '../batches/findBatch.ts';
import { exitCode } from '../exitCode.ts';
import { reportNote, reportRefusal, type Streams } from '../report.ts';
import { askYesNo, canAsk } from '../terminal/ask.ts';
import { withClient } from '../withClient.ts';
import { type FilterFlags, filtersOf } from './filters.ts';
import { type QueryFlags, settingsOf } from '../queryOptions.ts';

export type DeleteFlags = FilterFlags & QueryFlags & { readonly yes?: true };

/** Batches that are asked for, and deleted, at once. */
const pageSize = 1000;

/** Deletes batches after a yes. Ends with 2 where some could not be deleted, with 1 where none could. */
export function deleteHistory(
  named: readonly string[],
  flags: DeleteFlags,
  streams: Streams,
): Promise<number> {
  const settings = settingsOf(flags, streams);
  return withClient(settings, async (client) => {
    const chosen = await choose(client, named, flags);
    if (!chosen.ok) return reportRefusal(chosen.error, settings.format, streams);
    const ids = chosen.value;
    const count = plural(ids.length, 'batch', 'batches');
    if (!flags.yes && ids.length > 0) {
      const question = `Delete ${count} with all output? This can not be undone.`;
      if (!canAsk()) return reportRefusal(needsYes(count), settings.format, streams);
      if (!(await askYesNo(question))) {
        reportNote('Nothing was deleted.', streams);
        return 130;
      }
    }
    const done = await client.deleteBatches({ batches: [...ids] });
    return done.ok ? report(done.value, flags, streams) : reportRefusal(done.error, settings.format, streams);
  });
}

function needsYes(count: string) {
  return {
    code: 'USAGE',
    message: `This deletes ${count} with all output. Pass --yes to say so.`,
  } as const;
}

const oneOfBoth = 'Name batches, or say with options such as --until 90d which ones';

async function choose(
  client: EngineClient,
  named: readonly string[],
  flags: DeleteFlags,
): Promise<Result<readonly string[]>> {
  const filters = filtersOf(flags);
  const isFiltered = Object.keys(filters).length > 0;
  if (named.length > 0 && isFiltered) return refuse('USAGE', `${oneOfBoth}; not both.`);
  if (named.length === 0 && !isFiltered) return refuse('USAGE', `${oneOfBoth}.`);
  return isFiltered ? allThatFit(client, filters) : allNamed(client, named);
}

async function allNamed(client: EngineClient, named: readonly string[]): Promise<Result<readonly string[]>> {
  const ids: string[] = [];
  for (const wanted of named) {
    const found = await findBatch(client, wanted);
    if (!found.ok) return found;
    const running = await client.history({ batch: found.value, statuses: ['running'] });
    if (!running.ok) return running;
    if (running.value.found > 0)
      return refuse('USAGE', `${found.value} runs. Stop it first, or wait for its end.`);
    ids.push(found.value);
  }
  return { ok: true, value: [...new Set(ids)] };
}

async function allThatFit(
  client: EngineClient,
  filters: ReturnType<typeof filtersOf>,
): Promise<Result<readonly string[]>> {
  const ids: string[] = [];
  for (let page = 1; ; page++) {
    const answer = await client.history({ ...filters, page, pageSize });
    if (!answer.ok) return answer;
    ids.push(...answer.value.batches.map(({ id }) => id));
    if (page * pageSize >= answer.value.found) return { ok: true, value: ids };
  }
}

function report({ deleted, refused }: DeletedBatches, { json }: DeleteFlags, streams: Streams): number {
  if (json) streams.out(`${JSON.stringify({ version: 1, deleted, refused })}\n`);
  else {
    streams.out(`${plural(deleted.length, 'batch', 'batches')} deleted.\n`);
    for (const { batch, message } of refused) streams.out(`${batch} is kept. ${message}\n`);
  }
  if (refused.length === 0) return exitCode.ok;
  return deleted.length > 0 ? 2 : 1;
}
