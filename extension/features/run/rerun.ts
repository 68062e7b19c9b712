import * as vscode from 'vscode';
import type { EngineClient } from '../../../core/protocol/client.ts';
import type { RerunQuery } from '../../../core/protocol/start.ts';
import { processOf } from '../../../core/run/actionText.ts';
import { plural, shortId } from '../../../core/run/format.ts';
import { originText } from '../../../core/run/fromOrigin.ts';
import type { PlanRequest } from '../../../core/run/plan.ts';
import { nodesToRerun } from '../../../core/run/rerun.ts';
import type { RerunChoice } from '../../../core/run/rerunChoice.ts';
import { selectionOf } from '../../../core/selection/write.ts';
import { type CommandSettings, settingsOf } from '../../model/commandSettings.ts';
import { withoutIcons } from '../../model/plain.ts';
import { rerunRows } from '../../model/rerunRows.ts';
import type { BatchStore } from '../../services/batchStore.ts';
import { refuseUntrusted, showRefusal } from '../showRefusal.ts';
import { askStdin } from './askOptions.ts';
import { previewAndStart, type RunDeps } from './runFlow.ts';

export type RerunDeps = RunDeps & { readonly batches: BatchStore };

/** What to run again: a batch, and which of its nodes where that is known already. */
export type Again = {
  readonly batch: string;
  readonly which?: RerunChoice;
  /** Names, where `which` is `nodes`. */
  readonly nodes?: readonly string[];
  /** Time limit of a node instead of the one that it had. */
  readonly timeoutMs?: number;
};

/** Runs an ended batch again as it was asked for, through the same preview as every start. */
export async function rerun(deps: RerunDeps, again: Again): Promise<void> {
  if (!vscode.workspace.isTrusted) return refuseUntrusted();
  const client = await deps.link.client();
  if (!client.ok) return showRefusal(client.error);
  for (;;) {
    const chosen = again.which === undefined ? await askWhich(deps, again.batch) : again;
    if (chosen?.which === undefined) return;
    const query = await queryOf(deps, { ...chosen, which: chosen.which });
    if (query === undefined) return;
    if (
      (await runAgain({ ...deps, client: client.value }, query, again.timeoutMs)) !== 'back' ||
      again.which !== undefined
    )
      return;
  }
}

async function runAgain(
  deps: RerunDeps & { readonly client: EngineClient },
  query: RerunQuery,
  timeoutMs: number | undefined,
): Promise<'back' | 'done'> {
  const { client } = deps;
  const found = await client.rerun(query);
  if (!found.ok) {
    await showRefusal(found.error);
    return 'done';
  }
  const { request } = found.value;
  const limits = timeoutMs === undefined ? {} : { limits: { ...request.limits, timeoutMs } };
  const given = await withStdin({ ...request, ...limits }, query.batch);
  if (!given) return 'done';
  const inventory = await deps.inventory.load();
  const notes = [`Runs again on ${originText(query)}.`, ...given.notes, ...found.value.notes];
  return previewAndStart(deps, { ...given, inventory, notes, step: 'only' });
}

/** The nodes that are named, as an expression: those that are gone from the inventory are left out and told. */
async function queryOf(
  { inventory }: RerunDeps,
  { batch, which, nodes }: Again & { readonly which: RerunChoice },
): Promise<RerunQuery | undefined> {
  if (nodes === undefined) return { batch, which };
  const { index } = await inventory.load();
  const known = nodes.filter((node) => index.nodes.has(node));
  const gone = nodes.filter((node) => !index.nodes.has(node));
  if (gone.length > 0) {
    const text = `${plural(gone.length, 'node')} left out, not in the inventory any more: ${gone.join(', ')}`;
    void vscode.window.showWarningMessage(withoutIcons(text));
  }
  return known.length === 0 ? undefined : { batch, which, nodes: selectionOf(known, index) };
}

async function askWhich({ batches }: RerunDeps, batch: string): Promise<Again | undefined> {
  const state = await batches.open(batch);
  if (!state.ok) {
    await showRefusal(state.error);
    return undefined;
  }
  const title = `Re-run Batch ${shortId(batch)}`;
  const items = rerunRows(state.value).map((row) => ({ ...row, description: withoutIcons(row.description) }));
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: 'On which of its nodes; the preview comes before anything runs',
  });
  if (!picked) return undefined;
  if (picked.which !== 'nodes') return { batch, which: picked.which };
  const names = await vscode.window.showQuickPick(
    nodesToRerun(state.value, 'all').map((node) => ({ label: withoutIcons(node), node })),
    { title, canPickMany: true, placeHolder: 'Tick the nodes to run it on again' },
  );
  if (!names || names.length === 0) return undefined;
  return { batch, which: 'nodes', nodes: names.map(({ node }) => node) };
}

type Given = {
  readonly request: PlanRequest;
  readonly settings: CommandSettings;
  readonly notes: readonly string[];
};

/** What a command reads is never on disk: it has to be chosen again. Undefined where nobody does. */
async function withStdin(request: PlanRequest, batch: string): Promise<Given | undefined> {
  const again = processOf(request.action);
  const settings = settingsOf(request.action);
  if (!again || !settings.stdin) return { request, settings, notes: [] };
  const of = `batch ${shortId(batch)}`;
  const given = await askStdin(`The ${settings.stdin.bytes} Bytes That ${of} Read on Stdin Are Not Kept`);
  if (!given?.stdin) return undefined;
  const isOther = given.stdin.sha256 !== settings.stdin.sha256;
  return {
    request: { ...request, action: { ...again, stdin: given.stdin } },
    settings: { ...settings, ...given },
    notes: isOther ? [`The file is not what ${of} read.`] : [],
  };
}
