import type { Readable } from 'node:stream';
import type { ExecContext, Exit } from '../../core/plugin/transport.ts';
import type { RemoteFate } from '../../core/run/outcome.ts';
import type { Clock } from '../../core/util/clock.ts';
import { whenAborted } from '../../core/util/abort.ts';
import { pumpOutput } from './pump.ts';

/** A process that has been started, however a transport did it. */
export type Running = {
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** How it ended by itself. Known before its output has ended. Never rejects. */
  readonly ended: Promise<Exit>;
  /** Stops its process group and looks whether it is gone. */
  stop(): Promise<RemoteFate>;
  /** Lets go of its streams. */
  close(): void;
};

/** A background process may hold the streams open for ever: so long we wait for more once the command has ended. */
const drainIdleMs = 2000;
/** After a stop nobody is left to write. */
const stoppedIdleMs = 200;

/**
 * Sees a process to its end: delivers its output, stops it on abort, and says how it ended.
 * Call it in the same turn in which the process was started, or output is lost.
 */
export async function supervise(running: Running, context: ExecContext & { clock: Clock }): Promise<Exit> {
  const pump = pumpOutput(running, context.onOutput, context.clock);
  const abort = whenAborted(context.signal);
  try {
    const first = await Promise.race([running.ended, abort.aborted, pump.failed]);
    if (first === 'aborted') {
      const remote = await running.stop();
      await Promise.race([pump.drain(stoppedIdleMs), pump.failed]);
      return { type: 'stopped', remote };
    }
    await Promise.race([pump.drain(drainIdleMs), abort.aborted, pump.failed]);
    return first;
  } catch (error) {
    await running.stop();
    throw error;
  } finally {
    abort.dispose();
    running.close();
  }
}
