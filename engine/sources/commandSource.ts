import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import * as z from 'zod';
import { parseAnsibleList } from '../../core/inventory/ansible/parseAnsibleList.ts';
import type { InventoryPart } from '../../core/inventory/part.ts';
import type { ApprovalRequest, SourceRef } from '../../core/inventory/source.ts';
import { approvalId } from '../trust/approvals.ts';
import { type CommandLimits, runSourceCommand } from './runCommand.ts';

/** Milliseconds that what a command printed counts as fresh, where its source does not say. */
export const defaultTtlMs = 600_000;

/** What must be allowed before the command runs: this line, in this folder, with this script behind it. */
export function commandApproval({ path, run = '' }: SourceRef): ApprovalRequest {
  const script = scriptOf(run, path);
  const content = script === undefined ? '' : createHash('sha256').update(readFileSync(script)).digest('hex');
  return { id: approvalId('command', path, run, content), kind: 'command', path, what: run };
}

/** The file that the first word names, where it is one. */
function scriptOf(run: string, folder: string): string | undefined {
  const [word = ''] = run.trim().split(/\s+/);
  if (!word.includes('/')) return undefined;
  const file = isAbsolute(word) ? word : join(folder, word);
  return existsSync(file) ? file : undefined;
}

const Cached = z.object({ at: z.number(), text: z.string() });

/** What a command printed, and when; `failure` says why it is not fresh. */
export type CommandAnswer = { part?: InventoryPart; at: number; failure?: string };

export type CommandCache = {
  /** The answer of an allowed command: the last one while it is fresh, else a new one. */
  answer(
    ref: SourceRef,
    approval: string,
    options: { refresh: boolean; now: number },
  ): Promise<CommandAnswer>;
};

export type CommandDeps = {
  /** Folder for answers that outlive this process; private to the user. */
  readonly folder: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  readonly limits?: CommandLimits;
};

/** Answers of commands, kept on disk so that one command line after the other does not run them again. */
export function createCommandCache({ folder, home, env, limits }: CommandDeps): CommandCache {
  const parts = new Map<string, { text: string; part: InventoryPart }>();
  const running = new Map<string, Promise<CommandAnswer>>();
  const parse = (path: string, approval: string, text: string): InventoryPart => {
    const known = parts.get(approval);
    if (known?.text === text) return known.part;
    const part = parseAnsibleList(text, { path, home });
    parts.set(approval, { text, part });
    return part;
  };
  const fetch = async (ref: SourceRef, approval: string, now: number): Promise<CommandAnswer> => {
    const file = join(folder, `${approval}.json`);
    const before = await readCached(file);
    const printed = await runSourceCommand({ run: ref.run ?? '', folder: ref.path, env }, limits);
    if (printed.ok) {
      const part = parse(ref.path, approval, printed.text);
      await writeCached(file, { at: now, text: printed.text });
      return { part, at: now };
    }
    const failure = `${ref.run}: ${printed.message}`;
    if (!before) return { at: now, failure };
    return { part: parse(ref.path, approval, before.text), at: before.at, failure };
  };
  return {
    async answer(ref, approval, { refresh, now }) {
      const cached = refresh ? undefined : await readCached(join(folder, `${approval}.json`));
      if (cached && now - cached.at < (ref.ttlMs ?? defaultTtlMs)) {
        return { part: parse(ref.path, approval, cached.text), at: cached.at };
      }
      const known = running.get(approval);
      if (known) return known;
      const fetching = fetch(ref, approval, now).finally(() => running.delete(approval));
      running.set(approval, fetching);
      return fetching;
    },
  };
}

async function readCached(file: string): Promise<z.infer<typeof Cached> | undefined> {
  try {
    const parsed = Cached.safeParse(JSON.parse(await readFile(file, 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** A cache that can not be written only costs time. */
async function writeCached(file: string, content: z.infer<typeof Cached>): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const fresh = `${file}.${process.pid}`;
    await writeFile(fresh, JSON.stringify(content), { mode: 0o600 });
    await rename(fresh, file);
  } catch {
    // The command runs again next time.
  }
}
