import type { Location } from 'vscode-languageserver-types';
import type { Origin } from '../../../core/inventory/model.ts';
import type { Occurrence } from '../facts/occurrence.ts';
import { canonicalUri } from '../uris.ts';

export function locationOf({ uri, range }: Occurrence): Location {
  return { uri, range };
}

/** The beginning of a file. */
export function top(uri: string): Location {
  const start = { line: 0, character: 0 };
  return { uri, range: { start, end: start } };
}

/** Where the engine says that something was written; nowhere when that is no file. */
export function originLocation({ source, range }: Origin): readonly Location[] {
  const path = source.replaceAll('\\', '/');
  const isPath = /^(?:\/|[a-z]:\/)/i.test(path);
  if (!isPath && !source.startsWith('file:')) return [];
  const uri = isPath ? canonicalUri(`file://${path.startsWith('/') ? '' : '/'}${path}`) : source;
  if (!range) return [top(uri)];
  const start = { line: range.line - 1, character: range.column - 1 };
  return [{ uri, range: { start, end: start } }];
}
