import { foldWithin } from './foldWithin.ts';

const foldedAtMost = 200;

/** What the status bar says. One item: running batches come before the selection. */
export type StatusText = { text: string; tooltip: string; warning: boolean };

export type StatusInput = {
  readonly selected: readonly string[];
  /** Of all running batches together. */
  readonly running: { readonly batches: number; readonly completed: number; readonly nodes: number };
  /** Why nothing starts: a freeze, a policy file with an error. */
  readonly closed?: string | undefined;
  /** The last batch that ended with failures while nobody looked. */
  readonly unseenFailure: string | undefined;
};

/** Nothing to say gives undefined: the item is hidden. */
export function statusText({
  selected,
  running,
  closed,
  unseenFailure,
}: StatusInput): StatusText | undefined {
  if (running.batches > 0) {
    const tooltip = running.batches === 1 ? 'A batch is running' : `${running.batches} batches are running`;
    return { text: `$(sync~spin) ${running.completed}/${running.nodes}`, tooltip, warning: false };
  }
  if (closed !== undefined) {
    const text = closed.startsWith('Frozen') ? 'Frozen' : 'Policy error';
    return { text: `$(lock) ${text}`, tooltip: closed, warning: true };
  }
  const warning = unseenFailure !== undefined;
  const [first] = selected;
  if (first === undefined) {
    return warning ? { text: '$(server) Muster', tooltip: unseenFailure, warning } : undefined;
  }
  return {
    text: `$(server) ${selected.length === 1 ? first : `${selected.length} selected`}`,
    tooltip:
      unseenFailure ?? `Ticked: ${foldWithin(selected, foldedAtMost)}. Click to run a command on them.`,
    warning,
  };
}
