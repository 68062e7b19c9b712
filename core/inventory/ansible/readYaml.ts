import type { TextRange } from '../../util/problem.ts';
import { mostNodes } from '../part.ts';
import { complain, type GroupDraft, groupIn, hostIn, isTooLarge, type Reading, type Vars } from './draft.ts';
import { readHostPattern } from './hostPattern.ts';
import { hasMark, markedOf, plainOf, readPyYaml, type YamlEntry, type YamlValue } from './pyYaml.ts';

/** Reads a YAML (or JSON) inventory: groups with `hosts`, `vars` and `children`, as Ansible's yaml inventory plugin. */
export function readYaml(text: string, reading: Reading): void {
  const { value, problems } = readPyYaml(text);
  for (const problem of problems) reading.draft.problems.push({ ...problem, file: reading.file });
  if (problems.length > 0) return;
  const top = value ?? { type: 'scalar', value: null, range: noRange };
  if (isNothing(top)) return;
  if (top.type !== 'map') {
    const fix = 'Write groups by name, such as "all:" with "hosts:" in it.';
    return complain(reading, top.range, {
      code: 'ansible/type',
      message: 'The inventory is no map of groups.',
      fix,
    });
  }
  const plugin = top.entries.get('plugin');
  if (plugin) {
    const message = 'This configures an inventory plugin, which only Ansible can run.';
    const fix = 'Use a command source that runs "ansible-inventory --list".';
    return complain(reading, plugin.key, { code: 'ansible/plugin', message, fix });
  }
  for (const [name, entry] of top.entries) {
    readGroup(name, entry, reading);
    if (isTooLarge(reading)) return;
  }
}

const noRange: TextRange = { start: 0, end: 0, line: 1, column: 1 };

function readGroup(name: string, { key, value }: YamlEntry, reading: Reading): GroupDraft | undefined {
  if (!isNothing(value) && value.type !== 'map') {
    const message = `"${name}" is no group: it is not a map.`;
    complain(reading, key, { code: 'ansible/group', message, severity: 'warning' });
    return undefined;
  }
  const group = groupIn(reading, name, key);
  if (value.type !== 'map') return group;
  for (const [section, entry] of value.entries) readSection(group, { section, entry }, reading);
  return group;
}

type Section = { section: string; entry: YamlEntry };

function readSection(group: GroupDraft, { section, entry }: Section, reading: Reading): void {
  const isKnown = section === 'hosts' || section === 'vars' || section === 'children';
  if (isNothing(entry.value)) return;
  if (!isKnown) {
    const message = `"${section}" in group "${group.name}" is not read.`;
    const fix = 'A group has "hosts", "vars" and "children".';
    return complain(reading, entry.key, { code: 'ansible/key', message, fix, severity: 'warning' });
  }
  const entries = namedEntries(entry.value);
  if (!entries) {
    const message = `"${section}" of group "${group.name}" is no map.`;
    return complain(reading, entry.value.range, {
      code: 'ansible/type',
      message,
      fix: 'End each name with ":".',
    });
  }
  if (section === 'vars') setVars(group.vars, entries, reading);
  else if (section === 'hosts') for (const [name, host] of entries) readHost(group, { name, host }, reading);
  else {
    for (const [name, child] of entries) {
      if (readGroup(name, child, reading)) group.children.add(name);
    }
  }
}

/** One name may stand without a map. */
function namedEntries(value: YamlValue): ReadonlyMap<string, YamlEntry> | undefined {
  if (value.type === 'map') return value.entries;
  if (value.type !== 'scalar' || typeof value.value !== 'string') return undefined;
  const nothing: YamlValue = { type: 'scalar', value: null, range: value.range };
  return new Map([[value.value, { key: value.range, isText: true, value: nothing }]]);
}

function readHost(
  group: GroupDraft,
  { name, host }: { name: string; host: YamlEntry },
  reading: Reading,
): void {
  if (!host.isText) {
    const fix = `Quote it: write "${name}".`;
    return complain(reading, host.key, {
      code: 'ansible/host',
      message: `The host ${name} is no text.`,
      fix,
    });
  }
  const { draft } = reading;
  const found = readHostPattern(name, Math.max(0, mostNodes - draft.hosts.size));
  if (!('names' in found)) return complain(reading, host.key, { code: 'ansible/range', ...found });
  if (!isNothing(host.value) && host.value.type !== 'map') {
    const message = `The vars of host "${name}" are no map.`;
    return complain(reading, host.value.range, {
      code: 'ansible/type',
      message,
      fix: 'Write "key: value" below it.',
    });
  }
  if (draft.hosts.size > mostNodes) return;
  for (const each of found.names) {
    const isNew = !draft.hosts.has(each);
    const known = hostIn(reading, each, host.key);
    group.hosts.add(each);
    if (isNew && found.port !== undefined) {
      known.vars.set('ansible_port', { file: reading.file, range: host.key, value: found.port });
    }
    if (host.value.type === 'map') setVars(known.vars, host.value.entries, reading);
  }
}

/** Adds the vars of a map. What Ansible would have to decrypt is kept as it is written, and can not be used. */
export function setVars(vars: Vars, entries: ReadonlyMap<string, YamlEntry>, { file }: Reading): void {
  for (const [key, { value }] of entries) {
    const isVault = hasMark(value, '__ansible_vault');
    const isMarked = isVault || hasMark(value, '__ansible_unsafe');
    vars.delete(key);
    vars.set(key, {
      file,
      range: value.range,
      value: plainOf(value),
      ...(isMarked && { ansible: markedOf(value) }),
      ...(isVault && { unresolved: encrypted }),
    });
  }
}

/** Why an encrypted value can not be used. */
export const encrypted = 'It is encrypted with Ansible Vault.';

function isNothing(value: YamlValue): boolean {
  return value.type === 'scalar' && value.value === null;
}
