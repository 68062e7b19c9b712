import { messageOf } from '../../core/util/errors.ts';

/** Why a folder of the history takes nothing. */
export function unwritable(folder: string, error: unknown): string {
  return `The history in ${folder} can not be written: ${messageOf(error)}. Make the folder writable, or name another data folder.`;
}
