import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { reporters, type MochaOptions, type Runner } from 'mocha';
import type { Counts, FileCounts } from './counts.ts';

/** The environment variable that names the file for the counts per test file. */
export const countsVariable = 'MUSTER_TEST_COUNTS';

/** Mocha's spec reporter, which also leaves behind how many tests of each file ended how, where that is asked for. */
// oxlint-disable-next-line import/no-default-export -- what mocha loads a reporter by
export default class FilesReporter extends reporters.Spec {
  constructor(runner: Runner, options?: MochaOptions) {
    super(runner, options);
    const path = process.env[countsVariable];
    if (path === undefined) return;
    const files: Record<string, Counts> = {};
    const count = (file: string | undefined, kind: keyof Counts): void => {
      const name = relative(process.cwd(), file ?? '');
      const before = files[name] ?? { passed: 0, failed: 0, skipped: 0 };
      files[name] = { ...before, [kind]: before[kind] + 1 };
    };
    runner.on('pass', ({ file }) => count(file, 'passed'));
    runner.on('fail', ({ file }) => count(file, 'failed'));
    runner.on('pending', ({ file }) => count(file, 'skipped'));
    runner.on('end', () => writeFileSync(path, JSON.stringify(files satisfies FileCounts)));
  }
}
