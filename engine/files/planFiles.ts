import { basename, posix } from 'node:path';
import type { ClientContext } from '../../core/protocol/context.ts';
import type { ScriptAction } from '../../core/run/action.ts';
import {
  type CopyAction,
  type FetchAction,
  forNode,
  isFileName,
  nodePlace,
  type PlannedFile,
} from '../../core/run/fileActions.ts';
import type { Plan } from '../../core/run/plan.ts';
import type { Planned } from '../../core/run/planBatch.ts';
import { mostScriptBytes } from '../../core/run/script.ts';
import { refuse, type Result } from '../../core/util/errors.ts';
import { canonicalJson } from '../../core/util/json.ts';
import { formatBytes } from '../../core/run/format.ts';
import { FilesError } from '../transports/files/remoteFiles.ts';
import { readScript, scan, type Scanned } from './scan.ts';

type Files = { readonly files?: readonly PlannedFile[]; readonly notes: readonly string[] };

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
    const { files, notes } = found.value;
    const { hash: _before, ...rest } = plan;
    const unhashed = { ...rest, ...(files && { files: [...files] }) };
    const value = { ...planned, plan: { ...unhashed, hash: hash(canonicalJson(unhashed)) } };
    return { ok: true, value: { ...value, notes: [...planned.notes, ...notes] } };
  } catch (error) {
    if (error instanceof FilesError) return refuse('INPUT_MISSING', `${error.message}.`);
    throw error;
  }
}

async function filesOf(plan: Plan): Promise<Result<Files>> {
  const { action } = plan;
  switch (action.type) {
    case 'command':
    case 'playbook':
      return { ok: true, value: { notes: [] } };
    case 'script':
      return scriptFiles(action);
    case 'copy':
      return copyFiles(action, plan);
    case 'fetch':
      return fetchFolders(action, plan);
  }
}

async function scriptFiles({ file }: ScriptAction): Promise<Result<Files>> {
  const { text, ...planned } = await readScript(file, mostScriptBytes);
  if (planned.bytes > mostScriptBytes)
    return refuse(
      'USAGE',
      `${file} has ${formatBytes(planned.bytes)}; a script may have ${formatBytes(mostScriptBytes)}. Copy it with muster copy, then run it.`,
    );
  if (text === undefined || text.includes('\0'))
    return refuse('USAGE', `${file} is no UTF-8 text. Copy it with muster copy, then run it.`);
  const name = /^[\w.-]+$/.test(basename(file)) && isFileName(basename(file)) ? basename(file) : 'script';
  return { ok: true, value: { files: [{ ...planned, to: name, text }], notes: [] } };
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
      if (!to.endsWith('/') && (isFolder || action.from.length > 1))
        return refuse(
          'USAGE',
          `${isFolder ? 'A folder' : 'More than one file'} can only go into a folder: write ${to}/.`,
        );
      for (const { below, ...file } of found)
        own.push({
          ...file,
          to: to.endsWith('/') ? posix.join(to, below) : to,
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

/** Nothing is read here: but what is fetched must not mix. */
async function fetchFolders({ from, to }: FetchAction, { targets }: Plan): Promise<Result<Files>> {
  const names = from.map((path) => posix.basename(path.replace(/\/+$/, '')));
  const again = names.find((name, at) => names.indexOf(name) !== at);
  if (again !== undefined)
    return refuse('USAGE', `Two of the paths end with ${again}: fetch them into different folders.`);
  const folders = new Map<string, string>();
  for (const { node } of targets) {
    if (!isFileName(node)) return refuse('USAGE', `${node} can not be the name of a folder in ${to}.`);
    const folded = node.normalize('NFC').toLowerCase();
    const other = folders.get(folded);
    if (other !== undefined)
      return refuse(
        'USAGE',
        `${other} and ${node} would be one folder where case is not told apart: fetch them one after the other, into different folders.`,
      );
    folders.set(folded, node);
  }
  return { ok: true, value: { notes: [] } };
}
