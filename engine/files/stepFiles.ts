import { basename, dirname, resolve } from 'node:path';
import { allSteps, type LoadedPlaybook } from '../../core/playbook/plannedStep.ts';
import { isFileName, mostFiles, placeProblem, type PlannedFile } from '../../core/run/fileActions.ts';
import { loadedOf } from '../../core/run/loadedPlaybook.ts';
import type { Plan } from '../../core/run/plan.ts';
import { type LocalFile, localFiles } from '../../core/run/steps/localFiles.ts';
import { refuse, type Result } from '../../core/util/errors.ts';
import type { Files } from './files.ts';
import { ansibleMissing } from '../playbook/ansible/runAnsible.ts';
import { readScript, scan } from './scan.ts';
import { textFile } from './textFile.ts';

/** The files of this machine that steps of a playbook use, as they are now. */
export async function stepFiles(plan: Plan): Promise<Result<Files>> {
  const loaded = loadedOf(plan.action);
  const fetches = loaded ? [...allSteps(loaded)].some(({ does }) => does.type === 'fetch') : false;
  const problem = fetches ? folderProblem(plan) : undefined;
  if (problem !== undefined) return refuse('USAGE', problem);
  const missing = loaded && runsAnsible(loaded) ? ansibleMissing() : undefined;
  if (missing !== undefined) return refuse('INPUT_MISSING', missing);
  const local = localFiles(plan);
  if ('message' in local) return refuse('USAGE', local.message);
  const files: PlannedFile[] = [];
  const notes = new Set<string>();
  for (const each of local.files) {
    const read = await readOne(each);
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

function runsAnsible(loaded: LoadedPlaybook): boolean {
  return [...allSteps(loaded)].some(({ does }) => does.type === 'ansible');
}

async function readOne({ type, path, file, from, count, to = '' }: LocalFile): Promise<Result<Files>> {
  const step = { path, from };
  const place = resolve(dirname(file), from);
  if (type === 'ansible') {
    const playbook = await readScript(place, Infinity);
    const { text: _text, ...described } = playbook;
    return { ok: true, value: { files: [{ ...described, to: basename(place), step }], notes: [] } };
  }
  if (type !== 'copy') {
    const text = await textFile(place, type);
    return text.ok ? { ok: true, value: { files: [{ ...text.value, step }], notes: [] } } : text;
  }
  // A slash at the end says that the contents alone are meant.
  const { files, isFolder, leftOut } = await scan(from.endsWith('/') ? `${place}/` : place);
  if (files.length === 0) return refuse('USAGE', `There is no file in ${place}, which a step would copy.`);
  // Where it goes on a node may be known only when it runs.
  const problem = to.includes('{{') ? undefined : placeProblem(to, { count, isFolder });
  if (problem !== undefined) return refuse('USAGE', problem);
  const own = { ...step, ...(isFolder && { isFolder }) };
  const found = files.map(({ below, ...each }) => ({ ...each, to: below, step: own }));
  return { ok: true, value: { files: found, notes: leftOut } };
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
