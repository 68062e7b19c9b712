import { type FileHandle, open } from 'node:fs/promises';
import { messageOf } from '../../core/util/errors.ts';
import type { UnwrittenFiles } from './unwritten.ts';

/** Bytes waiting for the disk above which writers are held, and below which they go on. */
const highWater = 1_048_576;
const lowWater = 262_144;
/** Bytes that are worth a call, and milliseconds after which less has to do. */
const worthWriting = 131_072;
const longestWaitMs = 20;

/** Bytes that may stay in memory where the disk takes nothing, of all files of a batch together. */
export type Room = { bytes: number };

type SpoolFileOptions = {
  readonly name: string;
  readonly path: string;
  readonly onError: (message: string) => void;
  readonly room: Room;
  /** Where readers find what the disk does not take. */
  readonly unwritten: UnwrittenFiles;
};

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
  /** What the disk has not taken; it stays here until it does. */
  #unwritten: readonly Buffer[] = [];
  #onDisk = 0;
  readonly #room: Room;
  readonly #unwrittenFiles: UnwrittenFiles;

  constructor(options: SpoolFileOptions) {
    this.name = options.name;
    this.#path = options.path;
    this.#onError = options.onError;
    this.#room = options.room;
    this.#unwrittenFiles = options.unwritten;
  }

  /** Bytes so far, written or waiting: where the next append goes. */
  get size(): number {
    return this.#size;
  }

  /** How often chunks have gone on their way to the disk: while it stays the same, the last one can still be changed. */
  get writes(): number {
    return this.#writes;
  }

  /** Bytes from this place on, of so many, that the disk has not taken, and may never take. */
  missing({ offset, length }: { readonly offset: number; readonly length: number }): number {
    if (this.#unwritten.length === 0) return 0;
    return Math.max(0, offset + length - Math.max(offset, this.#onDisk));
  }

  /** Whether there is a place for more: on the disk as far as is known, else in memory. */
  takes(bytes: number): boolean {
    return this.#unwritten.length === 0 || this.#waiting + bytes <= this.#room.bytes;
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

  /** Settles when all of it has been handed to the system, or was refused by it; whoever appends later opens the file again. */
  async close(): Promise<void> {
    while (this.#waiting > 0) await this.written();
    await this.#closeFile();
  }

  /** Tries once more to write what the disk has not taken; says whether everything is there now. */
  async save(): Promise<boolean> {
    if (this.#unwritten.length > 0) await this.#write([]);
    await this.#closeFile();
    return this.#unwritten.length === 0;
  }

  /** Gives up what the disk has not taken. */
  forget(): void {
    this.#keep([]);
  }

  async #closeFile(): Promise<void> {
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

  /** A disk that is full must not stop a batch: what it does not take stays in memory, and it is said once. */
  async #write(chunks: readonly Buffer[]): Promise<void> {
    const isFull = this.#unwritten.length > 0 && chunks.length > 0;
    const all = [...this.#unwritten, ...chunks];
    this.#keep(isFull ? all : await this.#put(all));
  }

  /** Writes as much as the disk takes, and gives back the rest. */
  async #put(chunks: readonly Buffer[]): Promise<readonly Buffer[]> {
    let rest = chunks;
    try {
      this.#file ??= await open(this.#path, 'a', 0o600);
      while (rest.length > 0) {
        const { bytesWritten } = await this.#file.writev(rest.slice(0, maxVectors));
        this.#onDisk += bytesWritten;
        rest = after(rest, bytesWritten);
      }
    } catch (error) {
      this.#onError(messageOf(error));
    }
    return rest;
  }

  #keep(rest: readonly Buffer[]): void {
    this.#room.bytes += lengthOf(this.#unwritten) - lengthOf(rest);
    this.#unwritten = rest;
    if (rest.length === 0) this.#unwrittenFiles.withdraw(this.#path);
    else this.#unwrittenFiles.offer(this.#path, () => ({ offset: this.#onDisk, chunks: this.#unwritten }));
  }
}

/** As many buffers in one call as POSIX promises to take (IOV_MAX is at least 1024 on Linux and macOS). */
const maxVectors = 1024;

/** What comes after so many bytes. */
function after(chunks: readonly Buffer[], bytes: number): readonly Buffer[] {
  let left = bytes;
  const at = chunks.findIndex((chunk) => {
    if (chunk.length > left) return true;
    left -= chunk.length;
    return false;
  });
  if (at < 0) return [];
  const [first, ...others] = chunks.slice(at);
  return first ? [first.subarray(left), ...others] : [];
}

function lengthOf(chunks: readonly Buffer[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.length, 0);
}
