import type { Entry, SettingEntries } from '../part.ts';
import { splitWords } from './words.ts';

/** What the arguments of an ssh command line say about a connection; `ignored` is what Muster does not take over. */
export type SshArguments = { readonly settings: SettingEntries; readonly ignored: readonly string[] };

/**
 * Reads what is in `ansible_ssh_common_args` and its like. Nothing of it is ever passed to a command line: what is
 * understood becomes a setting, the rest is left out.
 */
export function readSshArguments(entry: Entry<string>, resolvePath: (path: string) => string): SshArguments {
  const options = optionsIn(splitWords(entry.value)?.map(({ text }) => text) ?? []);
  const ignored: string[] = [];
  let settings: SettingEntries = {};
  for (const { name, value } of options) {
    const read = settingOf({ name, value }, entry, resolvePath);
    if (read) settings = { ...read, ...settings };
    else ignored.push(value === '' ? name : `${name} ${value}`);
  }
  return { settings, ignored };
}

type Option = { readonly name: string; readonly value: string };

/** `-o Name=value`, `-oName=value`, `-J host`, `-p22` as names of ssh_config(5). The first of equals counts. */
function optionsIn(words: readonly string[]): readonly Option[] {
  const options: Option[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const [, letter = '', attached = ''] = /^-([A-Za-z0-9])(.*)$/s.exec(word) ?? [];
    if (!'oJipl'.includes(letter) || letter === '') {
      options.push({ name: word, value: '' });
      continue;
    }
    const value = attached === '' ? (words[++at] ?? '') : attached;
    const [, name = '', text = ''] = /^\s*(\w+)(?:\s*=\s*|\s+)(.*)$/s.exec(value) ?? [];
    options.push(letter === 'o' ? { name: name.toLowerCase(), value: text } : { name: letter, value });
  }
  return options;
}

function settingOf(
  { name, value }: Option,
  { file, range }: Entry<string>,
  resolvePath: (path: string) => string,
): SettingEntries | undefined {
  const place = { ...(file !== undefined && { file }), ...(range && { range }) };
  const isOff = value.toLowerCase() === 'none';
  switch (name) {
    case 'J':
    case 'proxyjump':
      return { jump: { ...place, value: isOff ? [] : value.split(',').map((hop) => hop.trim()) } };
    case 'proxycommand':
      return isOff ? {} : { proxyCommand: { ...place, value } };
    case 'i':
    case 'identityfile':
      return { identityFiles: { ...place, value: [resolvePath(value)] } };
    case 'l':
    case 'user':
      return { user: { ...place, value } };
    case 'p':
    case 'port':
      return /^\d{1,5}$/.test(value) ? { port: { ...place, value: Number(value) } } : undefined;
    case 'userknownhostsfile':
      return value === '/dev/null'
        ? undefined
        : { knownHosts: { ...place, value: value.split(/\s+/).map(resolvePath) } };
    case 'identitiesonly':
      return { identitiesOnly: { ...place, value: value.toLowerCase() === 'yes' } };
    case 'stricthostkeychecking':
      return { strictHostKeyChecking: { ...place, value } };
    case 'connecttimeout':
      return /^\d{1,6}$/.test(value)
        ? { connectTimeoutMs: { ...place, value: Number(value) * 1000 } }
        : undefined;
    default:
      return undefined;
  }
}
