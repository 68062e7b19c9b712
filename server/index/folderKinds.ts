import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isInside } from '../service/uris.ts';
import {
  type FileKinds,
  type IndexRules,
  kindsIn,
  rulesOfConfig,
  usualKinds,
  usualLargest,
} from './fileKinds.ts';

/** What files are, in each folder of the workspace. */
export type FolderKinds = {
  /** What holds for a folder, or for a file, by its canonical URI. */
  of(uri: string): FileKinds;
  /** Whether a file says what files are. */
  isConfig(uri: string): boolean;
  /** Takes these folders; reads their configurations anew. Tells whether that has changed anything. */
  read(folders: readonly string[]): boolean;
};

export type SaidOfFiles = {
  /** In the person's own configuration; the weakest. */
  readonly user?: IndexRules | undefined;
  /** In the settings of the editor; the strongest. */
  readonly client?: (() => IndexRules) | undefined;
};

export function createFolderKinds({ user, client }: SaidOfFiles = {}): FolderKinds {
  let known: readonly (readonly [folder: string, kinds: FileKinds])[] = [];
  let before = '';
  return {
    of: (uri) => known.find(([folder]) => isInside(uri, folder))?.[1] ?? usualKinds,
    isConfig: (uri) => known.some(([folder]) => configOf(folder) === uri),
    read(folders) {
      // The innermost first.
      const all = folders.toSorted((a, b) => b.length - a.length);
      const said = all.map((folder) => [folder, rulesFor(folder, { user, client })] as const);
      known = said.map(([folder, rules]) => [folder, kindsIn(folder, rules)]);
      const now = JSON.stringify(said, (_, value: unknown) =>
        value instanceof RegExp ? value.source : value,
      );
      const isOther = now !== before;
      before = now;
      return isOther;
    },
  };
}

function rulesFor(folder: string, { user, client }: SaidOfFiles): readonly IndexRules[] {
  return [user ?? [], rulesOfConfig(textOf(configOf(folder))), client?.() ?? []].flat();
}

function configOf(folder: string): string {
  return `${folder}/.muster/config.yaml`;
}

/** At once: what a document is has to be known when it is opened. Empty where there is none. */
function textOf(uri: string): string {
  try {
    const path = fileURLToPath(uri);
    const found = statSync(path);
    return found.isFile() && found.size <= usualLargest ? readFileSync(path, 'utf8') : '';
  } catch {
    return '';
  }
}
