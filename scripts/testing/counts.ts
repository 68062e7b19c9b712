/** How many tests ended how. */
export type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };

/** Counts by the path of a test file. */
export type FileCounts = { readonly [file: string]: Counts };

/** Mocha's own summary lines, `  12 passing (3s)`; one run of mocha prints each at most once. */
const summary = /^ {2}(\d+) (passing|failing|pending)\b/gm;

/**
 * What a part of the suite printed and how it exited, as counts. A part that failed outside a test, or in
 * which no test ran, counts as one failure: nothing that is missing looks like success.
 */
export function partCounts(printed: string, exitCode: number): Counts {
  const counted = { passing: 0, failing: 0, pending: 0 };
  for (const [, number, word] of stripColours(printed).matchAll(summary)) {
    if (word === 'passing' || word === 'failing' || word === 'pending') counted[word] += Number(number);
  }
  const { passing: passed, failing, pending: skipped } = counted;
  const ranNothing = passed + failing + skipped === 0;
  const failed = failing === 0 && (exitCode !== 0 || ranNothing) ? 1 : failing;
  return { passed, failed, skipped };
}

/**
 * The files to run once more, alone: those with a failure, unless that is in so many that chance is no
 * explanation. None where a part failed outside a test.
 */
export function filesToRepeat(files: FileCounts): readonly string[] {
  const failed = Object.keys(files).filter((file) => (files[file]?.failed ?? 0) > 0);
  return failed.length > mostRepeated || failed.includes('') ? [] : failed;
}

const mostRepeated = 3;

export function sumCounts(counts: readonly Counts[]): Counts {
  const sum = (of: (one: Counts) => number): number => counts.reduce((total, one) => total + of(one), 0);
  return {
    passed: sum((one) => one.passed),
    failed: sum((one) => one.failed),
    skipped: sum((one) => one.skipped),
  };
}

/** `12 passed, 0 failed`, and `, 3 skipped` only when there are some. */
export function summaryLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

function stripColours(text: string): string {
  // oxlint-disable-next-line eslint/no-control-regex -- escape sequences are what this looks for
  return text.replace(/\u001b\[[0-9;]*m/g, '');
}
