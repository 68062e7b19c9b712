/** Numbers at equal distances: from `first` to `last`, both as they are written. */
export type Run = { readonly first: string; readonly last: string; readonly step: number };

/** By length, then by value: `3` before `01` before `02`. Negative numbers come first, the lowest of them first. */
export function compareNumbers(a: string, b: string): number {
  const [negative, other] = [a.startsWith('-'), b.startsWith('-')];
  if (negative !== other) return negative ? -1 : 1;
  const order = a.length - b.length || (a < b ? -1 : Number(a > b));
  return negative ? -order : order;
}

/** `['01', '02', '03', '07']` → `01-03,07`. */
export function foldNumbers(numbers: readonly string[], autostep = Infinity): string {
  return runsOf(numbers.toSorted(compareNumbers), autostep)
    .map(({ first, last, step }) => {
      if (first === last) return first;
      return step === 1 ? `${first}-${last}` : `${first}-${last}/${step}`;
    })
    .join(',');
}

/** The run that is being read. `start` is the place of its first number, the flags are those of its first writing. */
type Open = { start: number; padded: boolean; width: number; step: number | undefined };

/**
 * Numbers as runs, as ClusterShell 1.9 finds them: those that follow each other, and with `autostep` as many or more at
 * another equal distance. Numbers of different padding never share a run.
 *
 * @param sorted by {@link compareNumbers}, without repeats
 */
export function runsOf(sorted: readonly string[], autostep = Infinity): Run[] {
  const runs: Run[] = [];
  const add = (from: number, to: number, step: number): void => {
    const [first, last] = [sorted[from], sorted[to]];
    if (first !== undefined && last !== undefined) runs.push({ first, last, step });
  };
  const isRun = ({ start, step }: Open, last: number): boolean =>
    step === undefined || step === 1 || gap(sorted[start], sorted[last]) >= (autostep - 1) * step;
  const addEach = (from: number, to: number): void => {
    for (let at = from; at <= to; at += 1) add(at, at, 1);
  };
  let open: Open | undefined;
  for (const [at, digits] of sorted.entries()) {
    if (!open) {
      open = opened(digits, at);
      continue;
    }
    const before = at - 1;
    const distance = gap(sorted[before], digits);
    const isOther = open.padded ? digits.length !== open.width : isPadded(digits);
    if (!isOther && (open.step === undefined || open.step === distance)) {
      open.step = distance;
      continue;
    }
    const keeps = isRun(open, before);
    if (keeps) add(open.start, before, open.step ?? 1);
    else addEach(open.start, isOther ? before : before - 1);
    if (keeps || isOther) open = opened(digits, at);
    else open.start = before;
    open.step = isOther ? undefined : distance;
  }
  if (open && isRun(open, sorted.length - 1)) add(open.start, sorted.length - 1, open.step ?? 1);
  else if (open) addEach(open.start, sorted.length - 1);
  return runs;
}

function opened(digits: string, at: number): Open {
  return { start: at, padded: isPadded(digits), width: digits.length, step: undefined };
}

/** Whether a number has zeros in front. */
export function isPadded(digits: string): boolean {
  return digits.length > 1 && digits.startsWith('0');
}

/** How much higher the second number is; not a number where that is beyond exact arithmetic. */
function gap(a = '', b = ''): number {
  if (a.length <= 15 && b.length <= 15) return Number(b) - Number(a);
  const exact = BigInt(b) - BigInt(a);
  return exact <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(exact) : Number.NaN;
}
