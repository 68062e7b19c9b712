import process from 'node:process';
import type { Disposable } from '../../core/util/emitter.ts';
import type { StopSignal } from '../exitCode.ts';
import type { Streams } from '../report.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const satisfies readonly StopSignal[];

/** A person's wish to stop: the first signal cancels the batch, a second one leaves it. */
export type Stop = Disposable & {
  /** The signal that asked first. */
  requested(): StopSignal | undefined;
  /** Settles when a second signal came. */
  readonly left: Promise<undefined>;
};

/** Listens for signals, and for a reader of our output that goes away, until disposed. */
export function watchStop(streams: Pick<Streams, 'onReaderGone'>, cancel: () => void): Stop {
  let first: StopSignal | undefined;
  let leave: () => void = () => {};
  const left = new Promise<undefined>((resolve) => (leave = () => resolve(undefined)));
  const ask = (signal: StopSignal): void => {
    if (first !== undefined) return leave();
    first = signal;
    cancel();
  };
  const listeners = signals.map((signal) => ({ signal, listener: () => ask(signal) }));
  for (const { signal, listener } of listeners) process.on(signal, listener);
  const reader = streams.onReaderGone(() => first === undefined && ask('SIGPIPE'));
  return {
    requested: () => first,
    left,
    dispose() {
      reader.dispose();
      for (const { signal, listener } of listeners) process.off(signal, listener);
    },
  };
}
