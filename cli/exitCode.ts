import type { BatchEnd } from '../core/run/outcome.ts';
import type { ErrorCode } from '../core/util/errors.ts';

/** What stops a batch: signals of a person or a terminal, and a reader of our output that went away. */
export type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGPIPE';

/** Exit codes of PRODUCT.md; 64 to 78 are those of sysexits(3), 128 + n is the shell's for signal n. */
export const exitCode = { ok: 0, usage: 64, software: 70 } as const;

/** The exit code of a batch that has ended. */
export function exitCodeOfEnd(end: BatchEnd | 'running', signal: StopSignal = 'SIGINT'): number {
  switch (end) {
    case 'succeeded':
      return 0;
    case 'partial':
      return 2;
    case 'failed':
      return 1;
    case 'cancelled':
      return exitCodeOfSignal(signal);
    case 'interrupted':
    case 'running':
      return exitCode.software;
  }
}

/** The exit code after a signal: 128 and its number, as signal(7) counts. */
export function exitCodeOfSignal(signal: StopSignal): number {
  switch (signal) {
    case 'SIGHUP':
      return 129;
    case 'SIGINT':
      return 130;
    case 'SIGPIPE':
      return 141;
    case 'SIGTERM':
      return 143;
  }
}

/** The exit code of a refusal before a batch exists. */
export function exitCodeOfError(code: ErrorCode): number {
  switch (code) {
    case 'USAGE':
    case 'SELECTION_SYNTAX':
    case 'SELECTION_UNKNOWN':
    case 'SELECTION_EMPTY':
    case 'NOT_FOUND':
    case 'FILE_EXISTS':
      return exitCode.usage;
    case 'INPUT_INVALID':
    case 'INPUT_MISSING':
      return 65;
    case 'TOO_MANY_TARGETS':
    case 'QUEUE_FULL':
      return 69;
    case 'ENGINE_GONE':
      return exitCode.software;
    case 'HISTORY_UNWRITABLE':
    case 'FILE_UNWRITABLE':
      return 74;
    case 'DENIED':
    case 'UNTRUSTED':
      return 77;
    case 'PLAN_STALE':
      return 78;
  }
}
