import { nameOf } from '../paths.ts';
import type { SourceText } from '../sourceText.ts';
import type { InventoryPart, ParseInput, PartGroup, PartNode } from '../part.ts';
import { emptyPart, mostNodes, undescribed } from '../part.ts';
import type { Declared, DeclaredGroup, GroupSource } from './declared.ts';
import { addToGroup } from './declared.ts';
import type { Evaluator, GroupId } from './evaluate.ts';
import { evaluatorOf } from './evaluate.ts';
import type { Reader } from './groupsConf.ts';
import { confSources, filesIn, isConf, opened } from './groupsConf.ts';
import { flatGroups, flatLinesOf } from './parseFlat.ts';
import { yamlSources } from './parseYaml.ts';

/**
 * Reads ClusterShell's groups: a YAML file of sources, a file of `group: node set` lines, a `groups.conf`, or a folder
 * with one of them. Groups of the default source have their bare names, those of others `source:group`; where there
 * are several sources both ways of naming the default one's work. Commands are never executed.
 */
export function parseClusterShell(input: ParseInput): InventoryPart {
  const reader: Reader = { input, read: [] };
  const declared = declaredIn(reader);
  const part = partOf(declared, evaluatorOf(declared), reader);
  return { ...part, problems: reader.read.flatMap(({ problems }) => problems) };
}

function declaredIn(reader: Reader): Declared {
  const { path, files } = reader.input;
  const names = new Set(files.list(path)?.map(({ name }) => name) ?? []);
  if (names.has('groups.conf')) return declaredInFile(opened(`${path}/groups.conf`, reader), reader);
  if (names.size === 0) return declaredInFile(opened(path, reader), reader);
  const folder = names.has('groups.d') ? `${path}/groups.d` : path;
  const plain = [
    ...(names.has('groups') ? [opened(`${path}/groups`, reader)] : []),
    ...filesIn(folder, '.cfg', reader),
  ];
  const found = [
    ...plain.flatMap((source) => flatSources(source)),
    ...filesIn(folder, '.yaml', reader).flatMap(yamlSources),
    ...filesIn(folder, '.yml', reader).flatMap(yamlSources),
  ];
  return declaredOf(found);
}

function declaredInFile(source: SourceText, reader: Reader): Declared {
  if (/\.ya?ml(?:\.|$)/.test(nameOf(source.file))) return declaredOf(yamlSources(source));
  const lines = flatLinesOf(source);
  if (isConf(lines)) return confSources(source, lines, reader);
  return declaredOf(flatSources(source, lines));
}

/** Lines before the first section belong to a source without a name. */
function flatSources(source: SourceText, lines = flatLinesOf(source)): GroupSource[] {
  return [...flatGroups(source, lines)].map(([name, list]) => {
    const groups = new Map<string, DeclaredGroup>();
    for (const group of list) addToGroup(groups, group);
    return { name, groups };
  });
}

/** Sources of one name unite. The default one is the nameless, that called `default`, or the first. */
function declaredOf(found: readonly GroupSource[]): Declared {
  const sources = new Map<string, GroupSource>();
  for (const source of found) {
    const known = sources.get(source.name);
    if (!known) sources.set(source.name, source);
    else for (const group of source.groups.values()) addToGroup(known.groups, group);
  }
  const [first] = sources.keys();
  const named = ['', 'default'].find((name) => sources.has(name));
  return { sources, defaultSource: named ?? first };
}

function partOf({ sources, defaultSource }: Declared, evaluator: Evaluator, reader: Reader): InventoryPart {
  const nameOfGroup = ({ source, name }: GroupId): string =>
    source === defaultSource ? name : `${source}:${name}`;
  const groups: PartGroup[] = [];
  const nodes = new Map<string, PartNode>();
  for (const source of sources.values()) {
    for (const group of source.groups.values()) {
      const { nodes: all, parts } = evaluator.group(source, group);
      const place = { range: group.source.rangeOf(group.place), ...fileOf(group.source, reader) };
      const id = { source: source.name, name: group.name };
      groups.push({
        ...undescribed,
        name: nameOfGroup(id),
        nodes: [...new Set(parts?.nodes ?? all)],
        groups: [...new Set(parts?.groups.map(nameOfGroup) ?? [])],
        place,
      });
      for (const name of all) if (!nodes.has(name)) nodes.set(name, { ...undescribed, name, place });
    }
  }
  if (nodes.size > mostNodes) reportTooMany(reader);
  if (nodes.size === 0) reportNothing(sources, reader);
  const prefixed =
    sources.size > 1 && defaultSource ? prefixedGroups(sources.get(defaultSource), groups) : [];
  return { ...emptyPart, nodes: [...nodes.values()].slice(0, mostNodes), groups: [...groups, ...prefixed] };
}

/** The groups of the default source once more, by their full names. */
function prefixedGroups(source: GroupSource | undefined, groups: readonly PartGroup[]): PartGroup[] {
  if (!source) return [];
  const places = new Map(groups.map(({ name, place }) => [name, place]));
  return [...source.groups.keys()].map((name) => ({
    ...undescribed,
    name: `${source.name}:${name}`,
    nodes: [],
    groups: [name],
    place: places.get(name) ?? {},
  }));
}

function fileOf({ file }: SourceText, { input }: Reader): { file?: string } {
  return file === input.path ? {} : { file };
}

function reportTooMany({ read }: Reader): void {
  const message = `The groups have more than ${mostNodes.toLocaleString('en')} nodes.`;
  read[0]?.report({ start: 0, end: 0 }, { code: 'clustershell/too-many', message, fix: 'Split them.' });
}

/** A configuration that gives nothing because all of it is commands is not simply empty. */
function reportNothing(sources: Declared['sources'], { read }: Reader): void {
  const [first] = read;
  if (sources.size === 0 || !first || ![...sources.values()].every(({ commands }) => commands)) return;
  const message = 'All groups of this configuration come from commands, which are not executed.';
  const fix = 'Put the groups into a YAML file, or print nodes with a command source.';
  first.report({ start: 0, end: 0 }, { code: 'clustershell/upcall', message, fix });
}
