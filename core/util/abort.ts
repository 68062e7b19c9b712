import type { Disposable } from './emitter.ts';

/** Calls back once when the signal is aborted, at once where it is already, unless disposed before. */
export function onAbort(signal: AbortSignal, callback: () => void): Disposable {
  if (signal.aborted) callback();
  else signal.addEventListener('abort', callback, { once: true });
  return { dispose: () => signal.removeEventListener('abort', callback) };
}

/** A promise that settles when the signal is aborted, and a way to stop listening. */
export function whenAborted(signal: AbortSignal): Disposable & { readonly aborted: Promise<'aborted'> } {
  const { promise, resolve } = Promise.withResolvers<'aborted'>();
  return { aborted: promise, ...onAbort(signal, () => resolve('aborted')) };
}
