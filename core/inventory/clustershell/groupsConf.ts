import { visible } from '../../util/visible.ts';
import { addTo } from '../../util/lists.ts';
import { folderOf } from '../paths.ts';
import type { Complaint, SourceText } from '../sourceText.ts';
import { readSourceText } from '../sourceText.ts';
import type { ParseInput } from '../part.ts';
import type { Declared, DeclaredGroup, GroupSource } from './declared.ts';
import { addToGroup } from './declared.ts';
import type { FlatLine } from './parseFlat.ts';
import { flatGroups, flatLinesOf } from './parseFlat.ts';
import { yamlSources } from './parseYaml.ts';

/** Reads further files; what is wrong in them is collected here. */
export type Reader = { readonly input: ParseInput; readonly read: SourceText[] };

/** Files of one folder, at most. */
const mostFiles = 1000;

/**
 * Group sources of a `groups.conf` (groups.conf(5)): files of `confdir` and `autodir`, and its own sections. Upcalls
 * are commands and never executed. Where a command reads a group file with sed, as ClusterShell's own configuration
 * has it, that file is read instead.
 */
export function confSources(source: SourceText, lines: readonly FlatLine[], reader: Reader): Declared {
  const folder = folderOf(source.file);
  const main = new Map(
    lines.filter(({ section }) => section === 'Main').map((line) => [line.key, line.value.text]),
  );
  const sources = new Map<string, GroupSource>();
  const add = (found: readonly GroupSource[], from: SourceText): void => {
    for (const each of found) addSource(sources, each, from);
  };
  for (const path of foldersOf(main.get('confdir') ?? main.get('groupsdir'), folder)) {
    for (const file of filesIn(path, '.conf', reader))
      add(upcallSources(file, flatLinesOf(file), reader), file);
  }
  for (const path of foldersOf(main.get('autodir'), folder)) {
    for (const file of filesIn(path, '.yaml', reader)) add(yamlSources(file), file);
  }
  add(upcallSources(source, lines, reader), source);
  const wanted = main.get('default');
  const isUnknown = wanted !== undefined && wanted !== '' && !sources.has(wanted);
  const line = lines.find(({ section, key }) => section === 'Main' && key === 'default');
  if (isUnknown && line) {
    const message = `There is no group source "${visible(wanted)}".`;
    source.report(line.value, { code: 'clustershell/unknown-source', message, fix: 'Name one that exists.' });
  }
  const [first] = sources.keys();
  if (first === undefined) source.report({ start: 0, end: 0 }, noSources);
  return { sources, defaultSource: isUnknown || !wanted ? first : wanted };
}

const noSources: Complaint = {
  code: 'clustershell/no-source',
  message: 'The configuration has no group source.',
  fix: 'Name its "autodir", or read a group file itself.',
};

/** Whether a file says how groups are found, rather than the groups. */
export function isConf(lines: readonly FlatLine[]): boolean {
  return lines.some(({ section, key }) => section === 'Main' || (section !== '' && key === 'map'));
}

function addSource(sources: Map<string, GroupSource>, found: GroupSource, from: SourceText): void {
  if (!sources.has(found.name)) {
    sources.set(found.name, found);
    return;
  }
  const message = `The group source "${visible(found.name)}" is there already.`;
  from.report({ start: 0, end: 0 }, { code: 'clustershell/repeated-source', message, fix: 'Rename one.' });
}

/** Sources of the sections of a file. Several names of one section are several sources. */
function upcallSources(source: SourceText, lines: readonly FlatLine[], reader: Reader): GroupSource[] {
  const sections = new Map<string, FlatLine[]>();
  for (const line of lines) {
    if (line.section === 'Main' || line.section === '') continue;
    addTo(sections, line.section, line);
  }
  return [...sections].flatMap(([section, own]) => {
    const map = own.find(({ key }) => key === 'map');
    const [first] = own;
    if (!map || !first) {
      const message = `The group source "${visible(section)}" has no "map".`;
      source.report(first ?? { start: 0, end: 0 }, {
        code: 'clustershell/map',
        message,
        fix: 'Write one, or take the section out.',
      });
      return [];
    }
    const names = section.split(',').map((name) => name.trim());
    const found = names.map((name) => upcallSource(name, map, { source, reader }));
    const [left] = found.filter(({ commands }) => commands);
    if (left) source.report(map.value, notExecuted(left.name));
    return found;
  });
}

function notExecuted(name: string): Complaint {
  return {
    code: 'clustershell/upcall',
    severity: 'warning',
    message: `The groups of "${visible(name)}" come from commands, which are not executed: they are left out.`,
    fix: 'Put the groups into a YAML file, or print nodes with a command source.',
  };
}

function upcallSource(
  name: string,
  map: FlatLine,
  { source, reader }: { source: SourceText; reader: Reader },
): GroupSource {
  const file = fileOfCommand(map.value.text, folderOf(source.file), reader);
  return file
    ? { name, groups: groupsOfFile(file, name) }
    : { name, groups: new Map(), commands: { map: map.value.text } };
}

/** The file that a `sed` command reads, the first that is there. */
function fileOfCommand(command: string, folder: string, reader: Reader): SourceText | undefined {
  if (!/(?:^|[\s;|&])sed\s/.test(command)) return undefined;
  const words = command.replaceAll(/\$\{?CFGDIR\}?/g, folder).match(/(?:^|[\s=])\/[\w./+-]+/g) ?? [];
  for (const path of new Set(words.map((word) => word.replace(/^[\s=]/, '')))) {
    const read = reader.input.files.read(path);
    if ('text' in read) return opened(path, reader);
  }
  return undefined;
}

/** Groups of the section of this name, or of all lines of a file without sections. */
function groupsOfFile(file: SourceText, name: string): Map<string, DeclaredGroup> {
  const groups = new Map<string, DeclaredGroup>();
  const sections = flatGroups(file, flatLinesOf(file));
  const isPlain = [...sections.keys()].every((section) => section === '');
  for (const group of sections.get(isPlain ? '' : name) ?? []) addToGroup(groups, group);
  return groups;
}

function foldersOf(text: string | undefined, folder: string): Set<string> {
  const words = (text ?? '').match(/"[^"]*"|'[^']*'|\S+/g) ?? [];
  const paths = words.map((word) => word.replaceAll(/["']/g, '').replaceAll(/\$\{?CFGDIR\}?/g, folder));
  return new Set(paths.filter((path) => path.startsWith('/')).map((path) => path.replace(/\/+$/, '')));
}

/** Files of a folder with this ending, in order of their names. */
export function filesIn(folder: string, ending: string, reader: Reader): SourceText[] {
  const names = (reader.input.files.list(folder) ?? []).filter(
    ({ name, isFolder }) => !isFolder && name.endsWith(ending) && !name.startsWith('.'),
  );
  return names.slice(0, mostFiles).map(({ name }) => opened(`${folder}/${name}`, reader));
}

/** A file by its path, opened once. */
export function opened(path: string, reader: Reader): SourceText {
  const known = reader.read.find(({ file }) => file === path);
  if (known) return known;
  const source = readSourceText({ path, files: reader.input.files }, 'clustershell');
  reader.read.push(source);
  return source;
}
