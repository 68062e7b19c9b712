import { appendFile, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import { Verdict } from '../../core/policy/verdict.ts';
import { makeFolder } from '../history/makeFolder.ts';

/** An attempt that rules did not let start. */
export const Denial = z.object({
  /** Milliseconds since the epoch. */
  at: z.number(),
  user: z.string(),
  as: z.string().optional(),
  capability: z.string(),
  /** What would have run, cut. */
  what: z.string(),
  /** The nodes, folded, cut. */
  nodes: z.string(),
  count: z.number(),
  verdict: Verdict,
  reasons: z.array(z.string()),
});
export type Denial = z.infer<typeof Denial>;

/** The log of denied attempts: one JSON object a line, only ever added to, for its user alone. */
export type Denials = {
  add(denial: Denial): Promise<void>;
  /** Oldest first; lines that are not whole are left out. */
  all(): Promise<readonly Denial[]>;
};

export function createDenials(file: string): Denials {
  return {
    async add(denial) {
      await makeFolder(dirname(file));
      await appendFile(file, `${JSON.stringify(denial)}\n`, { mode: 0o600 });
    },
    async all() {
      const text = await readFile(file, 'utf8').catch(() => '');
      return text.split('\n').flatMap(denialIn);
    },
  };
}

function denialIn(line: string): readonly Denial[] {
  try {
    const parsed = Denial.safeParse(JSON.parse(line));
    return parsed.success ? [parsed.data] : [];
  } catch {
    return [];
  }
}
