import { homedir } from 'node:os';
import type { EngineClient } from '../core/protocol/client.ts';
import { createEngine } from '../engine/engine.ts';
import { dataDirOf } from './dataDir.ts';
import { type OutputFormat, reportRefusal, type Streams } from './report.ts';
import { type ActsAs, clientContext } from './run/clientContext.ts';

type Wanted = {
  readonly data?: string;
  readonly as: ActsAs | undefined;
  readonly format: OutputFormat;
  readonly streams: Streams;
};

/** Asks an engine of this process something that takes no batch; gives the exit code. */
export async function withClient(
  { data, as, format, streams }: Wanted,
  use: (client: EngineClient) => Promise<number>,
): Promise<number> {
  const home = homedir();
  const created = await createEngine({ dataDir: dataDirOf(data, home), home });
  if (!created.ok) return reportRefusal(created.error, format, streams);
  const client = created.value.connect(clientContext(as));
  const code = await use(client);
  client.dispose();
  await created.value.close();
  return code;
}
