import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import type { Freeze } from '../../core/policy/policy.ts';
import type { Reason } from '../../core/policy/verdict.ts';
import { messageOf } from '../../core/util/errors.ts';
import { makeFolder } from '../history/makeFolder.ts';

const FreezeFile = z.object({
  version: z.literal(1),
  reason: z.string(),
  until: z.number().optional(),
  by: z.string(),
  at: z.number(),
});

/** The freeze that a person made; one that can not be understood is taken for one. */
export async function readFreeze(file: string): Promise<{ freeze?: Freeze; broken: readonly Reason[] }> {
  try {
    const { reason, until, by } = FreezeFile.parse(JSON.parse(await readFile(file, 'utf8')));
    return { freeze: { reason, by, ...(until !== undefined && { until }) }, broken: [] };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { broken: [] };
    const what = error instanceof z.ZodError ? 'it is not what was written' : messageOf(error);
    const message = `${file} says whether everything is frozen, and can not be read: ${what}. Run "muster unfreeze", or mend it.`;
    return { broken: [{ verdict: 'deny', message, place: { file } }] };
  }
}

/** Replaces the freeze as a whole; without one, ends it. */
export async function writeFreeze(
  file: string,
  freeze: (Freeze & { readonly by: string; readonly at: number }) | undefined,
): Promise<void> {
  if (!freeze) return rm(file, { force: true });
  await makeFolder(dirname(file));
  const fresh = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(fresh, `${JSON.stringify({ version: 1, ...freeze })}\n`, { mode: 0o600, flag: 'wx' });
  await rename(fresh, file);
}
