import type { ParseInput } from '../part.ts';
import { complain, type Draft, type Vars } from './draft.ts';
import { readPyYaml } from './pyYaml.ts';
import { setVars } from './readYaml.ts';

type Disk = Pick<ParseInput, 'files'>;

/** Files of one folder of vars, and folders in it, at most. */
const mostFiles = 1000;
const deepest = 8;

/**
 * Reads `group_vars/NAME` and `host_vars/NAME` beside an inventory: a file, with .yml, .yaml or .json, or a folder of
 * them. They win over what the inventory itself says of that group or host.
 */
export function readVarsFiles(folder: string, draft: Draft, disk: Disk): void {
  const groups = namesIn(`${folder}/group_vars`, disk);
  if (groups) {
    const wanted = [...new Set(['all', 'ungrouped', ...draft.groups.keys()])];
    for (const name of wanted) {
      const found = filesOf({ folder: `${folder}/group_vars`, name, entries: groups }, disk);
      if (found.length === 0) continue;
      const known = draft.groups.get(name) ?? addGroup(name, draft);
      for (const file of found) readVars(file, { vars: known.vars, draft }, disk);
    }
  }
  const hosts = namesIn(`${folder}/host_vars`, disk);
  if (!hosts) return;
  for (const { name, vars } of draft.hosts.values()) {
    for (const file of filesOf({ folder: `${folder}/host_vars`, name, entries: hosts }, disk)) {
      readVars(file, { vars, draft }, disk);
    }
  }
}

type Entries = ReadonlyMap<string, { readonly isFolder: boolean }>;

function namesIn(folder: string, { files }: Disk): Entries | undefined {
  const list = files.list(folder);
  return list && new Map(list.map(({ name, isFolder }) => [name, { isFolder }]));
}

const extensions = ['', '.yml', '.yaml', '.json'];

/** A folder of that name, or the first file; a name with `/` in it has none, and none leads out of the folder. */
function filesOf(
  { folder, name, entries }: { folder: string; name: string; entries: Entries },
  disk: Disk,
): readonly string[] {
  if (name.includes('/') || name === '..' || name === '.') return [];
  for (const extension of extensions) {
    const entry = entries.get(name + extension);
    if (!entry) continue;
    const path = `${folder}/${name}${extension}`;
    if (!entry.isFolder) return [path];
    if (extension === '') return filesBelow(path, 0, disk);
  }
  return [];
}

function filesBelow(folder: string, depth: number, disk: Disk): string[] {
  if (depth > deepest) return [];
  const found: string[] = [];
  for (const { name, isFolder } of disk.files.list(folder) ?? []) {
    if (name.startsWith('.') || name.endsWith('~')) continue;
    const path = `${folder}/${name}`;
    if (isFolder) found.push(...filesBelow(path, depth + 1, disk));
    else if (!name.includes('.') || /\.(?:yml|yaml|json)$/.test(name)) found.push(path);
    if (found.length >= mostFiles) return found.slice(0, mostFiles);
  }
  return found;
}

function addGroup(name: string, draft: Draft) {
  const group = { name, place: {}, vars: new Map(), hosts: new Set<string>(), children: new Set<string>() };
  draft.groups.set(name, group);
  return group;
}

function readVars(file: string, { vars, draft }: { vars: Vars; draft: Draft }, { files }: Disk): void {
  const reading = { draft, file };
  const read = files.read(file);
  if (!('text' in read)) {
    if ('unreadable' in read)
      complain(reading, undefined, { code: 'ansible/unreadable', message: read.unreadable });
    return;
  }
  if (read.text.startsWith('$ANSIBLE_VAULT;')) {
    const message = 'The file is encrypted with Ansible Vault: its vars are not known.';
    return complain(reading, undefined, { code: 'ansible/vault', message, severity: 'warning' });
  }
  const { value, problems } = readPyYaml(read.text);
  for (const problem of problems) draft.problems.push({ ...problem, file });
  if (problems.length > 0 || !value || (value.type === 'scalar' && value.value === null)) return;
  if (value.type === 'map') return setVars(vars, value.entries, reading);
  complain(reading, value.range, {
    code: 'ansible/type',
    message: 'The file is no map of vars.',
    fix: 'Write "key: value".',
  });
}
