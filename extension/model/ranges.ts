/** Above this many children a list of nodes is shown as ranges that open. */
const foldAbove = 200;
const longest = 100;
const shortest = 20;

/**
 * Cuts a long list of names into runs of at most 100, in order, where the shape of the names changes
 * if the run is not too short by then. A list of up to 200 stays one run.
 */
export function foldRanges(names: readonly string[]): readonly (readonly string[])[] {
  if (names.length <= foldAbove) return [names];
  const runs: string[][] = [];
  let run: string[] = [];
  let shape = '';
  for (const name of names) {
    const next = shapeOf(name);
    if (run.length >= longest || (next !== shape && run.length >= shortest)) {
      runs.push(run);
      run = [];
    }
    run.push(name);
    shape = next;
  }
  return [...runs, run];
}

/** Names with the same shape fold into one range: `web017` and `web018` are both `web#`. */
function shapeOf(name: string): string {
  return name.replaceAll(/\d+/g, '#');
}
