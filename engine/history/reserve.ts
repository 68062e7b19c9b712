import { rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';

/** Room on the disk that is held for the log of a batch: outcomes are small, and are worth more than more output. */
export type Reserve = {
  /** Gives the room back; true where there was some. */
  release(): boolean;
};

/** Bytes that the events of one execution take, without those of steps; and of one step of a playbook on one node. */
const bytesOfExecution = 1536;
const bytesOfStep = 512;
/** Bytes that are held at most. */
const mostBytes = 16_777_216;

/** Holds room in a file beside the log. Where the disk does not give it, there is none. */
export async function holdRoom(
  path: string,
  { executions, steps }: { readonly executions: number; readonly steps: number },
): Promise<Reserve> {
  const bytes = Math.min(mostBytes, executions * (bytesOfExecution + steps * bytesOfStep));
  let isHeld = await writeFile(path, Buffer.alloc(bytes), { mode: 0o600, flag: 'wx' }).then(
    () => true,
    () => false,
  );
  if (!isHeld) rmSync(path, { force: true });
  return {
    release() {
      const was = isHeld;
      isHeld = false;
      if (was) rmSync(path, { force: true });
      return was;
    },
  };
}
