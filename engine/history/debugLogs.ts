import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import type { PlannedExecution } from '../../core/run/plan.ts';
import type { Clock } from '../../core/util/clock.ts';
import { visible } from '../../core/util/visible.ts';

/** What connections say about themselves, a file for each execution. */
export type DebugLogs = {
  readonly folder: string;
  open(execution: PlannedExecution): (line: string) => void;
  /** Settles when all is written. */
  close(): Promise<void>;
};

/** Characters of a line that are kept. */
const longest = 500;

/** Makes the folder, for its owner alone. What can not be written later is lost: a batch does not fail for its log. */
export function openDebugLogs(folder: string, clock: Clock): DebugLogs {
  mkdirSync(folder, { mode: 0o700 });
  const files = new Map<string, WriteStream>();
  return {
    folder,
    open({ id, node }) {
      const name = `${node.replaceAll(/[^\w.-]/g, '_').slice(0, 100)}-${id}.log`;
      const file = files.get(id) ?? createWriteStream(join(folder, name), { mode: 0o600 });
      file.on('error', () => {});
      files.set(id, file);
      return (line) => {
        const at = new Date(clock.now()).toISOString().slice(11, 23);
        if (!file.writableEnded) file.write(`${at} ${visible(line).slice(0, longest)}\n`);
      };
    },
    async close() {
      const ended = [...files.values()].map((file) => new Promise<void>((resolve) => file.end(resolve)));
      await Promise.all(ended);
    },
  };
}
