import type { OutputClient } from '../../core/protocol/search.ts';
import type { TableQuery, TableRow } from '../../core/protocol/table.ts';
import type { TableFormat } from '../../core/run/table/formats.ts';
import { patternProblem } from '../../core/run/gather/patternProblem.ts';
import { isLive } from '../../core/run/state.ts';
import { most, type Reading, recordsOf } from '../../core/run/table/records.ts';
import { refuse, type Result } from '../../core/util/errors.ts';
import type { OutputReading } from './outputReading.ts';

/** Milliseconds that one query reads; what is left has to be asked for again. */
const budgetMs = 400;
/** Bytes of one execution that records are read out of. */
const bytesAtMost = 1_048_576;
/** Records after which an answer ends. */
const recordsAtMost = 2_000;

/** Reads records out of the stdout of executions that have ended. */
export function tableMethod({ snapshot, readBytes, now }: OutputReading): OutputClient['table'] {
  return async (query) => {
    const reading = readingOf(query);
    if (!reading.ok) return reading;
    const { batch } = query;
    const found = await snapshot(batch);
    if (!found.ok) return found;
    const ended = new Set(found.value.executions.filter(({ status }) => !isLive(status)).map(({ id }) => id));
    const wanted = query.executions.filter((id) => ended.has(id));
    const read = readBytes(batch);
    const until = now() + budgetMs;
    const rows: TableRow[] = [];
    const kinds = new Set<TableFormat>();
    const lists = { without: [] as string[], cut: [] as string[], unread: [] as string[] };
    for (const [at, execution] of wanted.entries()) {
      if (at > 0 && (now() > until || rows.length >= recordsAtMost)) {
        lists.unread = wanted.slice(at);
        break;
      }
      const { text, isCut } = await stdoutOf(execution, read);
      const records = recordsOf(text, reading.value);
      if (!records) lists.without.push(execution);
      else kinds.add(records.format);
      const given = records?.records ?? [];
      if (isCut || given.length > most.records) lists.cut.push(execution);
      for (const values of given.slice(0, most.records)) rows.push({ execution, values });
    }
    return { ok: true, value: { batch, rows, found: [...kinds], ...lists } };
  };
}

function readingOf({ format, pattern = '' }: TableQuery): Result<Reading> {
  if (format !== 'pattern') return { ok: true, value: { format } };
  const problem = patternProblem(pattern, '(?<name>…) for (…), to name its column');
  if (problem !== undefined) return refuse('USAGE', problem);
  if (!/\(\?<[\p{L}_$]/u.test(pattern))
    return refuse('USAGE', 'Name a column: (?<name>…) around what goes into it.');
  return { ok: true, value: { format, pattern: new RegExp(pattern, 'u') } };
}

async function stdoutOf(
  execution: string,
  read: ReturnType<OutputReading['readBytes']>,
): Promise<{ text: string; isCut: boolean }> {
  const { pieces, next, total } = await read(execution, { from: 0, limit: bytesAtMost });
  const stdout = pieces.filter(({ stream }) => stream === 'stdout').map(({ bytes }) => bytes);
  return { text: Buffer.concat(stdout).toString('utf8'), isCut: next < total };
}
