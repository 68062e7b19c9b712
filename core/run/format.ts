import type { BatchEnd } from './outcome.ts';
import { mayStillRun } from './remote.ts';
import type { BatchState, ExecutionState, ExecutionStatus } from './state.ts';
import { completed, failures } from './state.ts';
import { outcomeStatuses } from './statuses.ts';

export { mayBeLeft, mayStillRun } from './remote.ts';

/** What a colour means: done, wrong, not known, not started or left out, our own fault, under way. */
export type Family = 'ok' | 'bad' | 'unknown' | 'idle' | 'ours' | 'active';

/** How a status is shown, the same in the panel, the tree and the terminal. */
export type Look = {
  /** Name of a codicon. */
  readonly icon: string;
  readonly family: Family;
  /** Begins a line: `Timed out`. */
  readonly word: string;
  /** Follows a number in a sentence: `1 timed out`. */
  readonly inSentence: string;
  /** One character for the terminal. */
  readonly mark: string;
};

/** Icon, colour family and words of every status, in the order of the legend. */
export const outcomeLook: Readonly<Record<ExecutionStatus, Look>> = {
  ok: look('Ok', { icon: 'pass', family: 'ok', mark: '✓' }),
  failed: look('Failed', { icon: 'error', family: 'bad', mark: '✗' }),
  signalled: look('Killed', { icon: 'zap', family: 'bad', mark: '✗' }),
  'timed-out': look('Timed out', { icon: 'clockface', family: 'bad', mark: '✗' }),
  unreachable: look('Unreachable', { icon: 'debug-disconnect', family: 'unknown', mark: '?' }),
  lost: {
    ...look('Lost, result unknown', { icon: 'question', family: 'unknown', mark: '?' }),
    inSentence: 'lost',
  },
  refused: look('Refused', { icon: 'shield', family: 'unknown', mark: '?' }),
  cancelled: look('Cancelled', { icon: 'circle-slash', family: 'idle', mark: '-' }),
  skipped: look('Skipped', { icon: 'debug-step-over', family: 'idle', mark: '-' }),
  'not-started': look('Not started', { icon: 'dash', family: 'idle', mark: '-' }),
  interrupted: look('Interrupted', { icon: 'stop-circle', family: 'ours', mark: '!' }),
  crashed: {
    ...look('Crashed (Muster or a plugin)', { icon: 'bug', family: 'ours', mark: '!' }),
    inSentence: 'crashed',
  },
  queued: look('Queued', { icon: 'circle-outline', family: 'idle', mark: '·' }),
  connecting: look('Connecting', { icon: 'plug', family: 'active', mark: '·' }),
  waiting: look('Waiting', { icon: 'key', family: 'unknown', mark: '·' }),
  running: look('Running', { icon: 'loading', family: 'active', mark: '·' }),
};

export const batchLook: Readonly<Record<'running' | BatchEnd, Look>> = {
  running: look('Running', { icon: 'loading', family: 'active', mark: '·' }),
  succeeded: look('Succeeded', { icon: 'pass', family: 'ok', mark: '✓' }),
  partial: look('Partial', { icon: 'warning', family: 'unknown', mark: '!' }),
  failed: look('Failed', { icon: 'error', family: 'bad', mark: '✗' }),
  cancelled: look('Cancelled', { icon: 'circle-slash', family: 'idle', mark: '-' }),
  interrupted: look('Interrupted', { icon: 'stop-circle', family: 'ours', mark: '!' }),
};

/** A process that may still run is a warning, whatever its status says. */
export function executionLook(execution: Pick<ExecutionState, 'status' | 'outcome' | 'stoppedAt'>): Look {
  const plain = outcomeLook[execution.status];
  if (!mayStillRun(execution)) return plain;
  return { ...plain, icon: 'warning', family: 'unknown', mark: '?', word: 'May still run' };
}

/** The one sentence about a batch, its weighty part first. */
export type Sentence = { readonly lead: string; readonly rest: string };

