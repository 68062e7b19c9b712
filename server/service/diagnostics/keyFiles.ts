import type { MusterDocument } from '../document.ts';
import { resolveUri } from '../uris.ts';
import type { KeyFileState } from '../workspace.ts';
import type { Finding } from './finding.ts';
import type { Subject } from './subject.ts';

const messages: Readonly<Record<KeyFileState, string>> = {
  missing:
    'There is no such key file. Paths begin at the folder of the inventory, those with ~ at the home folder.',
  open: 'Other users of this machine may read this key, and OpenSSH refuses such keys. Run "chmod 600" on it.',
};

/** Key files that are not there, or that others may read, as far as anybody may look. */
export function* keyFileFindings({ document, workspace, range }: Subject): Iterable<Finding> {
  const { parsed } = document;
  const known = new Map<string, KeyFileState | undefined>();
  const stateOf = (place: string): KeyFileState | undefined => {
    if (!known.has(place)) known.set(place, lookAt(place, workspace));
    return known.get(place);
  };
  for (const base of [['defaults'], ...entriesOfNodes(document)]) {
    const written = parsed.writtenAt([...base, 'identityFile']);
    const files = Array.isArray(written) ? written : [written];
    for (const [at, file] of files.entries()) {
      const place = typeof file === 'string' ? placeOf(document, file) : undefined;
      const state = place === undefined ? undefined : stateOf(place);
      if (state === undefined) continue;
      const path = [...base, 'identityFile', ...(Array.isArray(written) ? [at] : [])];
      yield { code: 'inventory/key-file', message: messages[state], range: range(path, 'value') };
    }
  }
}

/** As the workspace is asked about it; paths are not expanded, so that braces are none. */
function placeOf({ document }: MusterDocument, file: string): string | undefined {
  return file.startsWith('~/') && !file.includes('{{') ? file : resolveUri(document.uri, file);
}

/** A public key beside it is enough for an agent that has the private one. */
function lookAt(place: string, workspace: Subject['workspace']): KeyFileState | undefined {
  if (workspace.exists(place) !== false) return workspace.keyFile(place);
  return workspace.exists(`${place}.pub`) === false ? 'missing' : undefined;
}

function entriesOfNodes({ parsed }: MusterDocument): readonly (readonly string[])[] {
  const nodes = parsed.writtenAt(['nodes']);
  return nodes instanceof Map ? [...(nodes as Map<string, unknown>).keys()].map((key) => ['nodes', key]) : [];
}
