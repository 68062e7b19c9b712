import { nameOf } from './paths.ts';
import type { Files } from './part.ts';
import type { SourceType } from './source.ts';

/** The kind of source that a path is, by its name and the first lines of its content; the kinds differ enough for that. */
export function detectSource(path: string, files: Files): SourceType {
  const name = nameOf(path);
  const listed = files.list(path)?.map((entry) => entry.name);
  if (listed) return namedAsFile(name) ?? detectFolder(listed);
  if (/\.csv$|\.tsv$/i.test(name)) return 'csv';
  if (/(?:^|[._-])ssh_config$/.test(name) || (name === 'config' && path.includes('/.ssh/')))
    return 'ssh-config';
  if (name === 'groups.conf' || path.includes('/groups.d/') || path.includes('/groups.conf.d/'))
    return 'clustershell';
  const read = files.read(path);
  return 'text' in read ? detectText(name, read.text) : 'muster';
}

/** A folder that has the name of a file is a mistake, which the reader of such files tells. */
function namedAsFile(name: string): SourceType | undefined {
  if (/\.inventory\.ya?ml$/i.test(name)) return 'muster';
  return /\.[ct]sv$/i.test(name) ? 'csv' : undefined;
}

function detectFolder(names: readonly string[]): SourceType {
  if (names.includes('groups.conf') || names.includes('groups.d')) return 'clustershell';
  return 'ansible';
}

function detectText(name: string, text: string): SourceType {
  const head = text.slice(0, 200_000).replace(/^\ufeff/, '');
  const lines = head.split(/\r?\n/).filter((line) => line.trim() !== '' && !/^\s*[#;]/.test(line));
  if (/\.ya?ml$|\.json$/.test(name)) return detectYaml(head, name);
  if (
    lines.some((line) => /^\s*(?:host|match)\s+\S/i.test(line)) &&
    !lines.some((line) => /^\s*\[/.test(line))
  ) {
    return 'ssh-config';
  }
  if (lines.some((line) => /^\[[^\]\s:]+(?::\w+)?\]\s*(?:#.*)?$/.test(line.trim()))) return 'ansible';
  if (lines.some((line) => /\s[\w.-]+=\S/.test(line)) || /\.ini$|^hosts$/.test(name)) return 'ansible';
  if (/^---|^\w[\w-]*:\s*$/m.test(head)) return detectYaml(head, name);
  return 'hosts';
}

/** Keys at the top of the file tell the YAML kinds apart. */
function detectYaml(text: string, name: string): SourceType {
  if (text.trimStart().startsWith('{')) return detectJson(text);
  const keys = new Set([...text.matchAll(/^["']?([\w-]+)["']?\s*:/gm)].map(([, key]) => key));
  const version = /^version\s*:\s*["']?(\d)/m.exec(text)?.[1];
  if (/\.inventory\.ya?ml$/.test(name)) return 'muster';
  const isList = (key: string): boolean =>
    new RegExp(`^${key}\\s*:\\s*(?:\\[|#.*)?\\s*(?:\\n\\s*(?:#.*)?)*-\\s`, 'm').test(text);
  if (version === '2' && (keys.has('targets') || keys.has('groups') || keys.has('config'))) return 'bolt';
  if (keys.has('targets') || isList('groups') || (isList('nodes') && keys.has('config'))) return 'bolt';
  const ours = ['nodes', 'sources', 'defaults', 'tags'].some((key) => keys.has(key));
  if (ours || version === '1' || keys.has('groups')) return 'muster';
  if (keys.has('all') || /^\s+(?:hosts|children|vars)\s*:/m.test(text)) return 'ansible';
  return keys.size === 0 ? 'muster' : 'clustershell';
}

/** JSON is what `ansible-inventory --list` prints, unless its first key is the version that Muster's own files begin with. */
function detectJson(text: string): SourceType {
  return /^\s*\{\s*["']?version["']?\s*:\s*["']?1\b/.test(text) ? 'muster' : 'ansible';
}
