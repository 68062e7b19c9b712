import { folderOf, nameOf, resolvePath } from '../paths.ts';
import { readSourceText } from '../sourceText.ts';
import type { InventoryPart, ParseInput } from '../part.ts';
import { complain, type Draft, emptyDraft } from './draft.ts';
import { partOf } from './partOf.ts';
import { readIni } from './readIni.ts';
import { readYaml } from './readYaml.ts';
import { readVarsFiles } from './varsFiles.ts';
import { hasErrors } from '../../util/problem.ts';

/**
 * Reads an Ansible inventory: an INI or YAML file, or a folder of them, with the group_vars and host_vars beside it.
 * The result is what `ansible-inventory --list` shows; where Ansible goes on with a part of a file, it is refused.
 */
export function parseAnsible(input: ParseInput): InventoryPart {
  const draft = emptyDraft();
  const isFolder = input.files.list(input.path) !== undefined;
  if (isFolder) readFolder(input, draft, 0);
  else readFile(input, draft);
  const folder = isFolder ? input.path : folderOf(input.path);
  readVarsFiles(folder, draft, input);
  const base = { ...input, path: `${folder}/inventory` };
  return partOf({ draft, path: input.path, resolvePath: (path) => resolvePath(path, base) });
}

/** Endings of files that Ansible leaves out of a folder (INVENTORY_IGNORE_EXTS). */
const ignored = /(?:~|\.(?:pyc|pyo|swp|bak|rpm|md|txt|rst|orig|ini|cfg|retry))$/;
const deepest = 8;

function readFolder(input: ParseInput, draft: Draft, depth: number): void {
  if (depth > deepest) {
    const message = `More than ${deepest} folders inside each other.`;
    return complain({ draft, file: input.path }, undefined, {
      code: 'ansible/too-deep',
      message,
      fix: 'Name the inner folder as an inventory of its own.',
    });
  }
  const entries = input.files.list(input.path) ?? [];
  const isVars = (name: string): boolean => name === 'group_vars' || name === 'host_vars';
  for (const { name, isFolder } of entries) {
    if (name.startsWith('.') || isVars(name)) continue;
    if (ignored.test(name)) {
      if (/\.(?:ini|cfg)$/.test(name) && name !== 'ansible.cfg' && !isFolder)
        noteLeftOut(`${input.path}/${name}`, draft);
      continue;
    }
    const inner = { ...input, path: `${input.path}/${name}` };
    if (isFolder) readFolder(inner, draft, depth + 1);
    else readFile(inner, draft);
  }
}

/** Ansible is silent about it, which has cost people an hour. */
function noteLeftOut(file: string, draft: Draft): void {
  const message = 'It is left out, as Ansible leaves out .ini and .cfg files of a folder.';
  const fix = 'Take the ending off, or name the file itself.';
  complain({ draft, file }, undefined, { code: 'ansible/left-out', message, fix, severity: 'warning' });
}

function readFile(input: ParseInput, draft: Draft): void {
  const source = readSourceText(input, 'ansible');
  const reading = { draft, file: input.path };
  for (const problem of source.problems) draft.problems.push(problem);
  if (hasErrors(source.problems)) return;
  const name = nameOf(input.path);
  const { text } = source;
  const range = source.rangeOf({ start: 0, end: Math.max(0, text.indexOf('\n')) });
  if (text.startsWith('$ANSIBLE_VAULT;')) {
    const message = 'The inventory is encrypted with Ansible Vault.';
    return complain(reading, range, {
      code: 'ansible/vault',
      message,
      fix: 'Decrypt it, or use a command source.',
    });
  }
  if (text.startsWith('#!')) {
    const message = 'This is a program, which is not run here.';
    return complain(reading, range, {
      code: 'ansible/program',
      message,
      fix: 'Name it as a source of type command.',
    });
  }
  if (name.endsWith('.toml')) {
    const message = 'TOML inventories are not read.';
    return complain(reading, range, { code: 'ansible/toml', message, fix: 'Write it as YAML or INI.' });
  }
  if (/\.(?:ya?ml|json)$/.test(name) || (!name.includes('.') && looksLikeYaml(text))) readYaml(text, reading);
  else readIni(text, reading);
}

/** A file without an ending is INI, unless it begins as a YAML or JSON document does. */
function looksLikeYaml(text: string): boolean {
  const [first = ''] = text.split('\n').filter((line) => line.trim() !== '' && !/^\s*[#;]/.test(line));
  return /^---|^\{|^[\w"'.-]+:\s*(?:#.*)?$/.test(first.trimEnd());
}
