import type { Value } from '../../schema/value.ts';
import type { Entry, SettingEntries } from '../part.ts';
import type { Vars } from './draft.ts';
import { readSshArguments } from './sshArguments.ts';

/** What the vars of a host or group say about connections. */
export type AnsibleSettings = {
  readonly settings: SettingEntries;
  /** Why nothing can run over this connection. */
  readonly blocked?: string;
  /** Vars that have a meaning in Ansible and none here, with what to know about them. */
  readonly notes: readonly { readonly entry: Entry<Value>; readonly message: string }[];
};

type Context = { readonly resolvePath: (path: string) => string };

/** Connection vars of Ansible (documentation "Connection variables" of the ssh and local plugins), newest name first. */
export function ansibleSettings(vars: Vars, { resolvePath }: Context): AnsibleSettings {
  const text = (...names: string[]) => entryOf(vars, names, (value) => scalarText(value));
  const number = (...names: string[]) => entryOf(vars, names, wholeNumber);
  const host = text('ansible_host', 'ansible_ssh_host');
  const port = number('ansible_port', 'ansible_ssh_port');
  const user = text('ansible_user', 'ansible_ssh_user');
  const key = text('ansible_private_key_file', 'ansible_ssh_private_key_file');
  const timeout = number('ansible_timeout', 'ansible_ssh_timeout');
  const { transport, blocked } = transportOf(text('ansible_connection'));
  const notes: { entry: Entry<Value>; message: string }[] = [];
  let fromArguments: SettingEntries = {};
  // In the order in which Ansible puts them behind ssh, which takes the first of equals.
  for (const name of ['ansible_ssh_args', 'ansible_ssh_common_args', 'ansible_ssh_extra_args']) {
    const entry = argumentsIn(vars, name);
    if (!entry) continue;
    const read = readSshArguments(entry, resolvePath);
    fromArguments = { ...read.settings, ...fromArguments };
    if (read.ignored.length === 0) continue;
    notes.push({
      entry,
      message: `${name}: ${read.ignored.join(', ')} is not used: Muster does not run ssh with it.`,
    });
  }
  for (const name of passwords) {
    const entry = vars.get(name);
    if (entry)
      notes.push({
        entry,
        message: `${name} is not used: Muster asks for passwords, or uses keys and agents.`,
      });
  }
  return {
    settings: {
      ...fromArguments,
      ...(transport && { transport }),
      ...(host && { host }),
      ...(port && { port }),
      ...(user && { user }),
      ...(key && { identityFiles: map(key, (path) => [path.includes('{{') ? path : resolvePath(path)]) }),
      ...(timeout && { connectTimeoutMs: map(timeout, (seconds) => seconds * 1000) }),
    },
    ...(blocked !== undefined && { blocked }),
    notes,
  };
}

/** Of these also a template is read: what is in it as plain text counts, and what is not blocks. */
function argumentsIn(vars: Vars, name: string): (Entry<string> & { variable: string }) | undefined {
  const entry = vars.get(name);
  return typeof entry?.value === 'string' && entry.value.trim() !== ''
    ? { ...entry, value: entry.value, variable: name }
    : undefined;
}

const passwords = [
  'ansible_password',
  'ansible_ssh_pass',
  'ansible_ssh_password',
  'ansible_become_password',
  'ansible_become_pass',
];

function transportOf(entry: Entry<string> | undefined): { transport?: Entry<string>; blocked?: string } {
  if (!entry) return {};
  if (entry.unresolved !== undefined) return { transport: entry };
  const name = entry.value.replace(/^(?:ansible\.builtin|ansible\.netcommon)\./, '');
  if (['ssh', 'smart', 'paramiko', 'paramiko_ssh', 'libssh'].includes(name))
    return { transport: { ...entry, value: 'ssh' } };
  if (name === 'local') return { transport: { ...entry, value: 'local' } };
  return { blocked: `Its ansible_connection is "${entry.value}", which Muster does not have.` };
}

function map<T, U>(entry: Entry<T>, change: (value: T) => U): Entry<U> {
  return { ...entry, value: change(entry.value) };
}

/** The first var that is there; a template or what is encrypted stays as it is written, and can not be used. */
function entryOf<T extends Value>(
  vars: Vars,
  names: readonly string[],
  read: (value: Value) => T | undefined,
): Entry<T> | undefined {
  const entry = names.map((name) => vars.get(name)).find((each) => each !== undefined);
  if (!entry) return undefined;
  const { file, range } = entry;
  const place = { ...(file !== undefined && { file }), ...(range && { range }) };
  const value = read(entry.value);
  const reason = entry.unresolved ?? unusable(entry.value, value);
  if (reason === undefined && value !== undefined) return { ...place, value };
  // An unresolved value is shown and never used, whatever its type.
  return { ...place, value: entry.value as T, unresolved: reason ?? 'It has no value.' };
}

function unusable(written: Value, value: Value | undefined): string | undefined {
  if (typeof written === 'string' && /\{[{%#]/.test(written))
    return 'It is a template that only Ansible fills in.';
  return value === undefined ? 'It has another type than this setting takes.' : undefined;
}

function scalarText(value: Value): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' ? String(value) : undefined;
}

function wholeNumber(value: Value): number | undefined {
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}
