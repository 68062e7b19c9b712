import assert from 'node:assert/strict';
import { exitCodeOfEnd, exitCodeOfError, exitCodeOfSignal } from '../../cli/exitCode.ts';
import { BatchEnd } from '../../core/run/outcome.ts';
import { ErrorCode } from '../../core/util/errors.ts';

describe('exit codes', () => {
  it('tell how a batch ended', () => {
    assert.deepEqual(Object.fromEntries(BatchEnd.options.map((end) => [end, exitCodeOfEnd(end)])), {
      succeeded: 0,
      partial: 2,
      failed: 1,
      cancelled: 130,
      interrupted: 70,
    });
  });

  it('tell which signal cancelled a batch', () => {
    assert.equal(exitCodeOfEnd('cancelled', 'SIGTERM'), 143);
    assert.deepEqual(
      (['SIGHUP', 'SIGINT', 'SIGPIPE', 'SIGTERM'] as const).map(exitCodeOfSignal),
      [129, 130, 141, 143],
    );
  });

  it('tell why nothing ran', () => {
    assert.deepEqual(Object.fromEntries(ErrorCode.options.map((code) => [code, exitCodeOfError(code)])), {
      USAGE: 64,
      SELECTION_SYNTAX: 64,
      SELECTION_UNKNOWN: 64,
      SELECTION_EMPTY: 64,
      TOO_MANY_TARGETS: 69,
      INPUT_INVALID: 65,
      INPUT_MISSING: 65,
      PLAN_STALE: 78,
      QUEUE_FULL: 69,
      DENIED: 77,
      UNTRUSTED: 77,
      NOT_FOUND: 64,
      HISTORY_UNWRITABLE: 74,
      ENGINE_GONE: 70,
      FILE_EXISTS: 64,
      FILE_UNWRITABLE: 74,
    });
  });
});
