import type { Files } from './part.ts';
import type { SourceRef } from './source.ts';

/**
 * Inventories that a folder usually has, found without any configuration: `.muster/inventory.yaml` and
 * `*.inventory.yaml`; else what its ansible.cfg names, or the files that Ansible and Bolt projects have.
 */
export function usualFiles(folder: string, files: Files): readonly SourceRef[] {
  const own = ownInventories(folder, files);
  if (own.length > 0) return own;
  const names = files.list(folder);
  if (!names) return [];
  const configured = ansibleConfigured(folder, files);
  if (configured.length > 0) return configured;
  const plain = new Set(names.filter(({ isFolder }) => !isFolder).map(({ name }) => name));
  const folders = new Set(names.filter(({ isFolder }) => isFolder).map(({ name }) => name));
  const isBolt = plain.has('bolt-project.yaml') || folders.has('Boltdir');
  const bolt = ['inventory.yaml', 'Boltdir/inventory.yaml'].map((name) => `${folder}/${name}`);
  const found = isBolt ? bolt.filter((path) => 'text' in files.read(path)) : [];
  if (found.length > 0) return found.map((path) => ({ type: 'bolt', path }));
  const usual = plainNames
    .filter((name) => plain.has(name))
    .map((name): SourceRef => ({ path: `${folder}/${name}` }));
  const ansible = ['inventory', 'inventories'].filter((name) => folders.has(name));
  return [...usual, ...ansible.flatMap((name) => inventoriesIn(`${folder}/${name}`, files))];
}

const plainNames = [
  'inventory.yaml',
  'inventory.yml',
  'inventory.ini',
  'inventory',
  'hosts',
  'hosts.ini',
  'hosts.yaml',
  'hosts.yml',
  'nodes.csv',
  'nodes.txt',
];

function ownInventories(folder: string, files: Files): readonly SourceRef[] {
  const named = (files.list(folder) ?? [])
    .filter(({ name, isFolder }) => !isFolder && name.endsWith('.inventory.yaml'))
    .map(({ name }) => `${folder}/${name}`);
  const hidden = files.list(`${folder}/.muster`)?.some(({ name }) => name === 'inventory.yaml');
  const paths = [...(hidden ? [`${folder}/.muster/inventory.yaml`] : []), ...named];
  return paths.map((path) => ({ type: 'muster', path }));
}

/** `inventory = hosts, more/` of the section [defaults]; a script there stays a matter of a command source. */
function ansibleConfigured(folder: string, files: Files): readonly SourceRef[] {
  const config = files.read(`${folder}/ansible.cfg`);
  if (!('text' in config)) return [];
  const section = /^\[defaults\]\s*$([\s\S]*?)(?=^\[|(?![\s\S]))/m.exec(config.text)?.[1] ?? '';
  const value = /^inventory\s*=\s*(.+)$/m.exec(section)?.[1] ?? '';
  const paths = value
    .split(',')
    .map((path) => path.trim())
    .filter((path) => path !== '' && !path.startsWith('~'));
  return paths.map((path) => ({
    type: 'ansible',
    path: path.startsWith('/') ? path : `${folder}/${path.replace(/^\.\//, '')}`,
  }));
}

/** A folder with inventories is one source; one with folders of them has one for each. */
function inventoriesIn(folder: string, files: Files): readonly SourceRef[] {
  const entries = files.list(folder) ?? [];
  const hasFiles = entries.some(({ name, isFolder }) => !isFolder && !name.startsWith('.'));
  if (hasFiles) return [{ type: 'ansible', path: folder }];
  const inner = entries.filter(
    ({ name, isFolder }) => isFolder && !name.startsWith('.') && !/^(?:group|host)_vars$/.test(name),
  );
  return inner.map(({ name }) => ({ type: 'ansible', path: `${folder}/${name}` }));
}
