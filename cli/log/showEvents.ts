import type { EngineClient } from '../../core/protocol/client.ts';
import type { LoggedEvent } from '../../core/run/events.ts';
import { shortId } from '../../core/run/format.ts';
import type { Result } from '../../core/util/errors.ts';
import { exitCode } from '../exitCode.ts';
import { reportNote, reportRefusal, type Streams } from '../report.ts';
import { withClient } from '../withClient.ts';
import { createEventLines } from './eventLines.ts';
import { followBatches } from './followBatches.ts';
import { findBatches } from './findBatches.ts';

export type EventFlags = {
  readonly batch?: string;
  readonly node?: string;
  readonly last: number;
  readonly jsonl?: true;
  readonly follow?: true;
  readonly data?: string;
};

/** Events that are asked for at once. */
const pageSize = 10_000;

/** Prints what happened in batches. */
export function showEvents(flags: EventFlags, streams: Streams): Promise<number> {
  const { data, node, jsonl, follow } = flags;
  const format = jsonl ? 'jsonl' : 'text';
  const settings = { data, format, streams } as const;
  return withClient(settings, async (client) => {
    if (follow && flags.batch === undefined) {
      await followBatches([], { node, form: format, data, streams });
      return exitCode.ok;
    }
    const batches = await findBatches(client, flags);
    if (!batches.ok) return reportRefusal(batches.error, format, streams);
    if (follow) {
      await followBatches(batches.value, { node, form: format, data, streams });
      return exitCode.ok;
    }
    for (const batch of batches.value) {
      let isSilent = true;
      const lineOf = createEventLines(batch, { node, form: format });
      const printed = await eachEvent(client, batch, async (events) => {
        const lines = events.map(lineOf).join('');
        isSilent &&= lines === '';
        streams.out(lines);
        await streams.drained();
      });
      if (!printed.ok) return reportRefusal(printed.error, format, streams);
      if (isSilent && node !== undefined) reportNote(silence(batch, node), streams);
    }
    return exitCode.ok;
  });
}

function silence(batch: string, node: string): string {
  const id = shortId(batch);
  return `Nothing has happened to a node ${node} in batch ${id}. "muster status ${id}" lists its nodes.`;
}

/** All events there are, a page at a time. */
async function eachEvent(
  client: Pick<EngineClient, 'events'>,
  batch: string,
  use: (events: readonly LoggedEvent[]) => Promise<void>,
): Promise<Result<number>> {
  for (let after = 0; ;) {
    const page = await client.events({ batch, after, limit: pageSize });
    if (!page.ok) return page;
    await use(page.value.events);
    after = page.value.events.at(-1)?.seq ?? after;
    if (!page.value.more) return { ok: true, value: after };
  }
}
