import { createHash } from 'node:crypto';
import { open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createFileNames } from '../../../core/export/fileNames.ts';
import { JournalEntry } from '../../../core/journal/entry.ts';
import { makeFolder } from '../makeFolder.ts';

/** What is kept of a node: entries by hand and of plugins. */
export type Retention = {
  /** Milliseconds. */
  readonly keepMs: number;
  /** How many of the newest. */
  readonly entries: number;
};

/**
 * Entries that are in no event log: a folder for each node with a file for each month, only ever appended to, so that
 * several processes lose nothing, and what is too old goes away a whole month at a time.
 */
export type NoteFiles = {
  /** Rejects where it can not be written. */
  append(entry: JournalEntry): Promise<void>;
  /** The newest first. */
  read(node: string): Promise<readonly JournalEntry[]>;
  has(node: string): Promise<boolean>;
  /** At most once a day for each node. */
  prune(node: string, retention: Retention, now: number): Promise<void>;
};

const dayMs = 86_400_000;

export function createNoteFiles(folder: string): NoteFiles {
  const monthsOf = async (node: string): Promise<readonly string[]> => {
    const names = await readdir(join(folder, folderName(node))).catch(() => []);
    return names.filter((name) => /^\d{4,6}-\d\d\.jsonl$/.test(name)).sort();
  };
  const pruned = new Map<string, number>();
  const pathOf = (node: string, month: string): string => join(folder, folderName(node), month);
  return {
    async append(entry) {
      await makeFolder(join(folder, folderName(entry.node)));
      const month = `${new Date(entry.at).toISOString().slice(0, 7)}.jsonl`;
      await appendLine(pathOf(entry.node, month), JSON.stringify(entry));
    },
    async read(node) {
      const months = await monthsOf(node);
      const texts = await Promise.all(
        months.map((month) => readFile(pathOf(node, month), 'utf8').catch(() => '')),
      );
      const entries = texts.flatMap((text) => text.split('\n').flatMap((line) => entryIn(line, node)));
      return entries.reverse().sort((a, b) => b.at - a.at);
    },
    has: async (node) => (await monthsOf(node)).length > 0,
    async prune(node, { keepMs, entries }, now) {
      if (now - (pruned.get(node) ?? -Infinity) < dayMs) return;
      pruned.set(node, now);
      let kept = 0;
      for (const month of [...(await monthsOf(node))].reverse()) {
        const path = pathOf(node, month);
        const isSurplus = kept >= entries || (await stat(path)).mtimeMs < now - keepMs;
        if (isSurplus) await rm(path, { force: true });
        else kept += (await readFile(path, 'utf8')).split('\n').filter(Boolean).length;
      }
    },
  };
}

/** Names may be the same but for their case, or be no names of files: the digest tells them apart. */
function folderName(node: string): string {
  const digest = createHash('sha256').update(node).digest('hex').slice(0, 16);
  return createFileNames(`-${digest}`)(node);
}

/** In one write to the end, which no other process comes between. A line that was cut off before does not touch it. */
async function appendLine(path: string, line: string): Promise<void> {
  const file = await open(path, 'a', 0o600);
  try {
    const bytes = Buffer.from(`\n${line}\n`);
    const { bytesWritten } = await file.write(bytes);
    if (bytesWritten < bytes.length) throw new Error('no space left on device');
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** What is cut off or somebody else's is no entry. */
function entryIn(line: string, node: string): readonly JournalEntry[] {
  if (line === '') return [];
  try {
    const read = JournalEntry.safeParse(JSON.parse(line));
    return read.success && read.data.node === node ? [read.data] : [];
  } catch {
    return [];
  }
}
