import { homedir } from 'node:os';
import process from 'node:process';
import type { Merged } from '../../core/inventory/merge/merge.ts';
import { indexInventory, type Inventory, type InventoryIndex } from '../../core/inventory/model.ts';
import type { SourceRef, SourceState } from '../../core/inventory/source.ts';
import { resolveTargets, type TargetQuery } from '../../core/selection/resolveTargets.ts';
import { refuse, type Result } from '../../core/util/errors.ts';
import { errorsIn, formatProblem, hasErrors, type Problem } from '../../core/util/problem.ts';
import { systemClock } from '../../engine/clock.ts';
import { readerIn } from '../../engine/sources/selectionFiles.ts';
import { createSources } from '../../engine/sources/sources.ts';
import type { TrustStore } from '../../engine/trust/trustStore.ts';
import { dataDirOf } from '../dataDir.ts';
import { reportNote, type Streams } from '../report.ts';
import { type Chosen, chooseSources } from './sourceRefs.ts';

/** What all commands about inventories are told. */
export type InventoryFlags = { readonly inventory?: readonly string[]; readonly data?: string };

/** Inventories that were read, for one command line. Nothing is written and nobody contacted. */
export type InventorySession = {
  readonly sources: readonly SourceRef[];
  readonly merged: Merged;
  readonly index: InventoryIndex;
  readonly trust: TrustStore;
  /** The nodes that are meant; refused where the expression has an error. */
  select(query: TargetQuery): Result<readonly string[]>;
};

/** Reads the chosen sources. One that a person named and that has errors is refused; of others a note is enough. */
export async function openSession(
  flags: InventoryFlags,
  streams: Streams,
  options: { allowProblems?: true } = {},
): Promise<Result<InventorySession>> {
  const cwd = process.cwd();
  const chosen = chooseSources(flags.inventory ?? [], cwd);
  if (!chosen.ok) return chosen;
  const home = homedir();
  const dataDir = dataDirOf(flags.data, home);
  const { loader, trust } = createSources({ dataDir, home, clock: systemClock });
  const { sources } = chosen.value;
  const merged = await loader.load(sources, { trusted: true, localNodes: 'approved' });
  const refusal = options.allowProblems ? undefined : refuseNamed(chosen.value, merged.inventory);
  if (refusal) return refusal;
  if (!options.allowProblems) noteProblems(merged.inventory, streams);
  const index = indexInventory(merged.inventory);
  const files = readerIn(cwd);
  return {
    ok: true,
    value: {
      sources,
      merged,
      index,
      trust,
      select(query) {
        const { nodes, problems } = resolveTargets(query, index, { files, seed: Date.now() });
        if (hasErrors(problems))
          return { ok: false, error: { code: 'SELECTION_UNKNOWN', message: messagesOf(problems) } };
        // Which sources are not used has been said already.
        const rest = problems.filter(({ code }) => code !== 'SELECTION_SOURCE_MISSING');
        for (const problem of rest) reportNote(formatProblem(problem), streams);
        return { ok: true, value: nodes };
      },
    },
  };
}

/** A source that a person named must be right as a whole; so must the only one that there is. */
export function refuseNamed({ isNamed, sources }: Chosen, inventory: Inventory): Result<never> | undefined {
  const isChosen = ({ ref }: SourceState): boolean =>
    sources.some(
      ({ path, run, type }) => path === ref.path && run === ref.run && (type ?? ref.type) === ref.type,
    );
  const chosen = inventory.sources.filter(isChosen);
  const bad = chosen.filter(({ status }) => status !== 'ok');
  if (bad.length === 0 || !(isNamed || bad.length === chosen.length)) return undefined;
  const held = bad.find(({ status }) => status === 'held');
  if (held) {
    const message = `${held.id}: ${held.message ?? 'not run'}. Allow it with "muster trust".`;
    return refuse('UNTRUSTED', message, ['trust']);
  }
  const { problems } = inventory;
  return { ok: false, error: { code: 'INPUT_INVALID', message: messagesOf(problems), details: problems } };
}

function noteProblems(inventory: Inventory, streams: Streams): void {
  for (const { id, status, message } of inventory.sources) {
    if (status !== 'ok') reportNote(`${id} is not used: ${message ?? status}`, streams);
  }
  for (const problem of inventory.problems) {
    if (problem.code === 'ansible/left-out') reportNote(formatProblem(problem), streams);
  }
}

function messagesOf(problems: readonly Problem[]): string {
  return errorsIn(problems).map(formatProblem).join('\n');
}
