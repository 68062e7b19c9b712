import { allSteps } from '../../playbook/plannedStep.ts';
import { baseName } from '../../util/baseName.ts';
import { refuse, type Result } from '../../util/errors.ts';
import { canonicalJson } from '../../util/json.ts';
import { isFileName, mostFiles, placeProblem, type PlannedFile } from '../fileActions.ts';
import { formatBytes } from '../format.ts';
import { loadedOf } from '../loadedPlaybook.ts';
import type { Plan } from '../plan.ts';
import type { Planned } from '../planBatch.ts';
import { mostScriptBytes } from '../script.ts';
import { type LocalFile, localFiles } from './localFiles.ts';

/** The files of a plan, and what is to say about them. */
export type Files = { readonly files?: readonly PlannedFile[]; readonly notes: readonly string[] };

/** A file of this machine as it is; no text where it is too large to be read, or no UTF-8. */
export type ReadFile = Omit<PlannedFile, 'to' | 'node'>;

/** A file here, and where it goes below the folder that a person named. */
export type ScannedFile = ReadFile & { readonly below: string };

export type Scanned = {
  readonly isFolder: boolean;
  readonly files: readonly ScannedFile[];
  /** What is not copied, and why, for people. */
  readonly leftOut: readonly string[];
};

/** How files of this machine are read. Both fail, by throwing, where there is none or it can not be read. */
export type PlanDisk = {
  read(path: string, mostBytes: number): Promise<ReadFile>;
  /** A folder with all that is in it, or a file; with a slash at the end what is in a folder alone. */
  scan(path: string): Promise<Scanned>;
  /** A path that is written in a file. */
  resolve(from: string, path: string): string;
};

/** The files of this machine that steps of a playbook use, as they are now. */
export async function plannedFiles(plan: Plan, disk: PlanDisk): Promise<Result<Files>> {
  const loaded = loadedOf(plan.action);
  const fetches = loaded ? [...allSteps(loaded)].some(({ does }) => does.type === 'fetch') : false;
  const problem = fetches ? folderProblem(plan) : undefined;
  if (problem !== undefined) return refuse('USAGE', problem);
  const local = localFiles(plan);
  if ('message' in local) return refuse('USAGE', local.message);
  const files: PlannedFile[] = [];
  const notes = new Set<string>();
  for (const each of local.files) {
    const read = await readOne(each, disk);
    if (!read.ok) return read;
    files.push(...(read.value.files ?? []));
    for (const note of read.value.notes) notes.add(note);
    if (files.length > mostFiles)
      return refuse(
        'USAGE',
        `Its steps use more than ${mostFiles.toLocaleString('en')} files. Copy an archive instead.`,
      );
  }
  return { ok: true, value: { notes: [...notes], ...(files.length > 0 && { files }) } };
}

async function readOne(
  { type, path, file, from, count, to = '' }: LocalFile,
  disk: PlanDisk,
): Promise<Result<Files>> {
  const step = { path, from };
  const place = disk.resolve(file, from);
  if (type === 'ansible') {
    const { text: _text, ...described } = await disk.read(place, Infinity);
    return { ok: true, value: { files: [{ ...described, to: baseName(place), step }], notes: [] } };
  }
  if (type !== 'copy') {
    const text = plannedText(await disk.read(place, mostScriptBytes), { file: place, what: type });
    return text.ok ? { ok: true, value: { files: [{ ...text.value, step }], notes: [] } } : text;
  }
  // A slash at the end says that the contents alone are meant.
  const { files, isFolder, leftOut } = await disk.scan(from.endsWith('/') ? `${place}/` : place);
  if (files.length === 0) return refuse('USAGE', `There is no file in ${place}, which a step would copy.`);
  // Where it goes on a node may be known only when it runs.
  const problem = to.includes('{{') ? undefined : placeProblem(to, { count, isFolder });
  if (problem !== undefined) return refuse('USAGE', problem);
  const own = { ...step, ...(isFolder && { isFolder }) };
  const found = files.map(({ below, ...each }) => ({ ...each, to: below, step: own }));
  return { ok: true, value: { files: found, notes: leftOut } };
}

/** A script or a template with what it says: the plan has its text. */
export function plannedText(
  { text, ...planned }: ReadFile,
  { file, what }: { readonly file: string; readonly what: 'script' | 'template' },
): Result<PlannedFile> {
  const instead =
    what === 'script' ? 'Copy it with muster copy, then run it.' : 'Copy it as it is, in a step with "copy".';
  if (planned.bytes > mostScriptBytes)
    return refuse(
      'USAGE',
      `${file} has ${formatBytes(planned.bytes)}; a ${what} may have ${formatBytes(mostScriptBytes)}. ${instead}`,
    );
  if (text === undefined || text.includes('\0'))
    return refuse('USAGE', `${file} is no UTF-8 text. ${instead}`);
  const name = baseName(file);
  const isPlain = what === 'template' || /^[\w.-]+$/.test(name);
  return { ok: true, value: { ...planned, to: isPlain && isFileName(name) ? name : what, text } };
}

/** Why what is fetched of these nodes would mix; undefined where it would not. Nothing is read for that. */
export function folderProblem({ targets }: Pick<Plan, 'targets'>): string | undefined {
  const folders = new Map<string, string>();
  for (const { node } of targets) {
    if (!isFileName(node)) return `${node} can not be the name of a folder, in which its files would be.`;
    const folded = node.normalize('NFC').toLowerCase();
    const other = folders.get(folded);
    if (other !== undefined)
      return `${other} and ${node} would be one folder where case is not told apart: fetch them one after the other, into different folders.`;
    folders.set(folded, node);
  }
  return undefined;
}

/** A plan with the files that it is about: what is in them is part of its hash. */
export function withFiles({ plan, notes }: Planned, found: Files, hash: (text: string) => string): Planned {
  const { hash: _before, ...rest } = plan;
  const unhashed = { ...rest, ...(found.files && { files: [...found.files] }) };
  return { plan: { ...unhashed, hash: hash(canonicalJson(unhashed)) }, notes: [...notes, ...found.notes] };
}
