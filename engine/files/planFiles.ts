import type { ClientContext } from '../../core/protocol/context.ts';
import type { ScriptAction } from '../../core/run/action.ts';
import {
  type CopyAction,
  forNode,
  isFileName,
  mixProblem,
  nodePlace,
  placeOf,
  placeProblem,
  type PlannedFile,
} from '../../core/run/fileActions.ts';
import type { Plan } from '../../core/run/plan.ts';
import type { Planned } from '../../core/run/planBatch.ts';
import { mostScriptBytes } from '../../core/run/script.ts';
import {
  type Files,
  folderProblem,
  plannedText,
  type Scanned,
  withFiles,
} from '../../core/run/steps/plannedFiles.ts';
import { refuse, type Result } from '../../core/util/errors.ts';
import { FilesError } from '../transports/files/remoteFiles.ts';
import { readScript, scan } from './scan.ts';
import { stepFiles } from './stepFiles.ts';

/** Adds to a plan the files of this machine that it is about, as they are now: their content is part of its hash. */
export async function planFiles(
  planned: Planned,
  { trusted }: ClientContext,
  hash: (text: string) => string,
): Promise<Result<Planned>> {
  const { plan } = planned;
  const { action } = plan;
  if (action.type === 'command') return { ok: true, value: planned };
  if (!trusted) return refuse('UNTRUSTED', 'No files are read or written until you trust this folder.');
  try {
    const found = await filesOf(plan);
    if (!found.ok) return found;
    return { ok: true, value: withFiles(planned, found.value, hash) };
  } catch (error) {
    if (error instanceof FilesError) return refuse('INPUT_MISSING', `${error.message}.`);
    throw error;
  }
}

async function filesOf(plan: Plan): Promise<Result<Files>> {
  const { action } = plan;
  switch (action.type) {
    case 'command':
      return { ok: true, value: { notes: [] } };
    case 'playbook':
      return stepFiles(plan);
    case 'script':
      return scriptFiles(action);
    case 'copy':
      return copyFiles(action, plan);
    case 'fetch': {
      const problem = mixProblem(action.from) ?? folderProblem(plan);
      return problem === undefined ? { ok: true, value: { notes: [] } } : refuse('USAGE', problem);
    }
  }
}

async function scriptFiles({ file }: ScriptAction): Promise<Result<Files>> {
  const script = plannedText(await readScript(file, mostScriptBytes), { file, what: 'script' });
  return script.ok ? { ok: true, value: { files: [script.value], notes: [] } } : script;
}

async function copyFiles(action: CopyAction, { targets }: Plan): Promise<Result<Files>> {
  const nodes = targets.map(({ node }) => node);
  const isPerNode = [...action.from, action.to].some((path) => path.includes(nodePlace));
  const misfit = isPerNode ? nodes.find((node) => !isFileName(node)) : undefined;
  if (misfit !== undefined)
    return refuse('USAGE', `${misfit} can not be part of a path, as ${nodePlace} would make it.`);
  const files: PlannedFile[] = [];
  const notes = new Set<string>();
  const scans = new Map<string, Promise<Scanned>>();
  for (const node of isPerNode ? nodes : [undefined]) {
    const to = node === undefined ? action.to : forNode(action.to, node);
    const own: PlannedFile[] = [];
    for (const from of action.from) {
      const path = node === undefined ? from : forNode(from, node);
      const scanned = scans.get(path) ?? scan(path);
      scans.set(path, scanned);
      const { files: found, leftOut, isFolder } = await scanned;
      for (const each of leftOut) notes.add(each);
      const problem = placeProblem(to, { count: action.from.length, isFolder });
      if (problem !== undefined) return refuse('USAGE', problem);
      for (const { below, ...file } of found)
        own.push({
          ...file,
          to: placeOf(to, below),
          ...(node !== undefined && { node }),
        });
    }
    const twice = twiceIn(own);
    if (twice !== undefined) return refuse('USAGE', `Two of the files would become ${twice} on the node.`);
    files.push(...own);
  }
  if (files.length === 0) return refuse('USAGE', 'There is no file in what would be copied.');
  return { ok: true, value: { files, notes: [...notes] } };
}

function twiceIn(files: readonly PlannedFile[]): string | undefined {
  const seen = new Set<string>();
  return files.find(({ to }) => seen.size === seen.add(to).size)?.to;
}
