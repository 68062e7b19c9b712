/** What a person waits for comes first, then what is on the screen, then everything else. */
export type Urgency = 'interactive' | 'open' | 'background';

/** Work of the server, one piece at a time; between two pieces messages of the client come in. */
export type Scheduler = {
  /** Settles with what the work gave, or with what it threw. */
  run<T>(urgency: Urgency, work: () => T | Promise<T>): Promise<T>;
};

const order: readonly Urgency[] = ['interactive', 'open', 'background'];

export function createScheduler(): Scheduler {
  const waiting = new Map<Urgency, (() => Promise<void>)[]>(order.map((urgency) => [urgency, []]));
  let isBusy = false;
  const next = (): (() => Promise<void>) | undefined =>
    order
      .map((urgency) => waiting.get(urgency) ?? [])
      .find((queue) => queue.length > 0)
      ?.shift();
  const work = async (): Promise<void> => {
    isBusy = true;
    // A cancellation or a newer text that is already on its way arrives before the work is done.
    for (await turn(); ; await turn()) {
      const piece = next();
      if (!piece) break;
      await piece();
    }
    isBusy = false;
  };
  return {
    run: (urgency, piece) =>
      new Promise((resolve, reject) => {
        waiting.get(urgency)?.push(async () => {
          try {
            resolve(await piece());
          } catch (error) {
            reject(error);
          }
        });
        if (!isBusy) void work();
      }),
  };
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
