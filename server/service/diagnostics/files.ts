import type { Finding } from './finding.ts';
import { nameOf } from '../uris.ts';
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
    const text = starts.get(/\.(task|playbook)\.yaml$/.exec(name)?.[1] ?? '');
    yield {
      code: 'files/missing',
      message: `There is no file ${nameOf(name)} there. Mend the path, which begins at the folder of this file, or make the file.`,
      range,
      ...(text !== undefined && {
        repairs: [{ title: `Make ${nameOf(name)}`, edits: [], creates: { [name]: text } }],
      }),
    };
  }
}

const starts: ReadonlyMap<string, string> = new Map([
  ['task', 'version: 1\nsteps:\n  - run: \n'],
  ['playbook', 'version: 1\nsteps:\n  - run: \n'],
]);

/** Nothing is known of files outside; that one is outside is only said where its path says so. */
function isAbsoluteElsewhere(written: string, uri: string, uris: readonly string[]): boolean {
  return uris.length > 0 && /^["']?(?:\/|\.\.\/)/.test(written) && !uris.includes(uri);
}
