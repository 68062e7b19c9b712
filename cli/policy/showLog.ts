import { homedir } from 'node:os';
import { plural } from '../../core/run/format.ts';
import type { Denial } from '../../engine/policy/denials.ts';
import { denialsIn } from '../../engine/policy/guard.ts';
import { exitCode } from '../exitCode.ts';
import { withIsoTimes } from '../isoTimes.ts';
import type { OutputFormat, Streams } from '../report.ts';
import { escapeLine } from '../terminal/escape.ts';
import { dataDirOf } from '../dataDir.ts';
import { localTime } from '../terminal/localTime.ts';

/** Lists denied attempts, the latest last. */
export async function showLog(
  { data, output }: { readonly data?: string; readonly output: OutputFormat },
  streams: Streams,
): Promise<number> {
  const denials = await denialsIn(dataDirOf(data, homedir())).all();
  if (output === 'json')
    streams.out(`${JSON.stringify({ version: 1, denials: denials.map(withIsoTimes) })}\n`);
  else if (denials.length === 0) streams.out('Nothing was denied.\n');
  else
    streams.out(
      denials
        .flatMap(linesOf)
        .map((line) => `${escapeLine(line)}\n`)
        .join(''),
    );
  return exitCode.ok;
}

function linesOf({
  at,
  user,
  as,
  capability,
  what,
  nodes,
  count,
  verdict,
  reasons,
}: Denial): readonly string[] {
  const who = as === undefined ? user : `${as} for ${user}`;
  const head = [localTime(at), verdict, who, capability, what, `on ${plural(count, 'node')}: ${nodes}`];
  return [
    head.filter(Boolean).join('  '),
    ...reasons.flatMap((reason) => reason.split('\n')).map((line) => `  ${line}`),
  ];
}
