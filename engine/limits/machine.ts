import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** What this machine allows. */
export type Machine = {
  /** Descriptors that this process may have open; absent where nobody says. */
  readonly openFiles: number | undefined;
  readonly cpus: number;
};

export function thisMachine(): Machine {
  return { openFiles: openFilesLimit(), cpus: availableParallelism() };
}

/** The soft limit of RLIMIT_NOFILE, getrlimit(2): from /proc where there is one, else from Node's report. */
function openFilesLimit(): number | undefined {
  try {
    return numberIn(/^Max open files +(\S+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]);
  } catch {
    const report: unknown = process.report.getReport();
    return numberIn(softLimitIn(report));
  }
}

function softLimitIn(report: unknown): string | undefined {
  if (typeof report !== 'object' || report === null || !('userLimits' in report)) return undefined;
  const limits: unknown = report.userLimits;
  if (typeof limits !== 'object' || limits === null || !('open_files' in limits)) return undefined;
  const files: unknown = limits.open_files;
  if (typeof files !== 'object' || files === null || !('soft' in files)) return undefined;
  return String(files.soft);
}

function numberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}
