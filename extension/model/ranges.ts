/** Above this many children a list of nodes is shown as ranges that open. */
const foldAbove = 200;
const longest = 100;

/**
 * Cuts a long list of names into runs of at most 100, in order: of names of one shape, or of names that are alone in
 * theirs. A list of up to 200 stays one run.
 */
export function foldRanges(names: readonly string[]): readonly (readonly string[])[] {
  if (names.length <= foldAbove) return [names];
  const shapes = names.map(shapeOf);
  const isAlone = (at: number): boolean => shapes[at] !== shapes[at - 1] && shapes[at] !== shapes[at + 1];
  const runs: string[][] = [];
  for (const [at, name] of names.entries()) {
    const run = runs.at(-1);
    const goesOn = shapes[at] === shapes[at - 1] || (isAlone(at) && isAlone(at - 1));
    if (run && at > 0 && goesOn && run.length < longest) run.push(name);
    else runs.push([name]);
  }
  return runs;
}

/** Names with the same shape fold into one range: `web017` and `web018` are both `web#`. */
function shapeOf(name: string): string {
  return name.replaceAll(/\d+/g, '#');
}
