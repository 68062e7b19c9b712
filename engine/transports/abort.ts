import type { Disposable } from '../../core/util/emitter.ts';

/** A promise that settles when the signal is aborted, and a way to stop listening. */
export function whenAborted(signal: AbortSignal): Disposable & { readonly aborted: Promise<'aborted'> } {
  let listener = (): void => {};
  const aborted = new Promise<'aborted'>((resolve) => (listener = () => resolve('aborted')));
  if (signal.aborted) listener();
  else signal.addEventListener('abort', listener, { once: true });
  return { aborted, dispose: () => signal.removeEventListener('abort', listener) };
}
