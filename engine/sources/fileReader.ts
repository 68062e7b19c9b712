import { statSync } from 'node:fs';
import type { SourceRef } from '../../core/inventory/source.ts';
import { hasErrors } from '../../core/util/problem.ts';
import { stampOf } from './diskFiles.ts';
import type { ParseAside } from './parseAside.ts';
import { type ReadRequest, type ReadSource, readSource } from './readSource.ts';

/** A reading of a source, and the last one without errors. */
export type Reading = {
  readonly read: ReadSource;
  /** Milliseconds since the epoch. */
  readonly readAt: number;
  readonly good?: { readonly read: ReadSource; readonly readAt: number };
};

export type FileReader = { read(ref: SourceRef, isLinked: boolean): Promise<Reading> };

export type FileReaderDeps = {
  readonly home: string;
  /** Reads large sources in a process of its own; absent where nothing else waits for this one. */
  readonly aside?: ParseAside | undefined;
  readonly now: () => number;
};

/** Bytes from which on a file is read in a process of its own. */
const heavyBytes = 200_000;

/** Reads sources from disk. While all that was looked at is unchanged, the last reading stands. */
export function createFileReader({ home, aside, now }: FileReaderDeps): FileReader {
  const readings = new Map<string, Reading>();
  const running = new Map<string, Promise<Reading>>();
  const readAgain = async (key: string, request: ReadRequest): Promise<Reading> => {
    const read = aside && isHeavy(request) ? await aside.read(request) : readSource(request);
    const readAt = now();
    const before = readings.get(key);
    const good = hasErrors(read.part.problems) ? before?.good : { read, readAt };
    const reading = { read, readAt, ...(good && { good }) };
    readings.set(key, reading);
    return reading;
  };
  return {
    read({ type, path }, isLinked) {
      const key = `${type ?? ''} ${isLinked ? 'linked' : ''} ${path}`;
      const known = readings.get(key);
      if (known && isFresh(known.read)) return Promise.resolve(known);
      const already = running.get(key);
      if (already) return already;
      const request: ReadRequest = { type: type === 'command' ? undefined : type, path, home, isLinked };
      const reading = readAgain(key, request).finally(() => running.delete(key));
      running.set(key, reading);
      return reading;
    },
  };
}

function isFresh({ stamps }: ReadSource): boolean {
  for (const [path, stamp] of stamps) if (stampOf(path) !== stamp) return false;
  return true;
}

/** What an ssh_config says about other nodes is a function, which no process boundary takes; such files are small. */
function isHeavy({ type, path }: ReadRequest): boolean {
  if (type === 'ssh-config' || type === 'folders') return false;
  try {
    const info = statSync(path);
    return info.isDirectory() || info.size > heavyBytes;
  } catch {
    return false;
  }
}
