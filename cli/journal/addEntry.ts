import type { JournalLevel } from '../../core/journal/entry.ts';
import { AddJournalRequest } from '../../core/protocol/journal.ts';
import { plural } from '../../core/run/format.ts';
import { foldForDisplay } from '../../core/selection/nodeset.ts';
import { refuse, type Result } from '../../core/util/errors.ts';
import { exitCode } from '../exitCode.ts';
import { withIsoTimes } from '../isoTimes.ts';
import { readNodeNames } from '../nodeNames.ts';
import { type QueryFlags, settingsOf } from '../queryOptions.ts';
import { reportNote, reportRefusal, type Streams } from '../report.ts';
import { escapeLine } from '../terminal/escape.ts';
import { withClient } from '../withClient.ts';

export type AddFlags = QueryFlags & { readonly level: JournalLevel };

/** Notes something about one node or several. */
export function addEntry(
  nodes: string,
  { text, ...flags }: AddFlags & { readonly text: string },
  streams: Streams,
): Promise<number> {
  const settings = settingsOf(flags, streams);
  return withClient(settings, async (client) => {
    const request = requestOf(nodes, text, flags.level);
    const added = request.ok ? await client.addJournal(request.value) : request;
    if (!added.ok) return reportRefusal(added.error, settings.format, streams);
    const { entries, fresh } = added.value;
    if (flags.json)
      streams.out(`${JSON.stringify({ version: 1, entries: entries.map(withIsoTimes), fresh })}\n`);
    else streams.out(`Noted about ${plural(entries.length, 'node')}.\n`);
    if (fresh.length > 0)
      reportNote(`Nothing was noted before about ${escapeLine(foldForDisplay(fresh))}.`, streams);
    return exitCode.ok;
  });
}

function requestOf(nodes: string, text: string, level: JournalLevel): Result<AddJournalRequest> {
  const names = readNodeNames(nodes);
  if (!names.ok) return names;
  const request = AddJournalRequest.safeParse({ nodes: names.value, text, level });
  if (request.success) return { ok: true, value: request.data };
  return refuse('USAGE', request.error.issues[0]?.message ?? 'This can not be noted.');
}
