import type { OnOutput } from '../plugin/transport.ts';
import type { Secrets } from './redact.ts';

export type RedactedOutput = {
  readonly add: OnOutput;
  /** Passes on what was held back; whatever comes later is dropped. */
  end(): void;
};

/** The output of one execution on its way to `pass`, without secrets. */
export function redactedOutput(secrets: Secrets, pass: OnOutput): RedactedOutput {
  const redactors = { stdout: secrets.redactor(), stderr: secrets.redactor() };
  let isOver = false;
  const passSome: OnOutput = (stream, bytes) => (bytes.length > 0 ? pass(stream, bytes) : undefined);
  return {
    add: (stream, chunk) => (isOver ? undefined : passSome(stream, redactors[stream].take(chunk))),
    end() {
      isOver = true;
      void passSome('stdout', redactors.stdout.rest());
      void passSome('stderr', redactors.stderr.rest());
    },
  };
}
