import { compareNumbers } from '../../selection/nodeset/runs.ts';
import { splitNumbers } from '../../selection/nodeset/fold.ts';
import { expandNames, foldNames } from '../../selection/nodeset.ts';

/** UTF-16 units: YAML wants the colon of a key within 1024. */
const longest = 900;

/** Names as expressions that, read one after the other, give the very same names in the same order. */
export function foldInOrder(names: readonly string[]): string[] {
  return runsOf(names).flatMap(foldRun);
}

function foldRun(run: readonly string[]): string[] {
  if (run.length < 2) return run.map((name) => foldNames([name]));
  const text = foldNames(run);
  const read = expandNames(text, run.length).names;
  const isExact = read.length === run.length && read.every((name, at) => name === run[at]);
  if (isExact && text.length <= longest) return [text];
  const middle = run.length >> 1;
  return [...foldRun(run.slice(0, middle)), ...foldRun(run.slice(middle))];
}

/** Neighbours that differ only in numbers, and ascend. */
function runsOf(names: readonly string[]): string[][] {
  const runs: string[][] = [];
  let before: ReturnType<typeof splitNumbers> | undefined;
  for (const name of names) {
    const split = splitNumbers(name);
    const run = runs.at(-1);
    if (run && before && follows(before, split)) run.push(name);
    else runs.push([name]);
    before = split;
  }
  return runs;
}

type Split = ReturnType<typeof splitNumbers>;

function follows(before: Split, after: Split): boolean {
  if (before.texts.length !== after.texts.length) return false;
  if (before.texts.some((text, at) => text !== after.texts[at])) return false;
  for (const [at, number] of before.numbers.entries()) {
    const order = compareNumbers(number, after.numbers[at] ?? '');
    if (order !== 0) return order < 0;
  }
  return false;
}
