import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Asker, createAsker } from './askShellcheck.ts';
import { besides, type CheckedFile, isProject, kindsIn, rootOf } from './checkedFiles.ts';
import { createDiskFiles } from './index/diskFiles.ts';
import { createFileTexts } from './index/fileTexts.ts';
import { type IndexRules, indexRules } from './index/fileKinds.ts';
import { createScheduler } from './index/scheduler.ts';
import { uriOfPath } from './index/uriOfPath.ts';
import { listFolder, pathKind } from './index/workspaceFiles.ts';
import { told, type Told } from './service/diagnostics/diagnose.ts';
import type { Finding } from './service/diagnostics/finding.ts';
import { byPlace, findingsOf } from './service/diagnostics/findings.ts';
import { type MusterDocument, readerFor } from './service/document.ts';
import { keysOf } from './service/edit/entries.ts';
import { commentFindings } from './service/shell/comments.ts';
import { scriptsIn } from './service/shell/scripts.ts';
import { configuredLevels, type RuleLevels, ruleLevels } from './service/rules/levels.ts';
import { isInside } from './service/uris.ts';
import { indexed, type Workspace, workspaceFor, workspaceOf } from './service/workspace.ts';

export { type CheckedFile, filesOfOurs, languageOfPath } from './checkedFiles.ts';
export type { Told } from './service/diagnostics/diagnose.ts';
export { levelOf, type RuleLevels } from './service/rules/levels.ts';
export type { Level, Rule } from './service/rules/rule.ts';
export { ruleOf } from './service/rules/rules.ts';

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
      user,
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

/** What the configuration of the user has for files that are checked. */
export type UserConfig = {
  readonly levels: RuleLevels;
  readonly services: readonly string[];
  readonly index: IndexRules;
};

export async function userConfigAt(path: string): Promise<UserConfig> {
  if (!existsSync(path)) return { levels: new Map(), services: [], index: indexRules(undefined) };
  const { document } = await open({ path, languageId: 'muster-config' });
  const { parsed } = document;
  return {
    levels: ruleLevels(parsed.writtenAt(['rules'])),
    services: keysOf(parsed.writtenAt(['services'])),
    index: indexRules(parsed.writtenAt(['index'])),
  };
}

async function open({ path, languageId }: CheckedFile): Promise<{ path: string; document: MusterDocument }> {
  const read = readerFor(languageId);
  if (!read) throw new Error(`There is no language ${languageId}.`);
  const text = await readFile(path, 'utf8');
  const uri = uriOfPath(path);
  return { path, document: read(TextDocument.create(uri, languageId, 1, text.replace(/^\uFEFF/, ''))) };
}

type Known = { readonly opened: readonly MusterDocument[]; readonly user: UserConfig };

async function workspaceAt(root: string, { opened, user }: Known): Promise<Workspace> {
  const folder = uriOfPath(root);
  const kinds = kindsIn(root, user.index);
  const disk = createDiskFiles({ scheduler: createScheduler(), kinds });
  const texts = createFileTexts();
  if (isProject(root)) await disk.readAll([folder]);
  else await disk.read(besides(root, kinds), [folder]);
  const files = new Map([
    ...disk.known,
    ...opened.map((document) => [document.document.uri, indexed(document)] as const),
  ]);
  return workspaceOf({
    files: [...files.values()],
    userServices: user.services,
    exists: (uri) => (isInside(uri, folder) ? pathKind(uri) !== undefined : undefined),
    list: (each) => (isInside(each, folder) ? listFolder(each, [folder]) : undefined),
    text: (uri) => (isInside(uri, folder) ? texts(uri, [folder]) : undefined),
  });
}
