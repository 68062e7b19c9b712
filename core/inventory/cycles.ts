/** Cycles of a graph, each once, as the path that leads back to its first name. Linear in nodes and edges. */
export function findCycles(names: Iterable<string>, next: (name: string) => readonly string[]): string[][] {
  const done = new Set<string>();
  const cycles: string[][] = [];
  for (const start of names) {
    const path: string[] = [];
    const onPath = new Map<string, number>();
    const pending: { name: string; leave: boolean }[] = [{ name: start, leave: false }];
    for (let step = pending.pop(); step; step = pending.pop()) {
      const { name, leave } = step;
      if (leave) {
        path.pop();
        onPath.delete(name);
        done.add(name);
        continue;
      }
      const from = onPath.get(name);
      if (from !== undefined) cycles.push([...path.slice(from), name]);
      if (from !== undefined || done.has(name)) continue;
      onPath.set(name, path.length);
      path.push(name);
      pending.push({ name, leave: true });
      for (const child of next(name).toReversed()) pending.push({ name: child, leave: false });
    }
  }
  return cycles;
}
