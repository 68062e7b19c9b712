import { type FileHandle, open } from 'node:fs/promises';
import { messageOf } from '../../core/util/errors.ts';

/** Bytes waiting for the disk above which writers are held, and below which they go on. */
const highWater = 1_048_576;
const lowWater = 262_144;
/** Bytes that are worth a call, and milliseconds after which less has to do. */
const worthWriting = 131_072;
const longestWaitMs = 20;

/**
 * A file that is only appended to. Positions are known at once, writing happens behind, many chunks in one call;
 * when too much waits for the disk, `append` returns a promise that holds the stream the chunk came from.
 */
export class SpoolFile {
  readonly name: string;
  readonly #path: string;
  readonly #onError: (message: string) => void;
  #file: FileHandle | undefined;
  #queue: Buffer[] = [];
  #waiting = 0;
  #size = 0;
  #writes = 0;
  #timer: NodeJS.Timeout | undefined;
  #isDue = false;
  #isDraining = false;
  #held: (() => void)[] = [];
  #awaited: { size: number; resolve: () => void }[] = [];
  #broken = false;

  constructor(options: { name: string; path: string; onError: (message: string) => void }) {
    this.name = options.name;
    this.#path = options.path;
    this.#onError = options.onError;
  }

  /** Bytes so far, written or waiting: where the next append goes. */
  get size(): number {
    return this.#size;
  }

  /** How often chunks have gone on their way to the disk: while it stays the same, the last one can still be changed. */
  get writes(): number {
    return this.#writes;
  }

  append(chunks: readonly Buffer[]): void | Promise<void> {
    for (const chunk of chunks) {
      this.#queue.push(chunk);
      this.#size += chunk.length;
      this.#waiting += chunk.length;
    }
    if (this.#waiting >= worthWriting) this.#begin();
    else this.#timer ??= setTimeout(() => this.#hurry(), longestWaitMs);
    if (this.#waiting > highWater) return new Promise((resolve) => this.#held.push(resolve));
    return undefined;
  }

  /** Settles when what has been appended so far has been handed to the system, whatever is appended later. */
  written(): void | Promise<void> {
    if (this.#waiting === 0) return undefined;
    const size = this.#size;
    this.#hurry();
    return new Promise((resolve) => this.#awaited.push({ size, resolve }));
  }

  /** Settles when all of it has been handed to the system; whoever appends later opens the file again. */
  async close(): Promise<void> {
    while (this.#waiting > 0) await this.written();
    const file = this.#file;
    this.#file = undefined;
    await file?.close().catch(() => undefined);
  }

  #hurry(): void {
    this.#isDue = true;
    this.#begin();
  }

  #begin(): void {
    if (this.#isDraining) return;
    this.#isDraining = true;
    void this.#drain();
  }

  async #drain(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (this.#queue.length > 0 && (this.#isDue || this.#waiting >= worthWriting)) {
      this.#isDue = false;
      this.#writes++;
      const chunks = this.#queue;
      this.#queue = [];
      await this.#write(chunks);
      this.#waiting -= lengthOf(chunks);
      const size = this.#size - this.#waiting;
      while (this.#awaited[0] && this.#awaited[0].size <= size) this.#awaited.shift()?.resolve();
      if (this.#waiting < lowWater) this.#release();
    }
    this.#release();
    this.#isDraining = false;
    if (this.#queue.length > 0) this.#timer ??= setTimeout(() => this.#hurry(), longestWaitMs);
  }

  #release(): void {
    for (const resume of this.#held.splice(0)) resume();
  }

  /** A disk that is full must not stop a batch: the rest of the output is dropped, and it is said once. */
  async #write(chunks: readonly Buffer[]): Promise<void> {
    if (this.#broken) return;
    try {
      this.#file ??= await open(this.#path, 'a', 0o600);
      await writeAll(this.#file, chunks);
    } catch (error) {
      this.#broken = true;
      this.#onError(messageOf(error));
    }
  }
}

/** As many buffers in one call as POSIX promises to take (IOV_MAX is at least 1024 on Linux and macOS). */
const maxVectors = 1024;

async function writeAll(file: FileHandle, chunks: readonly Buffer[]): Promise<void> {
  for (let from = 0; from < chunks.length; from += maxVectors) {
    const some = chunks.slice(from, from + maxVectors);
    const { bytesWritten } = await file.writev(some);
    if (bytesWritten < lengthOf(some)) await file.appendFile(Buffer.concat(some).subarray(bytesWritten));
  }
}

function lengthOf(chunks: readonly Buffer[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.length, 0);
}
