import { isRerunChoice, type RerunChoice } from '../core/run/rerunChoice.ts';
import type { CommandDeps, Handler } from './commandDeps.ts';
import type { CommandId } from './commandIds.ts';
import { pickBatch, pickBatches } from './features/batchCommands.ts';
import { deleteBatches } from './features/history/deleteBatches.ts';
import { filterHistory } from './features/history/filterHistory.ts';
import { copyNodeList, nodesOfRows, selectInTree } from './features/history/nodesOf.ts';
import { type Again, rerun } from './features/run/rerun.ts';
import { batchesOf, executionsOf, isHistoryElement } from './model/historyElement.ts';

type HistoryCommandId = Extract<
  CommandId,
  | `muster.${'rerun' | 'runNot' | 'batch.' | 'delete' | 'openOrigin'}${string}`
  | `muster.${string}History${string}`
>;

/** Commands on what has run. */
export function historyCommands(deps: CommandDeps): Readonly<Record<HistoryCommandId, Handler>> {
  const { historyView, panels } = deps;
  const { state } = historyView;
  const again = (which: RerunChoice, title: string): Handler => {
    return async (...args) => {
      const batch = await batchToRerun(deps, args, title);
      if (batch !== undefined) await rerun(deps, { batch, which });
    };
  };
  return {
    'muster.rerun': async (...args) => {
      const batch = await batchToRerun(deps, args, 'Re-run Batch');
      if (batch !== undefined) await rerun(deps, { batch, ...wanted(args) });
    },
    'muster.rerunFailed': again('failed', 'Re-run Failed'),
    'muster.runNotStarted': again('not-started', 'Run What Did Not Run'),
    'muster.rerunOnNodes': async (...args) => {
      const rows = executionsOf(args);
      const [first] = rows;
      const nodes = rows.map(({ execution }) => execution.node);
      if (first) await rerun(deps, { batch: first.batch, which: 'nodes', nodes });
    },
    'muster.openOrigin': async (row) => {
      const origin = isHistoryElement(row) && row.kind === 'batch' ? row.summary.origin : undefined;
      if (origin) panels.open(origin.batch);
    },
    'muster.batch.selectNodes': async (...args) => {
      const names = await nodesOfRows(deps, { args, title: 'Select in the Tree', ...activeBatch(deps) });
      if (names.length > 0) await selectInTree(deps, names);
    },
    'muster.batch.copyNodes': async (...called) => {
      const args = rowsFor(deps, called);
      await copyNodeList(await nodesOfRows(deps, { args, title: 'Copy Node List', ...activeBatch(deps) }));
    },
    'muster.deleteBatches': async (...args) => {
      const rows = batchesOf(rowsFor(deps, args)).map(({ summary }) => summary);
      const chosen = rows.length > 0 ? rows : await pickBatches(deps.link, 'Delete Batches');
      const deleted = await deleteBatches(deps.link, chosen);
      for (const batch of deleted) panels.close(batch);
      if (deleted.length > 0) await historyView.refresh();
    },
    'muster.filterHistory': () => filterHistory(state),
    'muster.filterHistory.change': () => filterHistory(state),
    'muster.filterHistory.clear': () => state.setFilter({}),
    'muster.showMoreHistory': async (row) => {
      if (isHistoryElement(row)) await historyView.showMore(row);
    },
    'muster.refreshHistory': () => historyView.refresh(),
  };
}

/** A key is pressed for the highlighted rows; a menu says which rows it was called on. */
function rowsFor({ historyView }: CommandDeps, args: readonly unknown[]): readonly unknown[] {
  const { highlighted } = historyView;
  return args[0] === 'highlighted' ? [highlighted[0], highlighted] : args;
}

/** The panel in front has a batch that commands are about. */
function activeBatch({ panels }: CommandDeps): { readonly batch?: string } {
  return panels.active === undefined ? {} : { batch: panels.active };
}

async function batchToRerun(
  { link, panels }: CommandDeps,
  args: readonly unknown[],
  title: string,
): Promise<string | undefined> {
  const [row] = args;
  if (typeof row === 'string') return row;
  const [called] = isHistoryElement(row) && row.kind === 'batch' ? [row] : batchesOf(args);
  return called?.id ?? panels.active ?? pickBatch(link, title, ({ status }) => status !== 'running');
}

/** A panel says which nodes; a row leaves that to a question. */
function wanted([, which, nodes, timeoutMs]: readonly unknown[]): Pick<
  Again,
  'which' | 'nodes' | 'timeoutMs'
> {
  if (!isRerunChoice(which)) return {};
  const names = Array.isArray(nodes) ? nodes.filter((node) => typeof node === 'string') : [];
  return {
    which,
    ...(names.length > 0 && { nodes: names }),
    ...(typeof timeoutMs === 'number' && { timeoutMs }),
  };
}
