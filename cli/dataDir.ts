import { resolve } from 'node:path';
import process from 'node:process';
import { dataFolder } from '../engine/folders.ts';

/** The folder of the history that was named, or the person's own. */
export function dataDirOf(named: string | undefined, home: string): string {
  return resolve(named ?? dataFolder(process.env, home));
}
