import { existsSync } from 'node:fs';
import { type Merged, mergeSources } from '../../core/inventory/merge/merge.ts';
import type { LoadedSource } from '../../core/inventory/merge/unite.ts';
import { emptyPart, type InventoryPart } from '../../core/inventory/part.ts';
import {
  type ApprovalRequest,
  defaultPriority,
  musterPriority,
  type SourceRef,
  type SourceState,
  type SourceType,
} from '../../core/inventory/source.ts';
import { errorsIn, hasErrors, type Problem } from '../../core/util/problem.ts';
import { approvalsOf } from '../trust/approvals.ts';
import type { TrustStore } from '../trust/trustStore.ts';
import { type CommandCache, commandApproval, defaultTtlMs } from './commandSource.ts';
import { type FileReader, createFileReader, type FileReaderDeps } from './fileReader.ts';

/** What a reading depends on beside the files: who asks. */
export type LoadOptions = {
  /** Whether the client's workspace is trusted; nothing of an untrusted one executes. */
  readonly trusted: boolean;
  /** Whether local nodes need a person's yes of their own. */
  readonly localNodes: 'allowed' | 'approved';
  /** Read everything again, commands too. */
  readonly refresh?: boolean;
};

export type InventoryLoader = {
  load(sources: readonly SourceRef[], options: LoadOptions): Promise<Merged>;
};

export type LoaderDeps = FileReaderDeps & {
  readonly trust: TrustStore;
  readonly commands: CommandCache;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
};

/** Sources that name sources that name sources, at most. */
const deepest = 8;

/** Loads sources, those that they name too, and merges them. A file that has not changed since is not parsed again. */
export function createInventoryLoader(deps: LoaderDeps): InventoryLoader {
  const reader = createFileReader(deps);
  let last: { key: readonly LoadedSource[]; merged: Merged } | undefined;
  return {
    async load(sources, options) {
      const approved = await deps.trust.approved();
      const loaded = await loadAll(sources, {
        ...deps,
        reader,
        options,
        approved,
        isLinked: sources.length > 1,
      });
      const known = last;
      if (known && sameSources(known.key, loaded)) return known.merged;
      const merged = mergeSources(loaded);
      last = { key: loaded, merged };
      return merged;
    },
  };
}

type Loading = LoaderDeps & {
  readonly reader: FileReader;
  readonly options: LoadOptions;
  readonly approved: { has(id: string): boolean };
  /** Whether there are several sources, which may name each other's nodes and groups. */
  readonly isLinked: boolean;
};

/** The sources in order, each followed by those that it names; the same one counts once. */
async function loadAll(sources: readonly SourceRef[], loading: Loading): Promise<readonly LoadedSource[]> {
  const seen = new Set<string>();
  const visit = async (ref: SourceRef, depth: number): Promise<LoadedSource[]> => {
    const id = idOf(ref);
    if (seen.has(id) || depth > deepest) return [];
    seen.add(id);
    const source = ref.type === 'command' ? await loadCommand(ref, loading) : await loadFile(ref, loading);
    const inner: LoadedSource[] = [];
    for (const each of source.part.sources) inner.push(...(await visit(each, depth + 1)));
    return [source, ...inner];
  };
  const all: LoadedSource[] = [];
  for (const ref of sources) all.push(...(await visit(ref, 0)));
  return all;
}

function idOf({ type, path, run }: SourceRef): string {
  if (type === 'command') return `${run ?? ''} in ${path}`;
  // A folder can be looked at for its repositories and as an inventory.
  return type === 'folders' ? `folders of ${path}` : path;
}

async function loadFile(ref: SourceRef, loading: Loading): Promise<LoadedSource> {
  const { read, readAt, good } = await loading.reader.read(ref, loading.isLinked);
  const isMissing = read.part.nodes.length === 0 && !existsSync(ref.path);
  const isBroken = hasErrors(read.part.problems);
  const shown = isBroken && good ? good : { read, readAt };
  const requests = approvalsOf({ ...shown.read, path: ref.path });
  const state: SourceState = {
    ...stateOf(ref, { type: read.type, part: shown.read.part, readAt }),
    files: [...read.stamps.keys()],
    approvals: requests.filter((request) => isPending(request, loading)),
    ...(isBroken && { status: isMissing && !good ? 'failed' : 'refused', message: firstError(read.part) }),
    ...(isBroken && good && { shownAsOf: good.readAt }),
  };
  return {
    state,
    part: { ...shown.read.part, problems: read.part.problems },
    priority: priorityOf(ref, read.type),
  };
}

function isPending({ id, kind }: ApprovalRequest, { options, approved }: Loading): boolean {
  if (kind === 'local-nodes' && options.localNodes === 'allowed') return false;
  return !approved.has(id);
}

async function loadCommand(ref: SourceRef, loading: Loading): Promise<LoadedSource> {
  const { options, approved, commands, now } = loading;
  const request = commandApproval(ref);
  const priority = priorityOf(ref, 'command');
  const held = (message: string): LoadedSource => ({
    priority,
    part: emptyPart,
    state: {
      ...stateOf(ref, { type: 'command', part: emptyPart, readAt: 0 }),
      status: 'held',
      message,
      approvals: [request],
    },
  });
  if (!options.trusted) return held('not run, untrusted');
  if (!approved.has(request.id)) return held('not run: nobody has allowed this command yet');
  const answer = await commands.answer(ref, request.id, { refresh: options.refresh === true, now: now() });
  const { at, failure, part = emptyPart } = answer;
  const problems = failure === undefined ? part.problems : [...part.problems, commandProblem(ref, answer)];
  const isBroken = hasErrors(problems);
  return {
    priority,
    part: { ...part, problems },
    state: {
      ...stateOf(ref, { type: 'command', part, readAt: at }),
      expiresAt: at + (ref.ttlMs ?? defaultTtlMs),
      ...(isBroken && { status: answer.part ? 'refused' : 'failed' }),
      ...(failure !== undefined && { message: failure }),
      ...(failure !== undefined && answer.part && { shownAsOf: at }),
    },
  };
}

/** A command that fails after it has worked gives yesterday's nodes, with a warning; before, an error. */
function commandProblem(
  ref: SourceRef,
  { failure = '', part }: { failure?: string; part?: InventoryPart },
): Problem {
  const severity = part ? 'warning' : 'error';
  return { code: 'command/failed', severity, message: `${failure}.`, file: ref.path };
}

function stateOf(
  ref: SourceRef,
  { type, part, readAt }: { type: SourceType; part: InventoryPart; readAt: number },
): SourceState {
  return {
    id: idOf(ref),
    type,
    ref,
    status: 'ok',
    nodes: part.nodes.length,
    groups: part.groups.length,
    files: [],
    readAt,
    approvals: [],
  };
}

function priorityOf({ priority }: SourceRef, type: SourceType): number {
  return priority ?? (type === 'muster' ? musterPriority : defaultPriority);
}

function firstError({ problems }: InventoryPart): string {
  return errorsIn(problems)[0]?.message ?? '';
}

/** Whether merging again would give the same. */
function sameSources(before: readonly LoadedSource[], after: readonly LoadedSource[]): boolean {
  return (
    before.length === after.length &&
    before.every(({ state, part, priority }, at) => {
      const other = after[at];
      if (!other || other.priority !== priority) return false;
      const isSamePart =
        part === other.part || (part.nodes === other.part.nodes && part.problems === other.part.problems);
      return isSamePart && JSON.stringify(state) === JSON.stringify(other.state);
    })
  );
}
