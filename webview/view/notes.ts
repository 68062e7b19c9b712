import { capitalised, mayStillRun, plural } from '../../core/run/format.ts';
import type { Prompt } from '../../core/run/events.ts';
import { nodesToRerun } from '../../core/run/rerun.ts';
import type { RerunChoice } from '../../core/run/rerunChoice.ts';
import type { BatchState, ExecutionState } from '../../core/run/state.ts';
import type { PanelControl } from '../../core/protocol/fromPanel.ts';
import { holdText } from '../../core/run/waveText.ts';
import { visible } from '../../core/util/visible.ts';
import { clockTime } from './headline.ts';
import { executionName } from '../../core/run/executionName.ts';

/** A strip below the header: what is so, then what to do. */
export type Note = {
  readonly key: string;
  readonly tone: 'warn' | 'error' | 'info';
  readonly icon: string;
  readonly title: string;
  readonly detail: string;
  /** Buttons that steer the batch, the usual one first. */
  readonly controls?: readonly { readonly label: string; readonly control: PanelControl }[];
  readonly action?: { readonly label: string; readonly does: 'reviewHostKeys' | 'stopAgain' };
  /** Runs a part of the batch again. */
  readonly rerun?: { readonly label: string; readonly which: RerunChoice };
};

/** In the order of their weight; `engine` is what the extension says about the engine, or nothing. */
export function notesOf(state: BatchState, engine: string): readonly Note[] {
  return [
    ...engineNote(engine),
    ...promptNotes(state),
    ...waitNotes(state),
    ...haltNotes(state),
    ...batchNotes(state),
  ];
}

function engineNote(engine: string): readonly Note[] {
  if (engine === '') return [];
  return [{ key: 'engine', tone: 'error', icon: 'debug-disconnect', title: visible(engine), detail: '' }];
}

function batchNotes({ notes }: BatchState): readonly Note[] {
  return notes.map((text, at): Note => {
    return { key: `note${at}`, tone: 'warn', icon: 'warning', title: visible(text), detail: '' };
  });
}

function promptNotes(state: BatchState): readonly Note[] {
  return Object.entries(state.prompts).map(([key, prompt]): Note => {
    const nodes = prompt.type === 'host-keys' ? prompt.keys.flatMap((each) => each.nodes) : prompt.nodes;
    const count = new Set(nodes).size;
    const others = state.executions.length - count;
    const goOn = others > 0 ? ` ${othersText(others, prompt, state)}` : '';
    const wait = `${plural(count, 'node')} ${count === 1 ? 'waits' : 'wait'}`;
    if (prompt.type === 'secret') {
      const title = `${wait} for an answer: ${visible(prompt.label)}`;
      return { key, tone: 'warn', icon: 'key', title, detail: goOn.trim() };
    }
    if (prompt.type === 'go-on') {
      return {
        key,
        tone: 'warn',
        icon: 'key',
        title: `${wait} for an answer: ${visible(prompt.message)}`,
        detail: goOn.trim(),
      };
    }
    return {
      key,
      tone: 'warn',
      icon: 'key',
      title: `${wait}: ${count === 1 ? 'its host key is' : 'their host keys are'} not known`,
      detail: `Nothing was sent to ${count === 1 ? 'it' : 'them'} yet. Compare the fingerprints with a source you trust.${goOn}`,
      action: { label: 'Review keys…', does: 'reviewHostKeys' },
    };
  });
}

function othersText(count: number, { type }: Prompt, { plan }: BatchState): string {
  const others = `The other ${plural(count, 'node')}`;
  if (type === 'host-keys' && plan.strategy.mode !== 'parallel')
    return `${others} ${count === 1 ? 'waits' : 'wait'} too, so that the order holds.`;
  return `${others} ${count === 1 ? 'goes' : 'go'} on.`;
}

/** What keeps the batch from going on until a person says so, or for a while. */
function waitNotes(state: BatchState): readonly Note[] {
  if (state.status !== 'running' || state.cancelRequested) return [];
  return [...pauseNote(state), ...holdNote(state), ...breakerNotes(state)];
}

function pauseNote({ paused, counts }: BatchState): readonly Note[] {
  if (!paused) return [];
  const title = `Paused: ${counts.running + counts.connecting} still running, ${counts.queued} wait.`;
  const controls = [{ label: 'Continue', control: { type: 'resume' } }] as const;
  return [{ key: 'paused', tone: 'warn', icon: 'debug-pause', title, detail: '', controls }];
}

function holdNote(state: BatchState): readonly Note[] {
  const { hold } = state;
  if (!hold) return [];
  const { wave, barrier } = hold;
  const title = holdText(state);
  const answer = (go: boolean): PanelControl => ({ type: 'proceed', wave, go });
  const controls = [
    { label: `Continue with wave ${wave + 1}`, control: answer(true) },
    { label: `Stop after wave ${wave}`, control: answer(false) },
  ];
  const tone = barrier.type === 'ask' ? 'warn' : 'info';
  return [{ key: 'hold', tone, icon: 'debug-pause', title, detail: '', controls }];
}

