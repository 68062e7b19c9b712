import { type FileHandle, open } from 'node:fs/promises';
import { messageOf } from '../../core/util/errors.ts';

/** Bytes waiting for the disk above which writers are held, and below which they go on. */
const highWater = 1_048_576;
const lowWater = 262_144;

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
  #writing: Promise<void> | undefined;
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

  append(chunks: readonly Buffer[]): void | Promise<void> {
    for (const chunk of chunks) {
      this.#queue.push(chunk);
      this.#size += chunk.length;
      this.#waiting += chunk.length;
    }
    this.#writing ??= this.#drain();
    if (this.#waiting > highWater) return new Promise((resolve) => this.#held.push(resolve));
    return undefined;
  }

  /** Settles when what has been appended so far has been handed to the system, whatever is appended later. */
  written(): void | Promise<void> {
    if (this.#waiting === 0) return undefined;
    const size = this.#size;
    return new Promise((resolve) => this.#awaited.push({ size, resolve }));
  }

  /** Settles when everything appended has been handed to the system. */
  async flushed(): Promise<void> {
    while (this.#writing) await this.#writing;
  }

  async close(): Promise<void> {
    await this.flushed();
    await this.#file?.close().catch(() => undefined);
    this.#file = undefined;
  }

  async #drain(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#queue.length > 0) {
      const chunks = this.#queue;
      this.#queue = [];
      await this.#write(chunks);
      this.#waiting -= chunks.reduce((sum, chunk) => sum + chunk.length, 0);
      const size = this.#size - this.#waiting;
      while (this.#awaited[0] && this.#awaited[0].size <= size) this.#awaited.shift()?.resolve();
      if (this.#waiting < lowWater) this.#release();
    }
    this.#release();
    this.#writing = undefined;
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
    const wanted = some.reduce((sum, chunk) => sum + chunk.length, 0);
    const { bytesWritten } = await file.writev(some);
    if (bytesWritten < wanted) await file.appendFile(Buffer.concat(some).subarray(bytesWritten));
  }
}
