import { basename } from 'node:path';
import { isFileName, type PlannedFile } from '../../core/run/fileActions.ts';
import { formatBytes } from '../../core/run/format.ts';
import { mostScriptBytes } from '../../core/run/script.ts';
import { refuse, type Result } from '../../core/util/errors.ts';
import { readScript } from './scan.ts';

/** A script or a template with what it says: the plan has its text. */
export async function textFile(file: string, what: 'script' | 'template'): Promise<Result<PlannedFile>> {
  const { text, ...planned } = await readScript(file, mostScriptBytes);
  const instead =
    what === 'script' ? 'Copy it with muster copy, then run it.' : 'Copy it as it is, in a step with "copy".';
  if (planned.bytes > mostScriptBytes)
    return refuse(
      'USAGE',
      `${file} has ${formatBytes(planned.bytes)}; a ${what} may have ${formatBytes(mostScriptBytes)}. ${instead}`,
    );
  if (text === undefined || text.includes('\0'))
    return refuse('USAGE', `${file} is no UTF-8 text. ${instead}`);
  const name = basename(file);
  const isPlain = what === 'template' || /^[\w.-]+$/.test(name);
  return { ok: true, value: { ...planned, to: isPlain && isFileName(name) ? name : what, text } };
}
