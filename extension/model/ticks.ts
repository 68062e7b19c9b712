/** The ticked nodes, by name. A pure value: the service around it keeps it and tells who listens. */
export type Ticks = ReadonlySet<string>;

export type TickChange = { readonly names: readonly string[]; readonly ticked: boolean };

/** Applies changes in order; the later one stands where two name the same node. */
export function applyTicks(ticks: Ticks, changes: readonly TickChange[]): Ticks {
  const result = new Set(ticks);
  for (const { names, ticked } of changes) {
    for (const name of names) {
      if (ticked) result.add(name);
      else result.delete(name);
    }
  }
  return result;
}

/** Everything that was not ticked, and nothing that was. */
export function invertTicks(ticks: Ticks, all: readonly string[]): Ticks {
  return new Set(all.filter((name) => !ticks.has(name)));
}

/** Splits ticks into those that exist, in inventory order, and names that are gone. */
export function matchTicks(ticks: Ticks, all: readonly string[]): { present: string[]; gone: string[] } {
  const known = new Set(all);
  return {
    present: all.filter((name) => ticks.has(name)),
    gone: [...ticks].filter((name) => !known.has(name)),
  };
}

/** How many of these are ticked. */
export function countTicked(ticks: Ticks, names: readonly string[]): number {
  let count = 0;
  for (const name of names) if (ticks.has(name)) count++;
  return count;
}

export function sameTicks(a: Ticks, b: Ticks): boolean {
  return a.size === b.size && [...a].every((name) => b.has(name));
}
