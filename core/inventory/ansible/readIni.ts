import type { TextRange } from '../../util/problem.ts';
import { linesOf } from '../../yaml/lines.ts';
import { mostNodes } from '../part.ts';
import { complain, type GroupDraft, groupIn, hostIn, isTooLarge, type Reading } from './draft.ts';
import { readHostPattern } from './hostPattern.ts';
import { literalOf } from './literal.ts';
import { splitWords, type Word } from './words.ts';

/** What a group still needs: members of `[x:children]` and `[x:vars]` want a section of their own somewhere. */
type Pending = { readonly range: TextRange; readonly section: string; readonly parents: Set<GroupDraft> };

type State = {
  readonly reading: Reading;
  readonly declared: Set<string>;
  readonly wanted: Map<string, Pending>;
  group: GroupDraft;
  kind: 'hosts' | 'children' | 'vars';
};

/** Problems that are listed of one file: a file of another kind has one on every line. */
const mostProblems = 100;
/** UTF-16 units of one line. */
const longestLine = 1_000_000;

/**
 * Reads an INI inventory as Ansible does (documentation "How to build your inventory" and the ini inventory plugin).
 * Lines that it refuses are errors, each at its place.
 */
export function readIni(text: string, reading: Reading): void {
  const lines = linesOf(text);
  const state: State = {
    reading,
    declared: new Set(['all', 'ungrouped', ...reading.draft.groups.keys()]),
    wanted: new Map(),
    group: groupIn(reading, 'ungrouped', lines.range(0, 0)),
    kind: 'hosts',
  };
  const before = reading.draft.problems.length;
  let start = 0;
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    const from = start + raw.indexOf(line);
    start += raw.length + 1;
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    if (line.length > longestLine) {
      const message = `The line has more than ${longestLine.toLocaleString('en')} characters.`;
      return complain(reading, lines.range(from, from), {
        code: 'ansible/too-long',
        message,
        fix: 'Divide it.',
      });
    }
    readLine({ text: line, range: lines.range(from, from + line.length) }, state);
    if (reading.draft.problems.length - before > mostProblems || isTooLarge(reading)) return;
  }
  for (const [name, { range, section }] of state.wanted) {
    if (state.declared.has(name)) continue;
    const message = section.endsWith(':vars')
      ? `[${section}] is for a group that no section declares.`
      : `[${section}] names the group "${name}", which no section declares.`;
    complain(reading, range, { code: 'ansible/unknown-group', message, fix: `Add a section [${name}].` });
  }
}

type Line = { readonly text: string; readonly range: TextRange };

function readLine(line: Line, state: State): void {
  const [, name, kind] = /^\[([^:\]\s]+)(?::(\w+))?\]\s*(?:#.*)?$/.exec(line.text) ?? [];
  if (name !== undefined) return readSection(line, { name, kind: kind ?? 'hosts' }, state);
  if (line.text.startsWith('[') && line.text.endsWith(']')) {
    const message = `${line.text} is no section.`;
    return complain(state.reading, line.range, {
      code: 'ansible/section',
      message,
      fix: 'Write [group], [group:children] or [group:vars].',
    });
  }
  if (line.text.startsWith('[') && !line.text.includes(']')) {
    const message = `The section ${line.text} is not closed.`;
    return complain(state.reading, line.range, {
      code: 'ansible/section',
      message,
      fix: 'Write "]" at its end.',
    });
  }
  if (state.kind === 'hosts') readHosts(line, state);
  else if (state.kind === 'vars') readVariable(line, state);
  else readChild(line, state);
}

function readSection({ range }: Line, { name, kind }: { name: string; kind: string }, state: State): void {
  if (kind !== 'hosts' && kind !== 'children' && kind !== 'vars') {
    const fix = 'Sections of a group are [group], [group:children] and [group:vars].';
    return complain(state.reading, range, {
      code: 'ansible/section',
      message: `[${name}:${kind}] has an unknown kind.`,
      fix,
    });
  }
  state.group = groupIn(state.reading, name, range);
  state.kind = kind;
  if (kind === 'vars') {
    if (!state.wanted.has(name))
      state.wanted.set(name, { range, section: `${name}:vars`, parents: new Set() });
    return;
  }
  state.declared.add(name);
  // Ansible's order of children: those that were declared before their parent's list, then the others as they come.
  for (const parent of state.wanted.get(name)?.parents ?? []) parent.children.add(name);
}

function readHosts({ text, range }: Line, { reading, group }: State): void {
  const words = splitWords(text);
  const [first, ...rest] = words ?? [];
  if (!first) {
    return complain(reading, range, {
      code: 'ansible/quote',
      message: 'A quote is not closed, or the line ends with "\\".',
      fix: 'Close the quote, or take the "\\" out.',
    });
  }
  const { draft } = reading;
  const found = readHostPattern(first.text, Math.max(0, mostNodes - draft.hosts.size));
  if (!('names' in found)) return complain(reading, range, { code: 'ansible/range', ...found });
  if (first.text.trim() === '---') {
    const fix = 'Give the file a name that ends with .yml.';
    return complain(reading, range, { code: 'ansible/yaml', message: '"---" begins a YAML file.', fix });
  }
  const vars = rest.map((word) => assignment(word));
  const odd = rest.find((word) => !word.text.includes('='));
  if (odd) {
    const fix = 'Write key=value, in quotes where it has spaces.';
    const message = `"${odd.text}" after a host is no key=value.`;
    return complain(reading, range, { code: 'ansible/variable', message, fix });
  }
  for (const name of found.names) {
    // A port counts where a host is first named, and only there.
    const isNew = !draft.hosts.has(name);
    const host = hostIn(reading, name, range);
    group.hosts.add(name);
    if (isNew && found.port !== undefined) {
      host.vars.set('ansible_port', { file: reading.file, range, value: found.port });
    }
    for (const [key, value] of vars) host.vars.set(key, { file: reading.file, range, value });
  }
}

function assignment({ text }: Word): [string, ReturnType<typeof literalOf>] {
  const equals = text.indexOf('=');
  return [text.slice(0, equals), literalOf(text.slice(equals + 1))];
}

function readVariable({ text, range }: Line, { reading, group }: State): void {
  const equals = text.indexOf('=');
  if (equals === -1) {
    const message = `"${text}" is no key=value.`;
    return complain(reading, range, { code: 'ansible/variable', message, fix: 'Write key=value.' });
  }
  const value = literalOf(text.slice(equals + 1).trim());
  group.vars.set(text.slice(0, equals).trim(), { file: reading.file, range, value });
}

function readChild({ text, range }: Line, { reading, group, declared, wanted }: State): void {
  const [, name] = /^([^:\]\s]+)\s*(?:#.*)?$/.exec(text) ?? [];
  if (name === undefined) {
    return complain(reading, range, {
      code: 'ansible/group',
      message: `"${text}" is no name of a group.`,
      fix: 'Write one name on each line.',
    });
  }
  const isThere = declared.has(name) || reading.draft.groups.has(name);
  if (isThere) group.children.add(name);
  if (declared.has(name)) return;
  const pending = wanted.get(name) ?? { range, section: `${group.name}:children`, parents: new Set() };
  wanted.set(name, pending);
  if (!isThere) pending.parents.add(group);
}
