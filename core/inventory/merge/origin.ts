import type { Origin } from '../model.ts';
import type { Place } from '../part.ts';
import type { LoadedSource } from './unite.ts';

/** Where something of a source was written. */
export function originOf({ state }: LoadedSource, { file, range }: Place): Origin {
  return { source: file ?? state.ref.path, ...(range !== undefined && { range }) };
}
