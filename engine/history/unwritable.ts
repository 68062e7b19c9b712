import { codeOf } from '../codeOf.ts';
import { messageOf } from '../../core/util/errors.ts';

/** Why a folder of the history takes nothing, and what to do. */
export function unwritable(folder: string, error: unknown): string {
  const why = `The history in ${folder} can not be written: ${messageOf(error)}`;
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return `${why}. Make room, for example with "muster history delete --until 90d", or name another data folder.`;
    case 'EACCES':
    case 'EPERM':
      return `${why}. It has to be yours to be read and written: change its owner, or name another data folder.`;
    default:
      return `${why}. Make the folder writable, or name another data folder.`;
  }
}
