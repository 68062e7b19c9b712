import { plural } from '../../core/run/format.ts';
import { isLive } from '../../core/run/state.ts';
import type { BatchState, ExecutionState } from '../../core/run/state.ts';
import { foldForDisplay } from '../../core/selection/nodeset.ts';
import { visible } from '../../core/util/visible.ts';
import type { Actions } from '../actions.ts';
import type { Model } from '../store.ts';
import type { AnswerRow } from './answers.ts';

/** One line of a menu. */
export type MenuItem = { readonly label: string; readonly disabled?: boolean; readonly run: () => void };

type Context = { readonly state: BatchState; readonly actions: Actions };

/** What one does with some nodes of a batch. */
export function nodesMenu(executions: readonly string[], { state, actions }: Context): readonly MenuItem[] {
  const names = namesOf(state, executions);
  return [
    { label: 'Select in Tree', run: () => actions.selectNodes(executions) },
    { label: 'Copy Node Names', run: () => actions.copy(foldForDisplay(names)) },
    {
      label: 'Re-run on These…',
      disabled: state.status === 'running',
      run: () => actions.rerunOn(executions),
    },
    { label: 'Export These…', run: () => actions.exportNodes(executions) },
  ];
}

/** The menu of an answer; `compare` opens the diff editor, `show` filters the nodes. */
export function answerMenu(
  row: AnswerRow,
  context: Context & { compare(): void; show(): void },
): readonly MenuItem[] {
  const compare = row.kind === 'same' ? 'Open as Text' : 'Compare with the Majority';
  return [
    { label: 'Show Only These Nodes', run: context.show },
    { label: compare, disabled: row.kind === 'silent', run: context.compare },
    ...nodesMenu(row.executions, context),
  ];
}

/** The menu of all answers: `rows` are those that are shown. */
export function answersMenu(
  rows: readonly AnswerRow[],
  { view, actions }: Pick<Model, 'view'> & { readonly actions: Actions },
): readonly MenuItem[] {
  const ids = new Set(rows.map(({ id }) => id));
  const others = view.turned.filter((id) => !ids.has(id));
  const turn = (open: boolean): void => {
    const turned = rows.filter(({ kind }) => (kind === 'silent') === open).map(({ id }) => id);
    actions.setView({ turned: [...others, ...turned] });
  };
  return [
    {
      label: view.exact ? 'Group with Masks' : 'Group Exactly',
      run: () => actions.setView({ exact: !view.exact }),
    },
    { label: 'Open All', run: () => turn(true) },
    { label: 'Close All', run: () => turn(false) },
    { label: 'Export…', run: () => actions.exportNodes(undefined) },
  ];
}

/** The menu of one node. */
export function nodeMenu(execution: ExecutionState, { state, actions }: Context): readonly MenuItem[] {
  const { id, node, status, stdoutBytes, stderrBytes } = execution;
  return [
    {
      label: 'Open Output as Text',
      disabled: stdoutBytes + stderrBytes === 0,
      run: () => actions.openOutput(id),
    },
    { label: 'Copy Name', run: () => actions.copy(visible(node)) },
    { label: 'Open Terminal', run: () => actions.node('terminal', id) },
    { label: 'Show Journal', run: () => actions.node('journal', id) },
    { label: 'Select in Tree', run: () => actions.selectNodes([id]) },
    isLive(status)
      ? { label: 'Cancel This Node', run: () => actions.cancelExecution(id) }
      : { label: 'Re-run on This…', disabled: state.status === 'running', run: () => actions.rerunOn([id]) },
  ];
}

/** The menu of rows that were chosen together. */
export function chosenMenu(executions: readonly string[], context: Context): readonly MenuItem[] {
  const [first, ...rest] = nodesMenu(executions, context);
  const count = plural(executions.length, 'node');
  const compare = { label: 'Compare Their Output', run: () => context.actions.compareTwo(executions) };
  return [
    ...(first ? [{ ...first, label: `Select ${count} in Tree` }] : []),
    ...(executions.length === 2 ? [compare] : []),
    ...rest,
  ];
}

/** The menu of the batch. */
export function batchMenu({ state, actions }: Context): readonly MenuItem[] {
  const all = state.executions.map(({ id }) => id);
  return [
    { label: 'Copy Batch Id', run: () => actions.copy(state.id) },
    { label: 'Copy Node Names', run: () => actions.copy(foldForDisplay(namesOf(state, all))) },
    { label: 'Select Nodes in Tree', run: () => actions.selectNodes(all) },
    { label: 'Export Results…', run: () => actions.exportNodes(undefined) },
    { label: 'Show Log', run: () => actions.showLog() },
  ];
}

function namesOf({ executions }: BatchState, ids: readonly string[]): readonly string[] {
  const wanted = new Set(ids);
  return executions.filter(({ id }) => wanted.has(id)).map(({ node }) => visible(node));
}
