import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import type { EngineClient } from '../core/protocol/client.ts';
import { createEngine } from '../engine/engine.ts';
import { dataDirOf } from './dataDir.ts';
import { type OutputFormat, reportNote, reportRefusal, type Streams } from './report.ts';
import { type ActsAs, clientContext } from './run/clientContext.ts';

type Wanted = {
  readonly data?: string | undefined;
  /** A folder that was named has to be there: a misspelt one would have an empty history. */
  readonly mustExist?: boolean;
  readonly as?: ActsAs | undefined;
  readonly format: OutputFormat;
  readonly streams: Streams;
};

/** Asks an engine of this process something that takes no batch; gives the exit code. */
export async function withClient(
  { data, mustExist, as, format, streams }: Wanted,
  use: (client: EngineClient) => Promise<number>,
): Promise<number> {
  const home = homedir();
  if (mustExist && data !== undefined && !existsSync(data)) {
    const message = `There is no folder ${data}. Name the one that was given to "muster run".`;
    return reportRefusal({ code: 'INPUT_MISSING', message }, format, streams);
  }
  const created = await createEngine({ dataDir: dataDirOf(data, home), home, toRead: true });
  if (!created.ok) return reportRefusal(created.error, format, streams);
  const client = created.value.connect(clientContext(as));
  const code = await use(tellingNotes(client, streams));
  client.dispose();
  await created.value.close();
  return code;
}

/** What there is to know about the history itself is said beside the result of whatever met it. */
function tellingNotes(client: EngineClient, streams: Streams): EngineClient {
  return {
    ...client,
    async history(query) {
      const page = await client.history(query);
      if (page.ok) for (const note of page.value.notes) reportNote(note, streams);
      return page;
    },
  };
}
