import type { Path } from '../../../core/yaml/places.ts';
import { folderOf, nameOf, relativePath } from '../uris.ts';
import type { Finding } from './finding.ts';
import type { Subject } from './subject.ts';

/** Files that a document names and that are not there, or where nobody else has them. */
export function* fileFindings({ document, workspace, occurrences }: Subject): Iterable<Finding> {
  const { languageId } = document.document;
  if (languageId !== 'muster-playbook' && languageId !== 'muster-task') return;
  for (const { kinds, name, range, role, path } of occurrences) {
    if (role !== 'reference' || !kinds.includes('file') || path[0] === 'secrets') continue;
    const isThere = workspace.exists(name);
    if (isThere === true) continue;
    if (isThere === undefined) {
      if (!isAbsoluteElsewhere(document.document.getText(range), name, workspace.uris)) continue;
      const message = 'This file is not in the workspace: whoever opens it elsewhere may not have the file.';
      yield { code: 'files/outside', message, range };
      continue;
    }
    const isFolder = /\/["']?$/.test(document.document.getText(range));
    const text = isFolder ? undefined : startOf(path);
    const folder = folderOf(relativePath(document.document.uri, name));
    const place = folder === '.' ? 'the folder of this file' : `${folder} (from the folder of this file)`;
    yield {
      code: 'files/missing',
      message: `There is no file ${nameOf(name)} in ${place}. Mend the path, or make the file.`,
      range,
      ...(text !== undefined && {
        repairs: [{ title: `Make ${nameOf(name)}`, edits: [], creates: { [name]: text } }],
      }),
    };
  }
}

/** With what a file begins that is made where it is named; undefined where it is not known what it is for. */
function startOf(path: Path): string | undefined {
  const [key, outer] = [path.at(-1), path.at(-2)];
  if (outer === 'ansible') return '- hosts: all\n  tasks: []\n';
  if (key === 'task' || key === 'playbook') return 'version: 1\nsteps:\n  - run: \n';
  if (key === 'script' || outer === 'script') return '#!/usr/bin/env sh\n';
  return path.includes('copy') || outer === 'template' ? '' : undefined;
}

/** Nothing is known of files outside; that one is outside is only said where its path says so. */
function isAbsoluteElsewhere(written: string, uri: string, uris: readonly string[]): boolean {
  return uris.length > 0 && /^["']?(?:\/|\.\.\/)/.test(written) && !uris.includes(uri);
}
