/** Paints after changes, at most ten times a second, and never while the page is hidden. */
export type Frames = {
  /** Something changed: paint it when it is time. */
  request(): void;
};

export const frameMs = 100;

export function createFrames(page: Document, paint: () => void): Frames {
  let last = -frameMs;
  let waiting = false;
  let missed = false;
  const run = (): void => {
    waiting = false;
    if (page.visibilityState === 'hidden') {
      missed = true;
      return;
    }
    last = performance.now();
    paint();
  };
  page.addEventListener('visibilitychange', () => {
    if (page.visibilityState === 'hidden' || !missed) return;
    missed = false;
    run();
  });
  return {
    request() {
      if (waiting) return;
      waiting = true;
      setTimeout(run, Math.max(0, last + frameMs - performance.now()));
    },
  };
}
