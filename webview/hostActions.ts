import type { FromPanel } from '../core/protocol/fromPanel.ts';
import { isRerunChoice } from '../core/run/rerunChoice.ts';
import type { Actions } from './actions.ts';

/** What the panel does by itself. */
type OwnAction = 'find' | 'findMore' | 'readTable' | 'resize' | 'setView' | 'showMore' | 'toggle';
export type HostActions = Omit<Actions, OwnAction>;

/** What the extension host does for a person in the panel: each is one message. */
export function createHostActions(post: (message: FromPanel) => void): HostActions {
  return {
    cancel: (which) => post({ type: 'cancel', which }),
    cancelExecution: (execution) => post({ type: 'cancel', which: 'execution', execution }),
    openOutput: (execution, step) =>
      post({ type: 'openOutput', execution, ...(step !== undefined && { step }) }),
    copy: (text) => post({ type: 'copy', text: text.slice(0, 1_000_000) }),
    reviewHostKeys: () => post({ type: 'reviewHostKeys' }),
    control: (control) => post({ type: 'control', control }),
    stopAgain: () => post({ type: 'stopAgain' }),
    rerun: (which) => isRerunChoice(which) && post({ type: 'rerun', which }),
    rerunOn: (executions, timeoutMs) =>
      post({
        type: 'rerun',
        which: 'nodes',
        executions: [...executions],
        ...(timeoutMs !== undefined && { timeoutMs }),
      }),
    exportNodes: (executions) => post({ type: 'export', ...(executions && { executions: [...executions] }) }),
    node: (does, execution) => post({ type: 'node', does, execution }),
    reach: (executions) => post({ type: 'reach', executions: [...executions] }),
    permit: (by) => post({ type: 'permit', by }),
    showLog: () => post({ type: 'showLog' }),
    openBatch: (batch) => post({ type: 'openBatch', batch }),
    openPlaybook: (step) => post({ type: 'openPlaybook', ...(step !== undefined && { step }) }),
    compare: ({ title, step, ...two }) =>
      post({ type: 'compare', ...two, title: title.slice(0, 200), ...(step !== undefined && { step }) }),
    compareTwo: (executions) =>
      post({ type: 'compareTwo', ...(executions && { executions: [...executions] }) }),
    selectNodes: (executions) => post({ type: 'selectNodes', executions: [...executions] }),
    saveTable: (head, rows) => post({ type: 'saveTable', rows: [[...head], ...rows.map((row) => [...row])] }),
  };
}
