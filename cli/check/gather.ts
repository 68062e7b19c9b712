import { existsSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, isAbsolute, relative, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { detectSource } from '../../core/inventory/detect.ts';
import { SourceType } from '../../core/inventory/source.ts';
import { languageOfText } from '../../core/schema/languages.ts';
import { messageOf } from '../../core/util/errors.ts';
import { nearest } from '../../core/util/nearest.ts';
import { didYouMean, hasErrors } from '../../core/util/problem.ts';
import { userConfigFile } from '../../engine/config/configFiles.ts';
import { readPolicyFile } from '../../engine/policy/readPolicyFile.ts';
import { openDisk } from '../../engine/sources/diskFiles.ts';
import { readSource } from '../../engine/sources/readSource.ts';
import type { CheckedFile, CheckResult, RuleLevels, UserConfig } from '../../server/check.ts';
import { checkFiles, filesOfOurs, languageOfPath, levelOf, userConfigAt } from '../../server/check.ts';
import { readSourceRef } from '../inventory/sourceRefs.ts';
import { type Reported, reportedOf, reportedProblem } from './reported.ts';

export type Gathered = {
  readonly problems: readonly Reported[];
  readonly files: number;
  /** Folders in which there is nothing to check, as they were named. */
  readonly empty: readonly string[];
};

/** Checks what a command line names, `[TYPE:]PATH` each: files of ours as the editor does, other inventories as they are read. */
export async function gather(
  texts: readonly string[],
  looked: { readonly shellcheck: string | undefined },
): Promise<Gathered> {
  const user = await userConfigAt(userConfigFile(process.env, homedir()));
  const found: { text: string; checked: readonly CheckedFile[] }[] = [];
  for (const text of texts) found.push({ text, checked: await filesOf(text, user.index) });
  const ours = uniqueFiles(found.flatMap(({ checked }) => checked));
  const others = found.filter(({ checked }) => checked.length === 0).map(({ text }) => text);
  const empty = others.filter(isEmptyFolder);
  const gone = others.flatMap((text) => missingProblem(text));
  const foreign = others.filter((text) => !empty.includes(text) && !gone.some(({ file }) => file === text));
  const named = namer(texts);
  const results = await checkFiles(ours.filter(isReadable), user, looked);
  const problems = [
    ...ours.flatMap((file) => unreadable(file, named)),
    ...results.flatMap((result) => reportedOf(result, (uri) => named(fileURLToPath(uri)))),
    ...results.flatMap((result) => policyProblems(result, named)),
    ...gone,
    ...foreign.flatMap((text) => sourceProblems(text, user.levels)),
  ];
  return { problems, files: ours.length + foreign.length + gone.length, empty };
}

/** Files of ours that are meant by a text; none where it is an inventory of another kind. */
async function filesOf(text: string, rules: UserConfig['index']): Promise<readonly CheckedFile[]> {
  const named = namedKind(text);
  if (named) return [named];
  const { type, path } = readSourceRef(text, process.cwd());
  if (type !== undefined && type !== 'muster') return [];
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  if (isFolder && type === undefined) return folderFiles(path, rules);
  const languageId = type === 'muster' ? 'muster-inventory' : languageOfFile(path, rules);
  if (languageId !== undefined) return [{ path, languageId }];
  const isThere = statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  const meant = isThere ? languageWithin(path) : undefined;
  return meant === undefined ? [] : [{ path, languageId: meant }];
}

/** `playbook:PATH`: what a file is that has no name of ours. */
function namedKind(text: string): CheckedFile | undefined {
  const [, kind, path] = /^(inventory|playbook|task|config|policy):(.+)$/.exec(text) ?? [];
  if (kind === undefined || path === undefined || existsSync(resolve(text))) return undefined;
  return { path: readSourceRef(path, process.cwd()).path, languageId: `muster-${kind}` };
}

const kinds = ['inventory', 'playbook', 'task', 'config', 'policy', ...SourceType.options];

/** What is named and is not there; where a kind stands before it that there is not, that is what is wrong. */
function missingProblem(text: string): readonly Reported[] {
  const { type, path } = readSourceRef(text, process.cwd());
  if (type !== undefined || existsSync(path)) return [];
  const [, kind] = /^([a-z][a-z-]+):/i.exec(text) ?? [];
  const said = (message: string): readonly Reported[] => [
    { code: 'files/missing', severity: 'error', message, file: text },
  ];
  if (text === '-') return said('What comes on stdin is not checked. Name a file or a folder.');
  if (kind === undefined) return said('There is no such file or folder. Check the path.');
  const near = nearest(kind, kinds);
  const fix = near === undefined ? `There are: ${kinds.join(', ')}.` : didYouMean(near);
  return said(`There is no such file, and no kind "${kind}". ${fix}`);
}

/** By what is in a file. */
function languageWithin(path: string): string | undefined {
  const { files } = openDisk();
  const read = files.read(path);
  const isYaml = /\.ya?ml$/i.test(path) && 'text' in read;
  const language = isYaml ? languageOfText(read.text) : undefined;
  return language ?? (detectSource(path, files) === 'muster' ? 'muster-inventory' : undefined);
}

/** A folder of ours has such files in it; an `inventory.yaml` at its top is one too. */
async function folderFiles(folder: string, rules: UserConfig['index']): Promise<readonly CheckedFile[]> {
  const { files } = openDisk();
  const usual = resolve(folder, 'inventory.yaml');
  const isUsual = 'text' in files.read(usual) && detectSource(usual, files) === 'muster';
  const own = await filesOfOurs(folder, rules);
  const isNamed = own.some(({ path }) => path === usual);
  return isUsual && !isNamed ? [{ path: usual, languageId: 'muster-inventory' }, ...own] : own;
}

/** A folder of which nobody said what it is, with no file of ours in it and no nodes of another kind. */
function isEmptyFolder(text: string): boolean {
  const { type, path } = readSourceRef(text, process.cwd());
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  if (type !== undefined || !isFolder) return false;
  const { part } = readSource({ type, path, home: homedir(), isLinked: false });
  return part.nodes.length === 0 && part.problems.length === 0;
}

/** `config.yaml` and `policy.yaml` are ours wherever they are, when they are named. */
function languageOfFile(path: string, rules: UserConfig['index']): string | undefined {
  if (basename(path) === 'config.yaml') return 'muster-config';
  return basename(path) === 'policy.yaml' ? 'muster-policy' : languageOfPath(path, rules);
}

function uniqueFiles(files: readonly CheckedFile[]): readonly CheckedFile[] {
  return [...new Map(files.map((file) => [file.path, file])).values()];
}

/** Files go by the names that a person would give them here. */
function namer(texts: readonly string[]): (path: string) => string {
  return (path) =>
    texts.some((text) => isAbsolute(text) && path.startsWith(text)) ? path : relative(process.cwd(), path);
}

function isReadable({ path }: CheckedFile): boolean {
  return reasonOf(path) === undefined;
}

function unreadable({ path, languageId }: CheckedFile, named: (path: string) => string): readonly Reported[] {
  const message = reasonOf(path);
  if (message === undefined) return [];
  const kind = languageId.replace('muster-', '');
  const code = kind === 'task' ? 'playbook/file' : `${kind}/file`;
  return [{ code, severity: 'error', message, file: named(path) }];
}

function reasonOf(path: string): string | undefined {
  try {
    if (statSync(path).isFile()) return undefined;
    return 'This is no file.';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'There is no such file.' : messageOf(error);
  }
}

/** What makes a policy unfit as a file, where what is in it is right. */
function policyProblems(
  { path, document }: CheckResult,
  named: (path: string) => string,
): readonly Reported[] {
  const isPolicy = document.document.languageId === 'muster-policy';
  if (!isPolicy || hasErrors(document.problems)) return [];
  const read = readPolicyFile({ file: path, level: 'workspace' });
  if (read.status !== 'broken') return [];
  return [{ code: 'policy/file', severity: 'error', message: read.reason.message, file: named(path) }];
}

/** All problems of a source of another kind; the sources that it names are sources of their own. */
function sourceProblems(text: string, levels: RuleLevels): readonly Reported[] {
  const { type, path } = readSourceRef(text, process.cwd());
  if (type === 'command') return [];
  const { problems } = readSource({ type, path, home: homedir(), isLinked: false }).part;
  const nameOf = (file: string): string => (isAbsolute(text) ? file : relative(process.cwd(), file));
  return problems.flatMap((problem): Reported[] => {
    const { file, code, severity } = problem;
    const level = levelOf({ code, level: severity }, levels);
    const named = file === undefined ? problem : { ...problem, file: nameOf(file) };
    return level === 'off' ? [] : [{ ...reportedProblem(named), severity: level }];
  });
}
