import type { Lockstep } from './lockstep.ts';

export type GatherPlace = { readonly execution: string; readonly path: string; readonly key: string };

/** Lets those who come to a step side by side do it as one: `run` is called once, with all who joined with the same key. */
export type Gather<M, R> = (
  place: GatherPlace,
  member: M,
  run: (members: readonly M[]) => Promise<R>,
) => Promise<R>;

type Joined<M, R> = {
  readonly key: string;
  readonly member: M;
  readonly run: (members: readonly M[]) => Promise<R>;
  readonly end: (result: Promise<R>) => void;
};

export function createGather<M, R>(lockstep: Lockstep): Gather<M, R> {
  const gatherings = new Map<string, Map<string, Joined<M, R>>>();
  const look = (): void => {
    for (const [path, joined] of gatherings) {
      if (!lockstep.isAlone(path, joined)) continue;
      gatherings.delete(path);
      for (const group of Map.groupBy(joined.values(), ({ key }) => key).values()) {
        const result = group[0]?.run(group.map(({ member }) => member));
        if (result) for (const each of group) each.end(result);
      }
    }
  };
  lockstep.onMove(look);
  return ({ execution, path, key }, member, run) => {
    const { promise, resolve } = Promise.withResolvers<R>();
    const joined = gatherings.get(path) ?? new Map<string, Joined<M, R>>();
    gatherings.set(path, joined.set(execution, { key, member, run, end: resolve }));
    look();
    return promise;
  };
}
