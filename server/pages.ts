import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const docs = join(import.meta.dirname, '..', 'docs');

/** Folder of the pages about rules: beside the server, in the sources and in the extension. */
export const rulePages = folderUri('rules');

/** Folder of the pages about keys of files; undefined where they are not there. */
export const keyPages = existsSync(join(docs, 'reference')) ? folderUri('reference') : undefined;

function folderUri(name: string): string {
  return `${pathToFileURL(join(docs, name)).href}/`;
}
