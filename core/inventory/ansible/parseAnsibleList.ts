import { isMap, type Value } from '../../schema/value.ts';
import { resolvePath } from '../paths.ts';
import type { InventoryPart } from '../part.ts';
import { complain, emptyDraft, groupIn, hostIn, isTooLarge, type Reading, type Vars } from './draft.ts';
import { withoutMarks } from './marks.ts';
import { partOf } from './partOf.ts';
import { encrypted } from './readYaml.ts';

/**
 * Reads what `ansible-inventory --list` and dynamic inventory scripts print: JSON with groups as lists of hosts or as
 * `{hosts, vars, children}`, and the vars of hosts under `_meta.hostvars`.
 */
export function parseAnsibleList(
  text: string,
  { path, home }: { path: string; home: string },
): InventoryPart {
  const draft = emptyDraft();
  const reading = { draft, file: path };
  const top = parsed(text);
  if (isMap(top)) readGroups(top, reading);
  else {
    const fix = 'It has to print JSON in the shape of "ansible-inventory --list".';
    complain(reading, undefined, {
      code: 'ansible/json',
      message: 'What was printed is no JSON object.',
      fix,
    });
  }
  return partOf({
    draft,
    path,
    resolvePath: (inner) => resolvePath(inner, { path: `${path}/inventory`, home }),
  });
}

type Map = Readonly<Record<string, Value>>;

function parsed(text: string): Value | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    // JSON has no other values than these.
    return value as Value;
  } catch {
    return undefined;
  }
}

const nowhere = { start: 0, end: 0, line: 1, column: 1 };

function readGroups(top: Map, reading: Reading): void {
  for (const [name, value] of Object.entries(top)) {
    if (name === '_meta') continue;
    const group = groupIn(reading, name, nowhere);
    const { hosts, children, vars } = Array.isArray(value) ? { hosts: value } : groupOf(value);
    for (const host of textsOf(hosts)) {
      hostIn(reading, host, nowhere);
      group.hosts.add(host);
    }
    for (const child of textsOf(children)) group.children.add(child);
    if (isMap(vars)) setAll(group.vars, vars, reading);
  }
  for (const group of reading.draft.groups.values()) {
    for (const child of group.children) groupIn(reading, child, nowhere);
  }
  const meta = top['_meta'];
  const hostvars = isMap(meta) ? meta['hostvars'] : undefined;
  for (const [name, vars] of Object.entries(isMap(hostvars) ? hostvars : {})) {
    if (isMap(vars)) setAll(hostIn(reading, name, nowhere).vars, vars, reading);
  }
  isTooLarge(reading);
}

function groupOf(value: Value | undefined): { hosts?: Value; children?: Value; vars?: Value } {
  return isMap(value) ? value : {};
}

function setAll(vars: Vars, values: Map, { file }: Reading): void {
  for (const [key, written] of Object.entries(values)) {
    const { value, ansible, isVault } = withoutMarks(written);
    vars.set(key, {
      file,
      value,
      ...(ansible !== undefined && { ansible }),
      ...(isVault && { unresolved: encrypted }),
    });
  }
}

function textsOf(value: Value | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
