import { indexInventory, type InventoryIndex } from '../core/inventory/model.ts';
import type { ClientContext } from '../core/protocol/context.ts';
import type { Rerun, RerunQuery } from '../core/protocol/start.ts';
import { endedOrigin, originText } from '../core/run/fromOrigin.ts';
import { plural, shortId } from '../core/run/format.ts';
import { hereName } from '../core/run/hereTarget.ts';
import type { PlanRequest } from '../core/run/plan.ts';
import { nodesToRerun, rerunWords } from '../core/run/rerun.ts';
import type { BatchState } from '../core/run/state.ts';
import { foldForDisplay } from '../core/selection/nodeset.ts';
import { resolveTargets } from '../core/selection/resolveTargets.ts';
import { selectionOf } from '../core/selection/write.ts';
import { refuse, type Result } from '../core/util/errors.ts';
import { errorsIn, formatProblem, hasErrors } from '../core/util/problem.ts';
import { refuseProblems } from '../core/util/refuseProblems.ts';
import { readerIn } from './sources/selectionFiles.ts';
import type { World } from './world.ts';

/**
 * The request that runs an ended batch again: as it was asked for, on the nodes that are wanted of it. It is planned,
 * authorised and started as any other.
 */
export async function rerun(world: World, context: ClientContext, query: RerunQuery): Promise<Result<Rerun>> {
  const ended = endedOrigin(query, await originOf(world, query.batch));
  if (!ended.ok) return ended;
  const found = ended.value;
  const { request } = found.plan;
  const { inventory } = await world.loader.load(request.sources, context);
  const index = indexInventory(inventory);
  const named = namedBy(query, index, context);
  if (!named.ok) return named;
  const offered = nodesToRerun(found, query.which);
  if (ranHere(found)) return rerunHere(found, query, offered);
  const nodes = offered.filter((node) => index.nodes.has(node) && (named.value?.has(node) ?? true));
  if (nodes.length === 0) return nothing(query, offered, index);
  const members = new Set(found.executions.map(({ node }) => node));
  const strangers = [...(named.value ?? [])].filter((node) => !members.has(node));
  return {
    ok: true,
    value: {
      request: again(request, { batch: found.id, which: query.which }, selectionOf(nodes, index)),
      notes: strangers.length === 0 ? [] : [strangersNote(strangers, query)],
    },
  };
}

/** Whether it had sets of parameters and no nodes. */
function ranHere({ executions, plan }: BatchState): boolean {
  const { selection, groups, items } = plan.request;
  const isNowhere = selection.trim() === '' && groups === undefined;
  return (
    isNowhere && (items ?? plan.items) !== undefined && executions.every(({ node }) => node === hereName)
  );
}

/** What ran on this machine, without nodes, runs here again. */
function rerunHere(
  { id, plan: { request } }: BatchState,
  { which, nodes, batch }: RerunQuery,
  offered: readonly string[],
): Result<Rerun> {
  if (nodes !== undefined)
    return refuse('USAGE', `Batch ${shortId(batch)} ran on this machine, without nodes. Leave --nodes out.`);
  if (offered.length === 0) return refuse('SELECTION_EMPTY', `There are no ${originText({ batch, which })}.`);
  return { ok: true, value: { request: again(request, { batch: id, which }, ''), notes: [] } };
}

/** The batch that a request names as its origin; undefined where there is none. */
export async function originOf(world: World, batch: string): Promise<BatchState | undefined> {
  return world.batches.get(batch)?.state() ?? (await world.archive.read(batch));
}

/** What chose the nodes of the origin is replaced by them; everything else was asked for and stays. */
function again(
  { groups: _groups, pick: _pick, ...request }: PlanRequest,
  origin: NonNullable<PlanRequest['origin']>,
  selection: string,
): PlanRequest {
  return { ...request, selection, origin };
}

function namedBy(
  { nodes }: RerunQuery,
  index: InventoryIndex,
  { folder }: ClientContext,
): Result<ReadonlySet<string> | undefined> {
  if (nodes === undefined) return { ok: true, value: undefined };
  const files = folder === undefined ? {} : { files: readerIn(folder) };
  const { nodes: names, problems } = resolveTargets({ selection: nodes }, index, { ...files, seed: 0 });
  if (!hasErrors(problems)) return { ok: true, value: new Set(names) };
  const isSyntax = problems.some(({ severity, code }) => severity === 'error' && code === 'SELECTION_SYNTAX');
  return refuseProblems(isSyntax ? 'SELECTION_SYNTAX' : 'SELECTION_UNKNOWN', problems);
}

function strangersNote(strangers: readonly string[], { batch, nodes }: RerunQuery): string {
  const [was, is] = strangers.length === 1 ? ['was', 'is'] : ['were', 'are'];
  return `${plural(strangers.length, 'node')} of ${nodes} ${was} not in batch ${shortId(batch)} and ${is} left out: ${foldForDisplay(strangers)}.`;
}

/** Why a choice leaves no node. */
function nothing(query: RerunQuery, offered: readonly string[], index: InventoryIndex): Result<never> {
  if (offered.length === 0)
    return refuse(
      'SELECTION_EMPTY',
      `There are no ${originText(query)}. "muster status ${shortId(query.batch)}" shows how it went.`,
      ['status', shortId(query.batch)],
    );
  const { problems } = index.inventory;
  const gone = offered.filter((node) => !index.nodes.has(node));
  if (gone.length === offered.length) {
    const why = errorsIn(problems).map(formatProblem);
    const message = `None of the ${originText(query)} is in the inventory any more: ${foldForDisplay(gone)}.`;
    return refuse('SELECTION_EMPTY', [message, ...why].join('\n'));
  }
  return refuse(
    'SELECTION_EMPTY',
    `None of the ${rerunWords[query.which]} in batch ${shortId(query.batch)} is one of ${query.nodes}.`,
  );
}
