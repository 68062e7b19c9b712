import { Readable, type Writable } from 'node:stream';
import type { ExecRequest } from '../../core/plugin/transport.ts';

/** Gives a process what it reads, no faster than it takes it, and ends its stdin. */
export function pour(input: ExecRequest['stdin'], stdin: Writable): void {
  if (input === undefined || input instanceof Uint8Array) stdin.end(input ?? '');
  else Readable.from(input, { objectMode: false }).pipe(stdin);
}
