import type { Value } from '../../schema/value.ts';
import type { Problem, TextRange } from '../../util/problem.ts';
import { type Entry, mostNodes, type Place } from '../part.ts';
import { type Complaint, problemOf } from '../sourceText.ts';

/** Vars by name; a later value takes the place of an earlier one. */
export type Vars = Map<string, Entry<Value>>;

export type HostDraft = { readonly name: string; readonly place: Place; readonly vars: Vars };
export type GroupDraft = {
  readonly name: string;
  readonly place: Place;
  readonly vars: Vars;
  readonly hosts: Set<string>;
  readonly children: Set<string>;
};

/** An Ansible inventory while its files are read: groups of one name unite, hosts too. */
export type Draft = {
  readonly hosts: Map<string, HostDraft>;
  /** With `all` and `ungrouped`, where something is said about them. */
  readonly groups: Map<string, GroupDraft>;
  readonly problems: Problem[];
};

export function emptyDraft(): Draft {
  return { hosts: new Map(), groups: new Map(), problems: [] };
}

/** Whether the draft has more hosts than it may have: then it is emptied, and an error is all that is left of it. */
export function isTooLarge(reading: Reading): boolean {
  const { draft } = reading;
  if (draft.hosts.size <= mostNodes) return false;
  draft.hosts.clear();
  draft.groups.clear();
  const message = `The inventory has more than ${mostNodes.toLocaleString('en')} hosts.`;
  complain(reading, undefined, { code: 'ansible/too-many', message, fix: 'Split it.' });
  return true;
}

/** A file that is being read into a draft. */
export type Reading = { readonly draft: Draft; readonly file: string };

export function groupIn({ draft, file }: Reading, name: string, range: TextRange): GroupDraft {
  const known = draft.groups.get(name);
  if (known) return known;
  const place = { file, range };
  const group = { name, place, vars: new Map(), hosts: new Set<string>(), children: new Set<string>() };
  draft.groups.set(name, group);
  return group;
}

export function hostIn({ draft, file }: Reading, name: string, range: TextRange): HostDraft {
  const known = draft.hosts.get(name);
  if (known) return known;
  const host = { name, place: { file, range }, vars: new Map() };
  draft.hosts.set(name, host);
  return host;
}

/** Adds a problem of a file. */
export function complain({ draft, file }: Reading, range: TextRange | undefined, complaint: Complaint): void {
  draft.problems.push(problemOf(complaint, { file, ...(range && { range }) }));
}
