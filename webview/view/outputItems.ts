import { formatBytes } from '../../core/run/format.ts';
import type { ExecutionState } from '../../core/run/state.ts';
import type { OutputLine, Stream } from './lines.ts';
import { gapBytes } from './outputWindow.ts';
import type { OutputWindow } from './outputWindow.ts';

export type Tab = 'output' | Stream;

/** A line with its number where that is known, or the gap between beginning and end. */
export type OutputItem =
  | {
      readonly type: 'line';
      readonly key: string;
      readonly line: OutputLine;
      readonly number: number | undefined;
    }
  | { readonly type: 'gap'; readonly key: string; readonly bytes: number };

/** What is drawn of one execution's output. Lines behind a gap, and of a part from the middle, have no number: nobody has counted them. */
export function outputItems(window: OutputWindow, tab: Tab, isFromStart = true): readonly OutputItem[] {
  const head = linesIn(window.head?.lines.all ?? [], tab);
  const tail = linesIn(window.tail?.lines.all ?? [], tab);
  const bytes = gapBytes(window);
  return [
    ...head.map((line, at): OutputItem => ({
      type: 'line',
      key: `h${at}`,
      line,
      number: isFromStart ? at + 1 : undefined,
    })),
    ...(bytes > 0 ? [{ type: 'gap' as const, key: 'gap', bytes }] : []),
    ...tail.map((line, at): OutputItem => ({ type: 'line', key: `t${at}`, line, number: undefined })),
  ];
}

/** `stdout 12`, in lines while all of it is here, else its size; of a part of the output, which has no execution, the lines. */
export function tabTitle(tab: Stream, window: OutputWindow, execution: ExecutionState | undefined): string {
  const lines = linesIn(window.head?.lines.all ?? [], tab).length;
  if (!execution) return `${tab} ${lines}`;
  const bytes = tab === 'stdout' ? execution.stdoutBytes : execution.stderrBytes;
  const complete = bytes === 0 || (window.head !== undefined && window.tail === undefined);
  if (!complete) return `${tab} ${formatBytes(bytes)}`;
  return `${tab} ${lines}`;
}

/** Why there is nothing to show, or an empty text. */
export function emptyText(execution: ExecutionState, tab: Tab): string {
  const { stdoutBytes, stderrBytes } = execution;
  const bytes = { output: stdoutBytes + stderrBytes, stdout: stdoutBytes, stderr: stderrBytes }[tab];
  if (bytes > 0) return '';
  const what = tab === 'output' ? 'output' : tab;
  return execution.outcome ? `No ${what}.` : `No ${what} yet.`;
}

function linesIn(all: readonly OutputLine[], tab: Tab): readonly OutputLine[] {
  return tab === 'output' ? all : all.filter(({ stream }) => stream === tab);
}
