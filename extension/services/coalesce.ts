import type { Disposable } from '../../core/util/emitter.ts';

/** Calls at once, then at most once in `intervalMs` milliseconds; the last request is never lost. */
export function coalesce(intervalMs: number, call: () => void): (() => void) & Disposable {
  let timer: NodeJS.Timeout | undefined;
  let again = false;
  const run = (): void => {
    again = false;
    timer = setTimeout(() => {
      timer = undefined;
      if (again) run();
    }, intervalMs);
    call();
  };
  const request = (): void => {
    if (timer) again = true;
    else run();
  };
  return Object.assign(request, { dispose: () => clearTimeout(timer) });
}
