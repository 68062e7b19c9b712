import { homedir } from 'node:os';
import { extname, resolve } from 'node:path';
import type { ExportFormat } from '../../core/export/formats.ts';
import { textWriters } from '../../core/export/writers.ts';
import type { EngineClient } from '../../core/protocol/client.ts';
import type { ExportBatchResult } from '../../core/protocol/exports.ts';
import { formatBytes, plural } from '../../core/run/format.ts';
import type { ExecutionStatus } from '../../core/run/state.ts';
import { refuse, type Result } from '../../core/util/errors.ts';
import { exportInput, type Wanted } from '../../engine/history/export/exportInput.ts';
import { historyLayout } from '../../engine/history/layout.ts';
import { dataDirOf } from '../dataDir.ts';
import { exitCode } from '../exitCode.ts';
import { type QueryFlags, settingsOf } from '../queryOptions.ts';
import { reportRefusal, type Streams } from '../report.ts';
import { print } from '../run/jsonPrinters.ts';
import { escapeLine } from '../terminal/escape.ts';
import { withClient } from '../withClient.ts';
import { chooseExecutions } from './chooseExecutions.ts';

export type ExportFlags = QueryFlags & {
  readonly format?: ExportFormat;
  /** `-` is stdout. */
  readonly file?: string;
  readonly force?: boolean;
  readonly status?: readonly ExecutionStatus[];
  readonly nodes?: string;
  readonly exact?: boolean;
};

/** Writes a batch to a file, a folder or stdout. */
export function exportBatch(
  wanted: string | undefined,
  flags: ExportFlags,
  streams: Streams,
): Promise<number> {
  const settings = settingsOf(flags, streams);
  return withClient(settings, async (client) => {
    const chosen = await chooseExecutions(client, wanted, flags);
    const done = chosen.ok
      ? await write(client, { ...chosen.value, exact: flags.exact === true }, { flags, streams })
      : chosen;
    if (!done.ok) return reportRefusal(withFlag(done.error), settings.format, streams);
    if (done.value) streams.out(flags.json ? jsonOf(done.value) : textOf(done.value));
    return exitCode.ok;
  });
}

/** What was written to disk; undefined where it went to stdout. */
async function write(
  client: EngineClient,
  wanted: Wanted,
  { flags, streams }: { readonly flags: ExportFlags; readonly streams: Streams },
): Promise<Result<ExportBatchResult | undefined>> {
  const { file = '-', force = false, data } = flags;
  const { format = formatOf(file) } = flags;
  if (file !== '-') {
    return client.exportBatch({ ...wanted, format, path: resolve(file), overwrite: force });
  }
  if (format === 'files') return refuse('USAGE', 'Name the folder for the files with --file.');
  const input = await exportInput(historyLayout(dataDirOf(data, homedir())), wanted);
  if (!input.ok) return input;
  await print(textWriters[format](input.value), streams);
  return { ok: true, value: undefined };
}

const formats: Readonly<Record<string, ExportFormat>> = {
  '.jsonl': 'jsonl',
  '.csv': 'csv',
  '.md': 'markdown',
  '.xml': 'junit',
  '.html': 'html',
};

/** By the ending of the file's name. */
function formatOf(file: string): ExportFormat {
  return formats[extname(file).toLowerCase()] ?? 'json';
}

function withFlag<T extends { readonly code: string; readonly message: string }>(refusal: T): T {
  if (refusal.code !== 'FILE_EXISTS') return refusal;
  return { ...refusal, message: `${refusal.message} --force replaces it.` };
}

function jsonOf(written: ExportBatchResult): string {
  return `${JSON.stringify({ version: 1, ...written })}\n`;
}

function textOf({ path, files, bytes, executions }: ExportBatchResult): string {
  const what = files === 1 ? '' : `${plural(files, 'file')}, `;
  return `${escapeLine(path)}: ${what}${plural(executions, 'node')}, ${formatBytes(bytes)}\n`;
}
