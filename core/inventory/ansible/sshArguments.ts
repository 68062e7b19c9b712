import type { Entry, SettingEntries } from '../part.ts';
import { isTemplate } from './marks.ts';
import { splitWords } from './words.ts';

/** What the arguments of an ssh command line say about a connection; `ignored` is what Muster does not take over. */
export type SshArguments = { readonly settings: SettingEntries; readonly ignored: readonly string[] };

/**
 * Reads what is in `ansible_ssh_common_args` and its like. Nothing of it is ever passed to a command line: what is
 * understood becomes a setting, the rest is left out. Of a template nobody knows what it would say: it could be the way
 * to the node.
 */
export function readSshArguments(
  entry: Entry<string> & { readonly variable: string },
  resolvePath: (path: string) => string,
): SshArguments {
  if (entry.unresolved !== undefined) return { settings: unknownWay(entry, entry.unresolved), ignored: [] };
  const options = optionsIn(wordsOf(entry.value));
  const ignored: string[] = [];
  let settings: SettingEntries = {};
  for (const { name, value } of options) {
    const read = isTemplate(name)
      ? unknownWay(entry, onlyAnsible)
      : settingOf({ name, value }, entry, resolvePath);
    if (read) settings = { ...read, ...settings };
    else ignored.push(value === '' ? name : `${name} ${value}`);
  }
  return { settings, ignored };
}

const onlyAnsible = 'It is a template that only Ansible fills in.';

function unknownWay(entry: Entry<string> & { variable: string }, unresolved: string): SettingEntries {
  return { jump: { ...placeOf(entry), value: [entry.value], unresolved } };
}

/** Words, with templates in one piece. */
function wordsOf(text: string): readonly string[] {
  const templates: string[] = [];
  const whole = text.replace(
    /\{\{.*?\}\}|\{%.*?%\}/gs,
    (found) => `\uE000${templates.push(found) - 1}\uE001`,
  );
  const words = splitWords(whole)?.map((word) => word.text) ?? [];
  return words.map((word) =>
    word.replace(/\uE000(\d+)\uE001/g, (_, at: string) => templates[Number(at)] ?? ''),
  );
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

function placeOf({ file, range, variable }: Entry<string> & { variable: string }) {
  return { ...(file !== undefined && { file }), ...(range && { range }), variable };
}

function settingOf(
  { name, value }: Option,
  entry: Entry<string> & { variable: string },
  resolvePath: (path: string) => string,
): SettingEntries | undefined {
  const place = { ...placeOf(entry), ...(isTemplate(value) && { unresolved: onlyAnsible }) };
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
      if (isTemplate(value)) return unknownWay(entry, onlyAnsible);
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
