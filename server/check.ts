import { readFile } from 'node:fs/promises';
import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism, homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Asker, createAsker } from './askShellcheck.ts';
import { createDiskFiles } from './index/diskFiles.ts';
import { createFileTexts } from './index/fileTexts.ts';
import { createScheduler } from './index/scheduler.ts';
import { filesBelow, listFolder, pathKind } from './index/workspaceFiles.ts';
import { told, type Told } from './service/diagnostics/diagnose.ts';
import type { Finding } from './service/diagnostics/finding.ts';
import { byPlace, findingsOf } from './service/diagnostics/findings.ts';
import { type MusterDocument, readerFor } from './service/document.ts';
import { languageOf } from './service/languages.ts';
import { keysOf } from './service/edit/entries.ts';
import { commentFindings } from './service/shell/comments.ts';
import { scriptsIn } from './service/shell/scripts.ts';
import { configuredLevels, type RuleLevels, ruleLevels } from './service/rules/levels.ts';
import { canonicalUri, isInside } from './service/uris.ts';
import { indexed, type Workspace, workspaceFor, workspaceOf } from './service/workspace.ts';

export type { Told } from './service/diagnostics/diagnose.ts';
export { levelOf, type RuleLevels } from './service/rules/levels.ts';
export type { Level, Rule } from './service/rules/rule.ts';
export { ruleOf } from './service/rules/rules.ts';

/** A file to check, and as what it is read: its name need not say. */
export type CheckedFile = { readonly path: string; readonly languageId: string };

export type CheckResult = {
  readonly path: string;
  readonly document: MusterDocument;
  readonly told: readonly Told[];
};

/**
 * Checks files as the editor would with the folder of each open: the nearest one above it that has a `.muster` or `.git`
 * in it, else its own. Throws what reading a file throws.
 */
export async function checkFiles(
  files: readonly CheckedFile[],
  user: UserConfig,
  { shellcheck }: { readonly shellcheck: string | undefined },
): Promise<readonly CheckResult[]> {
  const asker = createAsker(() => shellcheck);
  const byRoot = new Map<string, CheckedFile[]>();
  for (const file of files) {
    const root = rootOf(file.path);
    byRoot.set(root, [...(byRoot.get(root) ?? []), file]);
  }
  const results: CheckResult[] = [];
  for (const [root, members] of byRoot) {
    const opened = await Promise.all(members.map(open));
    const workspace = await workspaceAt(root, {
      opened: opened.map(({ document }) => document),
      userServices: user.services,
    });
    const levels = new Map([...user.levels, ...configuredLevels(workspace)]);
    const commands = await inLanes(opened, ({ document }) => commandFindings(document, asker));
    for (const [at, { path, document }] of opened.entries()) {
      const around = workspaceFor(document, workspace);
      const found = [...findingsOf(document, around), ...(commands[at] ?? [])].toSorted(byPlace);
      results.push({ path, document, told: told(document, found, levels) });
    }
  }
  return files.flatMap(({ path }) => results.find((each) => each.path === path) ?? []);
}

/** What ShellCheck says of the commands of a document. */
async function commandFindings(document: MusterDocument, asker: Asker): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  for (const script of scriptsIn(document))
    found.push(...commentFindings(await asker.ask(script, document.document.uri), script, document));
  return found;
}

/** Work on every item, as much at once as there are processors. */
async function inLanes<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const made: R[] = [];
  const waiting = [...items.entries()];
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) made[next[0]] = await work(next[1]);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
  return made;
}

/** Paths of all files of ours below a folder, as their names say. */
export async function filesOfOurs(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const uri of filesBelow(pathToFileURL(folder).href)) found.push(fileURLToPath(uri));
  return found.toSorted();
}

/** As what a file is read by its name; undefined for one that is none of ours. */
export function languageOfPath(path: string): string | undefined {
  return languageOf(pathToFileURL(path).href);
}

/** What the configuration of the user has for files that are checked. */
export type UserConfig = { readonly levels: RuleLevels; readonly services: readonly string[] };

export async function userConfigAt(path: string): Promise<UserConfig> {
  if (!existsSync(path)) return { levels: new Map(), services: [] };
  const { document } = await open({ path, languageId: 'muster-config' });
  const { parsed } = document;
  return {
    levels: ruleLevels(parsed.writtenAt(['rules'])),
    services: keysOf(parsed.writtenAt(['services'])),
  };
}

async function open({ path, languageId }: CheckedFile): Promise<{ path: string; document: MusterDocument }> {
  const read = readerFor(languageId);
  if (!read) throw new Error(`There is no language ${languageId}.`);
  const text = await readFile(path, 'utf8');
  const uri = canonicalUri(pathToFileURL(path).href);
  return { path, document: read(TextDocument.create(uri, languageId, 1, text.replace(/^\uFEFF/, ''))) };
}

/** A home folder is no project, whatever is in it. */
function rootOf(path: string): string {
  const own = dirname(path);
  for (let folder = own; folder !== homedir() && folder !== dirname(folder); folder = dirname(folder))
    if (isProject(folder)) return folder;
  return own;
}

function isProject(folder: string): boolean {
  return existsSync(join(folder, '.muster')) || existsSync(join(folder, '.git'));
}

type Known = { readonly opened: readonly MusterDocument[]; readonly userServices: readonly string[] };

async function workspaceAt(root: string, { opened, userServices }: Known): Promise<Workspace> {
  const folder = canonicalUri(pathToFileURL(root).href);
  const disk = createDiskFiles(createScheduler());
  const texts = createFileTexts();
  if (isProject(root)) await disk.readAll([folder]);
  else await disk.read(besides(root), [folder]);
  const files = new Map([
    ...disk.known,
    ...opened.map((document) => [document.document.uri, indexed(document)] as const),
  ]);
  return workspaceOf({
    files: [...files.values()],
    userServices,
    exists: (uri) => (isInside(uri, folder) ? pathKind(uri) !== undefined : undefined),
    list: (each) => (isInside(each, folder) ? listFolder(each, [folder]) : undefined),
    text: (uri) => (isInside(uri, folder) ? texts(uri, [folder]) : undefined),
  });
}

/** Files of ours in one folder; nobody knows how much there is below it. */
function besides(root: string): readonly string[] {
  return readdirSync(root)
    .map((name) => canonicalUri(pathToFileURL(join(root, name)).href))
    .filter((uri) => languageOf(uri) !== undefined);
}
