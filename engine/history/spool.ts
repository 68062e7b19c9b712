import { join } from 'node:path';
import type { Extent } from '../../core/run/events.ts';
import type { OutputSink } from '../../core/run/executionContext.ts';
import type { OutputStream } from '../../core/run/progress.ts';
import type { Clock } from '../../core/util/clock.ts';
import { createOutputCap, defaultOutputLimits, type OutputLimits } from './outputCap.ts';
import { lengthenFrame, writeFrameHead } from './frame.ts';
import { SpoolFile } from './spoolFile.ts';
import type { UnwrittenFiles } from './unwritten.ts';

export type Spool = OutputSink & {
  has(execution: string): boolean;
  /** Settles when all output of an execution so far can be read back. */
  written(execution: string): Promise<void>;
  close(): Promise<void>;
  /** Tries once more to write what the disk has not taken; says whether everything is there now. */
  save(): Promise<boolean>;
  /** Gives up what the disk has not taken. */
  forget(): void;
};

export type SpoolOptions = {
  folder: string;
  /** Ids of the executions, in plan order. */
  executions: readonly string[];
  clock: Clock;
  /** Bytes that are kept at most; the beginning and the end of what is longer. */
  limits?: OutputLimits;
  onError: (message: string) => void;
  /** Where readers find what the disk does not take. */
  unwritten: UnwrittenFiles;
};

/** Name of the file that all executions share. */
export const sharedSpool = 'output.spool';
/** Bytes after which an execution gets a file of its own. */
const ownFileAfter = 65_536;

/** Bytes of the output of a batch that stay in memory where the disk is full. */
const roomInMemory = 16_777_216;

/** `lost`: bytes for which there was no place, neither on the disk nor in memory. */
type Place = { readonly index: number; bytes: number; lost: number; extents: Extent[]; own?: SpoolFile };

/** The file that all share, and the place of each execution. */
function openPlaces({ folder, executions, onError, unwritten }: SpoolOptions) {
  const room = { bytes: roomInMemory };
  const fileOf = (name: string): SpoolFile =>
    new SpoolFile({ name, path: join(folder, name), onError, room, unwritten });
  const shared = fileOf(sharedSpool);
  const places = new Map<string, Place>(
    executions.map((id, index) => [id, { index, bytes: 0, lost: 0, extents: [] }]),
  );
  const files = (): SpoolFile[] => [shared, ...[...places.values()].flatMap(({ own }) => own ?? [])];
  return { shared, places, fileOf, files };
}

/**
 * The output of a batch on disk, framed. Short outputs share one file, which is far cheaper than a file each;
 * an execution that says more than 64 KiB goes on in its own.
 */
export function openSpool(options: SpoolOptions): Spool {
  const { clock } = options;
  const { shared, places, fileOf, files } = openPlaces(options);
  const frames = createFrames();
  const cap = createOutputCap(options.limits ?? defaultOutputLimits);
  const append = (execution: string, stream: OutputStream, chunk: Uint8Array): void | Promise<void> => {
    const place = places.get(execution);
    if (!place) return undefined;
    if (!place.own && place.bytes + chunk.length > ownFileAfter) place.own = fileOf(`${execution}.out`);
    const file = place.own ?? shared;
    // Behind a gap nothing more is kept: what is there is the beginning.
    if (place.lost > 0 || !file.takes(chunk.length)) return void (place.lost += chunk.length);
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    place.bytes += chunk.length;
    const head = frames.headFor(chunk, { file, stream, execution: place.index, time: clock.now() });
    const length = (head?.length ?? 0) + chunk.length;
    extend(place.extents, { file: file.name, offset: file.size, length });
    return file.append(head ? [head, bytes] : [bytes]);
  };
  const written = async (execution: string): Promise<void> => {
    const place = places.get(execution);
    if (!place || place.bytes === 0) return;
    await shared.written();
    await place.own?.written();
  };
  return {
    write(execution, stream, chunk) {
      const isKept = chunk.length > 0 && cap.admits(execution, stream, chunk);
      return isKept ? append(execution, stream, chunk) : undefined;
    },
    has: (execution) => places.has(execution),
    written,
    async settled(execution) {
      for (const { stream, bytes } of cap.takeTail(execution)) void append(execution, stream, bytes);
      await written(execution);
      const own = places.get(execution)?.own;
      if (!own) return;
      // A descriptor for each would be too many. Another attempt would open the file again.
      frames.forget(own);
      void own.close();
    },
    leftOut: (execution) => cap.leftOut(execution) + unsavedOf(places.get(execution), shared),
    extents: (execution) => places.get(execution)?.extents ?? [],
    async close() {
      await Promise.all(files().map((file) => file.close()));
    },
    save: async () => (await Promise.all(files().map((file) => file.save()))).every(Boolean),
    forget: () => files().forEach((file) => file.forget()),
  };
}

/** Bytes that have no place, or a place that the disk has not taken. */
function unsavedOf(place: Place | undefined, shared: SpoolFile): number {
  if (!place) return 0;
  const missing = place.extents.map((extent) => {
    const file = extent.file === shared.name ? shared : place.own;
    return file?.missing(extent) ?? 0;
  });
  return missing.reduce((sum, bytes) => sum + bytes, place.lost);
}

type Frame = { head: Buffer; length: number } & Pick<FramedChunk, 'execution' | 'stream'> & {
    writes: number;
  };
type FramedChunk = { file: SpoolFile; stream: OutputStream; execution: number; time: number };

/** The last frame of each file, which grows as long as it has not gone to the disk. */
function createFrames() {
  const last = new Map<SpoolFile, Frame>();
  return {
    forget: (file: SpoolFile) => void last.delete(file),
    /** The head of a new frame that begins with a chunk; undefined where the chunk goes on with the last one. */
    headFor(chunk: Uint8Array, { file, stream, execution, time }: FramedChunk): Buffer | undefined {
      const frame = last.get(file);
      const isSame = frame?.execution === execution && frame.stream === stream;
      if (isSame && frame.writes === file.writes) {
        frame.length += chunk.length;
        lengthenFrame(frame.head, frame.length);
        return undefined;
      }
      const { length } = chunk;
      const head = writeFrameHead({ stream, attempt: 1, step: 1, execution, length, time });
      last.set(file, { head, length, execution, stream, writes: file.writes });
      return head;
    },
  };
}

/** Frames that follow each other in a file are one extent. */
export function extend(extents: Extent[], frame: Extent): void {
  const last = extents.at(-1);
  if (last?.file === frame.file && last.offset + last.length === frame.offset) last.length += frame.length;
  else extents.push({ ...frame });
}
