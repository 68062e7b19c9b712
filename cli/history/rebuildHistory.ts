import { plural } from '../../core/run/format.ts';
import { exitCode } from '../exitCode.ts';
import { reportNote, reportRefusal, type Streams } from '../report.ts';
import { withClient } from '../withClient.ts';
import { type QueryFlags, settingsOf } from '../queryOptions.ts';

export function rebuildHistory(flags: QueryFlags, streams: Streams): Promise<number> {
  const settings = settingsOf(flags, streams);
  return withClient(settings, async (client) => {
    const done = await client.rebuildHistory();
    if (!done.ok) return reportRefusal(done.error, settings.format, streams);
    const { batches, notes } = done.value;
    for (const note of notes) reportNote(note, streams);
    if (flags.json) streams.out(`${JSON.stringify({ version: 1, batches, notes })}\n`);
    else streams.out(`The index has ${plural(batches, 'batch', 'batches')}.\n`);
    return exitCode.ok;
  });
}
