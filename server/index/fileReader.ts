import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FileText } from '../service/fileFacts.ts';
import type { FileFacts } from '../service/facts/packed.ts';

/** Reads large files beside everything else, one after the other. */
export type FileReader = {
  /** Rejects where the thread ends before it is done, as when a file takes more memory than it may have. */
  read(file: FileText): Promise<FileFacts | undefined>;
};

/** What the thread is sent, and what it answers. */
export type ReadRequest = { readonly id: number; readonly file: FileText };
export type ReadAnswer = { readonly id: number; readonly read: FileFacts | undefined };

/** Beside the sources, and beside the bundle. */
const program = join(
  import.meta.dirname,
  import.meta.filename.endsWith('.ts') ? 'readThread.ts' : 'server.js',
);
/** Megabytes of files that were read and of what is new: an inventory of 50,000 nodes fits. */
const limits = { maxOldGenerationSizeMb: 1024, maxYoungGenerationSizeMb: 8 };
/** Milliseconds: its memory is given back soon, and files that come one after the other find it still there. */
const patience = 100;

/** Reads in a thread that is there while there is something to read: all memory of it is given back then. */
export function createFileReader(): FileReader {
  const waiting = new Map<number, PromiseWithResolvers<FileFacts | undefined>>();
  let thread: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let count = 0;
  const gone = (worker: Worker, error: Error): void => {
    if (thread === worker) thread = undefined;
    else return;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const started = (): Worker => {
    const worker = new Worker(program, { resourceLimits: limits });
    worker.on('message', ({ id, read }: ReadAnswer) => {
      waiting.get(id)?.resolve(read);
      waiting.delete(id);
      if (waiting.size === 0) idle = setTimeout(() => end(worker), patience);
    });
    worker.on('error', (error) => gone(worker, error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', (code) => gone(worker, new Error(`The thread that reads files ended with ${code}.`)));
    return worker;
  };
  const end = (worker: Worker): void => {
    thread = undefined;
    void worker.terminate();
  };
  return {
    read(file) {
      clearTimeout(idle);
      const answer = Promise.withResolvers<FileFacts | undefined>();
      count += 1;
      waiting.set(count, answer);
      thread ??= started();
      thread.postMessage({ id: count, file } satisfies ReadRequest);
      return answer.promise;
    },
  };
}
