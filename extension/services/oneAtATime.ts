/** Calls that wait for each other. */
export type OneAtATime<T> = {
  /** The call that is under way, or the last of those that wait. */
  readonly current: Promise<T> | undefined;
  /** Makes a call of its own after those that were asked for before, whatever became of them. */
  run(call: () => Promise<T>): Promise<T>;
};

export function oneAtATime<T>(): OneAtATime<T> {
  let current: Promise<T> | undefined;
  return {
    get current() {
      return current;
    },
    run(call) {
      const own = current ? current.then(call, call) : call();
      current = own;
      const clear = (): void => {
        if (current === own) current = undefined;
      };
      own.then(clear, clear);
      return own;
    },
  };
}
