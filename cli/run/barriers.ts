import type { EngineClient } from '../../core/protocol/client.ts';
import type { BatchState } from '../../core/run/state.ts';
import { holdText } from '../../core/run/waveText.ts';
import type { Disposable } from '../../core/util/emitter.ts';
import { reportNote, type Streams } from '../report.ts';
import { askYesNo } from '../terminal/ask.ts';
import { createQueue, type Printer } from './printer.ts';

export type BarrierDeps = {
  readonly client: Pick<EngineClient, 'control'>;
  readonly streams: Streams;
  readonly printer: Pick<Printer, 'aside' | 'live'>;
  /** Puts a question to the person; anything but yes is no. */
  readonly ask?: (question: string, signal: AbortSignal) => Promise<boolean>;
};

/** Asks the person at the terminal whether the next wave may begin; where it begins by itself, says when. */
export function createBarriers({ client, streams, printer, ask = askYesNo }: BarrierDeps): Disposable & {
  reached(state: BatchState): void;
} {
  const over = new AbortController();
  const queue = createQueue();
  return {
    reached(state) {
      const { hold } = state;
      if (!hold) return;
      const text = holdText(state);
      if (hold.barrier.type === 'pause') {
        if (!printer.live) reportNote(text, streams);
        return;
      }
      const { wave } = hold;
      queue.add(() =>
        printer.aside(async () => {
          streams.err(`${text}\n`);
          const go = await ask(`Go on with wave ${wave + 1}?`, over.signal);
          await client.control({ batch: state.id, control: { type: 'proceed', wave, go } });
        }),
      );
    },
    dispose: () => over.abort(),
  };
}
