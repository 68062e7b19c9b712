import { parentPort } from 'node:worker_threads';
import { fileFacts } from '../service/fileFacts.ts';
import type { ReadAnswer, ReadRequest } from './fileReader.ts';

// A thread that reads large files, so that nobody who types waits for that.
parentPort?.on('message', ({ id, file }: ReadRequest) => {
  const read = fileFacts(file);
  const moved = read ? [read.facts.steps.buffer, read.facts.rows.buffer] : [];
  parentPort?.postMessage({ id, read } satisfies ReadAnswer, moved as ArrayBuffer[]);
});
