import { pathToFileURL } from 'node:url';
import { canonicalUri } from '../service/uris.ts';

/** The canonical URI of a file of this machine. */
export function uriOfPath(path: string): string {
  return canonicalUri(pathToFileURL(path).href);
}
