import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import type { ApprovalRequest } from '../../core/inventory/source.ts';

const Approval = z.object({ kind: z.string(), path: z.string(), what: z.string(), at: z.number() });
const TrustFile = z.object({ version: z.literal(1), approved: z.record(z.string(), Approval) });
type TrustFile = z.infer<typeof TrustFile>;

/** What a person has allowed to act on this machine, by digest. Read anew each time: other processes write it too. */
export type TrustStore = {
  approved(): Promise<ReadonlyMap<string, z.infer<typeof Approval>>>;
  add(requests: readonly ApprovalRequest[], at: number): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
};

/** The store is one file, private to the user, replaced as a whole. A file that can not be understood allows nothing. */
export function createTrustStore(file: string): TrustStore {
  const read = async (): Promise<TrustFile> => {
    try {
      const parsed = TrustFile.safeParse(JSON.parse(await readFile(file, 'utf8')));
      if (parsed.success) return parsed.data;
    } catch {
      // Nothing was allowed yet, or the file is broken: then everything asks again.
    }
    return { version: 1, approved: {} };
  };
  const write = async (content: TrustFile): Promise<void> => {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const fresh = `${file}.${randomBytes(6).toString('hex')}`;
    await writeFile(fresh, `${JSON.stringify(content, undefined, 2)}\n`, { mode: 0o600, flag: 'wx' });
    await rename(fresh, file);
  };
  return {
    approved: async () => new Map(Object.entries((await read()).approved)),
    async add(requests, at) {
      const { approved } = await read();
      const added = requests.map(({ id, kind, path, what }) => [id, { kind, path, what, at }] as const);
      await write({ version: 1, approved: { ...approved, ...Object.fromEntries(added) } });
    },
    async remove(ids) {
      const { approved } = await read();
      const kept = Object.entries(approved).filter(([id]) => !ids.includes(id));
      await write({ version: 1, approved: Object.fromEntries(kept) });
    },
  };
}