function breakerNotes({ breakers }: BatchState): readonly Note[] {
  return Object.entries(breakers).map(([key, state]): Note => {
    const detail =
      state === 'open'
        ? 'Nothing is tried there for a while (circuit breaker).'
        : 'One node is tried to see whether it answers again (circuit breaker).';
    const title = `${visible(key)} failed again and again.`;
    return { key: `breaker ${key}`, tone: 'warn', icon: 'warning', title: capitalised(title), detail };
  });
}

function haltNotes(state: BatchState): readonly Note[] {
  if (state.status === 'interrupted') return [interruptedNote(state)];
  if (!state.cancelRequested) return leftRunning(state) ? [leftNote(state)] : [];
  if (state.status === 'running') {
    const { running, connecting, waiting } = state.counts;
    const title = `Stopping ${running + connecting + waiting}…`;
    const detail = 'A node counts as stopped only after its process is checked.';
    return [{ key: 'cancel', tone: 'warn', icon: 'circle-slash', title, detail }];
  }
  return state.stopReport ? [cancelReport(state, state.stopReport)] : [];
}

function cancelReport(state: BatchState, report: NonNullable<BatchState['stopReport']>): Note {
  const still = report.running.length;
  const outcome = still === 0 ? 'nothing left running' : `still running on ${still}`;
  const known = new Map(
    state.executions.flatMap((each) => [[each.id, each] as const, [each.node, each] as const]),
  );
  const named = report.running.slice(0, 5).map((id) => processName(id, known.get(id)));
  const rest = still > named.length ? ` and ${still - named.length} more` : '';
  const never = neverStarted(state);
  const parts = [
    still > 0 && `${named.join(', ')}${rest} did not end.`,
    never > 0 && `${never} never started.`,
    `${finished(state)} finished before.`,
  ];
  return {
    key: 'cancel',
    tone: still > 0 ? 'warn' : 'info',
    icon: 'circle-slash',
    title: `Cancelled: stopped on ${report.stopped.length}, ${outcome}.`,
    detail: parts.filter(Boolean).join(' '),
    ...(still > 0 && stopAgain),
    ...whatDidNotRun(state),
  };
}

const stopAgain = { action: { label: 'Stop again', does: 'stopAgain' } } as const;

/** The way on after a cancel or a crash. */
function whatDidNotRun(state: BatchState): Pick<Note, 'rerun'> {
  const { length } = nodesToRerun(state, 'not-started');
  if (length === 0) return {};
  return { rerun: { label: `Run on ${plural(length, 'node')} that never started`, which: 'not-started' } };
}

/** Nobody cancelled, but a command that took too long did not end. */
function leftNote(state: BatchState): Note {
  const left = state.executions.filter(mayStillRun);
  const named = left.slice(0, 5).map((each) => processName(each.id, each));
  const rest = left.length > named.length ? ` and ${left.length - named.length} more` : '';
  return {
    key: 'left',
    tone: 'warn',
    icon: 'warning',
    title: `May still run on ${plural(left.length, 'node')}.`,
    detail: `${named.join(', ')}${rest} did not end when it was stopped.`,
    ...stopAgain,
  };
}

function interruptedNote(state: BatchState): Note {
  const never = neverStarted(state);
  const running = state.counts.interrupted - countRemote(state, 'interrupted', 'never-started');
  const when = state.endedAt === undefined ? '' : ` at ${clockTime(state.endedAt)}`;
  const parts = [
    `${plural(finished(state), 'finished result is', 'finished results are')} kept.`,
    running > 0 &&
      `${plural(running, 'node was', 'nodes were')} running and may have finished on ${running === 1 ? 'its' : 'their'} own.`,
    never > 0 && `${never} never started.`,
  ];
  return {
    key: 'interrupted',
    tone: 'error',
    icon: 'stop-circle',
    title: `Interrupted: Muster's engine ended during this batch${when}.`,
    detail: parts.filter(Boolean).join(' '),
    ...(leftRunning(state) && stopAgain),
    ...whatDidNotRun(state),
  };
}

/** Whether a process may still run on a node that no report says it is gone from. */
function leftRunning(state: BatchState): boolean {
  return state.executions.some(mayStillRun);
}

function neverStarted(state: BatchState): number {
  const cancelled = countRemote(state, 'cancelled', 'never-started');
  return state.counts['not-started'] + cancelled + countRemote(state, 'interrupted', 'never-started');
}

function finished(state: BatchState): number {
  const { cancelled, interrupted } = state.counts;
  return state.executions.length - cancelled - interrupted - state.counts['not-started'];
}

function countRemote(state: BatchState, status: 'cancelled' | 'interrupted', remote: string): number {
  return state.executions.filter(({ outcome }) => outcome?.status === status && outcome.remote === remote)
    .length;
}

function processName(id: string, execution: ExecutionState | undefined): string {
  const pid = execution?.pid === undefined ? '' : ` (pid ${execution.pid})`;
  return `${visible(execution ? executionName(execution) : id)}${pid}`;
}
