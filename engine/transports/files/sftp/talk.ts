import { Duplex } from 'node:stream';
import type { OnOutput } from '../../../../core/plugin/transport.ts';

/** A channel to a server that runs as a command: what is written there is its stdin, what comes is its stdout. */
export type Talk = {
  readonly channel: Duplex & { close(): void };
  /** For the command to read; ends when the channel is closed. */
  readonly input: AsyncIterable<Uint8Array>;
  /** Takes what the command says. */
  readonly hear: OnOutput;
  /** The command has ended. */
  over(): void;
  /** What it said last on stderr. */
  lastLine(): string;
};

export function openTalk(): Talk {
  let written: { readonly chunk: Uint8Array; taken(): void } | undefined;
  let wake = (): void => undefined;
  let held: (() => void)[] = [];
  const letGo = (): void => {
    const all = held;
    held = [];
    for (const each of all) each();
  };
  let complaint = '';
  const duplex = new Duplex({
    read: letGo,
    write(chunk: Uint8Array, _encoding, taken) {
      written = { chunk, taken };
      wake();
    },
    destroy(_error, done) {
      wake();
      letGo();
      done(null);
    },
  });
  async function* input(): AsyncGenerator<Uint8Array> {
    while (!duplex.destroyed) {
      const next = written;
      written = undefined;
      if (!next) await new Promise<void>((resolve) => (wake = resolve));
      else {
        yield next.chunk;
        next.taken();
      }
    }
  }
  return {
    channel: Object.assign(duplex, { close: () => void duplex.destroy() }),
    input: input(),
    hear(stream, chunk) {
      if (stream === 'stderr') complaint = `${complaint}${Buffer.from(chunk).toString()}`.slice(-1000);
      else if (!duplex.destroyed && !duplex.push(chunk))
        return new Promise<void>((resolve) => void held.push(resolve));
      return undefined;
    },
    over: () => void (duplex.destroyed || duplex.push(null)),
    lastLine: () => complaint.trim().split('\n').at(-1) ?? '',
  };
}
