import { formatDuration, plural } from './format.ts';
import type { Strategy } from './strategy.ts';
import type { BatchState } from './state.ts';

/** `parallel, 10 at once, in lockstep`, `one after the other`, `in waves of 1, then 10%; 5 at once`. */
export function orderText({ mode, concurrency, waves = [], lockstep }: Strategy): string {
  const beside = lockstep ? ', in lockstep' : '';
  switch (mode) {
    case 'sequential':
      return 'one after the other';
    case 'parallel':
      return `parallel, ${concurrency} at once${beside}`;
    case 'rolling':
      return `in waves of ${waves.join(', then ')}; ${concurrency} at once${beside}`;
  }
}

/** What happens between two waves, as a sentence; empty where nothing waits. */
export function holdText(state: BatchState): string {
  const { hold } = state;
  if (!hold) return '';
  const { wave, barrier } = hold;
  const done = doneText(state, wave);
  const ahead =
    barrier.type === 'ask'
      ? `Wave ${wave + 1} waits for you.`
      : `Wave ${wave + 1} begins ${formatDuration(barrier.ms)} after it.`;
  return `${done.charAt(0).toUpperCase()}${done.slice(1)}. ${ahead}`;
}

/** The same in a few words, while time goes by; undefined where nothing waits. `now` is ms since the epoch. */
export function holdStatus(state: BatchState, now: number): string | undefined {
  const { hold } = state;
  if (!hold) return undefined;
  const { barrier, since } = hold;
  const next = `wave ${hold.wave + 1}`;
  if (barrier.type === 'ask') return `${doneText(state, hold.wave)}; ${next} waits for you`;
  const seconds = Math.max(0, Math.ceil((since + barrier.ms - now) / 1000));
  return `${doneText(state, hold.wave)}; ${next} begins in ${seconds} s`;
}

/** `wave 1 of 3 done, 2 failures`. */
function doneText({ waves }: BatchState, wave: number): string {
  const done = waves.find((each) => each.wave === wave);
  const failed = done && done.failures > 0 ? `, ${plural(done.failures, 'failure')}` : '';
  return `wave ${wave}${done ? ` of ${done.of}` : ''} done${failed}`;
}

/** `wave 2 of 3`, while it runs. */
export function waveText({ waves }: BatchState): string | undefined {
  const running = waves.findLast(({ status }) => status === 'running');
  return running && `wave ${running.wave} of ${running.of}`;
}
