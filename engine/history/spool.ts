import { join } from 'node:path';
import type { Extent } from '../../core/run/events.ts';
import type { OutputSink } from '../../core/run/execution.ts';
import type { Clock } from '../../core/util/clock.ts';
import { frameHeadBytes, writeFrameHead } from './frame.ts';
import { SpoolFile } from './spoolFile.ts';

export type Spool = OutputSink & {
  /** Settles when all output so far can be read back. */
  flushed(): Promise<void>;
  close(): Promise<void>;
};

export type SpoolOptions = {
  folder: string;
  /** Ids of the executions, in plan order. */
  executions: readonly string[];
  clock: Clock;
  onError: (message: string) => void;
};

/** Name of the file that all executions share. */
export const sharedSpool = 'output.spool';
/** Bytes after which an execution gets a file of its own. */
const ownFileAfter = 65_536;

type Place = { index: number; bytes: number; extents: Extent[]; own?: SpoolFile };

/**
 * The output of a batch on disk, framed. Short outputs share one file, which is far cheaper than a file each;
 * an execution that says more than 64 KiB goes on in its own.
 */
export function openSpool(options: SpoolOptions): Spool {
  const { folder, clock, onError } = options;
  const fileOf = (name: string): SpoolFile => new SpoolFile({ name, path: join(folder, name), onError });
  const shared = fileOf(sharedSpool);
  const places = new Map<string, Place>(
    options.executions.map((id, index) => [id, { index, bytes: 0, extents: [] }]),
  );
  const open = new Set<SpoolFile>([shared]);
  return {
    write(execution, stream, chunk) {
      const place = places.get(execution);
      if (!place || chunk.length === 0) return undefined;
      if (!place.own && place.bytes + chunk.length > ownFileAfter) {
        place.own = fileOf(`${execution}.out`);
        open.add(place.own);
      }
      const file = place.own ?? shared;
      const head = writeFrameHead({
        stream,
        attempt: 1,
        step: 1,
        execution: place.index,
        length: chunk.length,
        time: clock.now(),
      });
      place.bytes += chunk.length;
      extend(place.extents, { file: file.name, offset: file.size, length: frameHeadBytes + chunk.length });
      return file.append([head, Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)]);
    },
    async settled(execution) {
      const place = places.get(execution);
      if (!place || place.bytes === 0) return;
      await shared.written();
      await place.own?.written();
    },
    extents: (execution) => places.get(execution)?.extents ?? [],
    async flushed() {
      await Promise.all([...open].map((file) => file.flushed()));
    },
    async close() {
      await Promise.all([...open].map((file) => file.close()));
    },
  };
}

/** Frames that follow each other in a file are one extent. */
function extend(extents: Extent[], frame: Extent): void {
  const last = extents.at(-1);
  if (last?.file === frame.file && last.offset + last.length === frame.offset) last.length += frame.length;
  else extents.push({ ...frame });
}
