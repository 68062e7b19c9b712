import { insertion } from '../edit/entries.ts';
import type { MusterDocument } from '../document.ts';
import type { Workspace } from '../workspace.ts';
import type { Repair } from './finding.ts';

/** Groups that are offered for a variable. */
const mostOffered = 2;

/** Gives nodes a variable by the smallest groups that have all of them in them. */
export function groupRepairs(
  name: string,
  nodes: readonly string[],
  { inventory, document, uris, facts }: Workspace,
): readonly Repair[] {
  const fitting = [...inventory.groups.keys()]
    .map((group) => ({ group, members: new Set(inventory.members(group)) }))
    .filter(({ members }) => nodes.every((node) => members.has(node)))
    .toSorted((a, b) => a.members.size - b.members.size);
  return fitting.slice(0, mostOffered).flatMap(({ group }): Repair[] => {
    for (const uri of uris) {
      if (facts(uri)?.languageId !== 'muster-inventory') continue;
      const file = document(uri);
      const edit = file && groupEdit(file, group, name);
      if (file && edit)
        return [
          {
            title: `Give "${name}" to group ${group}`,
            edits: [],
            elsewhere: { [file.document.uri]: [edit] },
          },
        ];
    }
    return [];
  });
}

/** Only where the group is a map of keys already: a list of its nodes would have to be written anew. */
function groupEdit(file: MusterDocument, group: string, name: string) {
  const written = file.parsed.writtenAt(['groups', group]);
  if (typeof written !== 'object' || written === null || Array.isArray(written)) return undefined;
  const path = ['groups', group];
  return file.parsed.writtenAt([...path, 'vars']) === undefined
    ? insertion(file, path, ['vars', `{ ${name}: '' }`])
    : insertion(file, [...path, 'vars'], [name, "''"]);
}