/** `81/120 completed, 20 running, 8 failed`; at the end `Partial: 111 of 120 ok, 6 failed, 2 unreachable`. */
export function sentenceOf(state: BatchState): Sentence {
  return state.status === 'running' ? liveSentence(state) : endSentence(state, state.status);
}

export function sentenceText(state: BatchState): string {
  const { lead, rest } = sentenceOf(state);
  return lead + rest;
}

/** Title of a panel or a status item: `81/120`, at the end `9 failed` or `120 ok`. */
export function progressTitle(state: BatchState): string {
  if (state.status === 'running') return `${completed(state)}/${state.executions.length}`;
  const failed = failures(state);
  return failed > 0 ? `${failed} failed` : `${state.counts.ok} ok`;
}

/**
 * A length of time, given in milliseconds: under 10 s `0.9 s`, under a minute `38 s`, then `1:14`, then `2:01:14`.
 * While it still grows (`live`) only whole seconds are shown.
 */
export function formatDuration(ms: number, live: 'live' | 'ended' = 'ended'): string {
  const clamped = Math.max(0, ms);
  if (live === 'ended' && clamped < 9_950) return `${(clamped / 1000).toFixed(1)} s`;
  const seconds = live === 'live' ? Math.floor(clamped / 1000) : Math.round(clamped / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${twoDigits(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${twoDigits(minutes % 60)}:${twoDigits(seconds % 60)}`;
}

/** The same length for a screen reader: `1.1 seconds`, `1 minute 14`. */
export function spokenDuration(ms: number, live: 'live' | 'ended' = 'ended'): string {
  const short = formatDuration(ms, live);
  if (short.endsWith(' s')) return short === '1 s' ? '1 second' : short.replace(' s', ' seconds');
  const parts = short.split(':').map(Number);
  const [seconds = 0, minutes = 0, hours = 0] = parts.reverse();
  const long = [hours && plural(hours, 'hour'), minutes && plural(minutes, 'minute'), seconds || ''];
  return long.filter(Boolean).join(' ');
}

/** `812 B`, `1.2 KB`, `12.4 MB`; 1 KB is 1024 bytes, as everywhere in VS Code. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const units = ['KB', 'MB', 'GB', 'TB'];
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1023.95 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value.toFixed(1).replace(/\.0$/, '')} ${units[unit]}`;
}

/** How far files are: `12 MB of 40 MB`. */
export function transferText({ bytes, of }: { readonly bytes: number; readonly of: number }): string {
  return of === 0 ? formatBytes(bytes) : `${formatBytes(bytes)} of ${formatBytes(of)}`;
}

/** The last four characters of a batch's id are enough for people: `7f3k`. */
export function shortId(batch: string): string {
  return batch.slice(-4).toLowerCase();
}

/** `1 node`, `2 nodes`, `1,240 nodes`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${groupDigits(count)} ${count === 1 ? one : many}`;
}

/** `Timed out` of `timed out`. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function liveSentence(state: BatchState): Sentence {
  const { running, connecting, waiting } = state.counts;
  const asked = Object.keys(state.prompts).length > 0;
  const parts = [
    counted(running + connecting + (asked ? 0 : waiting), 'running'),
    counted(asked ? waiting : 0, 'waiting'),
    counted(failures(state), 'failed'),
  ];
  return { lead: `${completed(state)}/${state.executions.length} completed`, rest: parts.join('') };
}

function endSentence(state: BatchState, end: BatchEnd): Sentence {
  const { ok } = state.counts;
  const rest = outcomeStatuses
    .filter((status) => status !== 'ok')
    .map((status) => counted(state.counts[status], outcomeLook[status].inSentence));
  return { lead: `${batchLook[end].word}: ${ok} of ${state.executions.length} ok`, rest: rest.join('') };
}

function counted(count: number, word: string): string {
  return count > 0 ? `, ${count} ${word}` : '';
}

function look(word: string, shape: Pick<Look, 'icon' | 'family' | 'mark'>): Look {
  return { ...shape, word, inSentence: word.toLowerCase() };
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

function groupDigits(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
