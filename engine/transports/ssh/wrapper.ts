import { quote } from '../quote.ts';
import { needsInput, readAndRun, scriptInput } from '../shell.ts';

/** What is sent to a node to run one command. */
export type WrappedCommand = {
  /** For the login shell. */
  readonly line: string;
  /** For stdin, before its end; empty where the command is in the line. */
  readonly input: string;
};

/** The process on the node. `group`: it leads a process group, so that it can be stopped with all it started. */
export type RemoteProcess = { readonly pid: number; readonly group: boolean };

/**
 * Wraps a command so that it says its PID on stderr, behind a word that only we know, before it becomes the command.
 * sshd makes each command a session leader and `exec` keeps the PID, so the PID names the process group; where it
 * does not, setsid does.
 */
export function wrapCommand(command: string, word: string): WrappedCommand {
  const byInput = needsInput(command);
  const run = byInput ? `unset g; ${readAndRun}` : 'exec /bin/sh -c "$2"';
  const announce = `printf "%s pid=%s group=%s;" "$1" "$$" "$g" >&2; ${run}`;
  const script =
    'if kill -0 -$$ 2>/dev/null; then g=1; ' +
    'elif command -v setsid >/dev/null 2>&1; then exec setsid /bin/sh -c "$3" muster "$1" "$2"; ' +
    `else g=0; fi; ${announce}`;
  const args = [script, 'muster', word, byInput ? '' : command, `g=1; ${announce}`];
  return {
    line: `exec /bin/sh -c ${args.map(quote).join(' ')}`,
    input: byInput ? scriptInput(command, word) : '',
  };
}

/** Takes the announcement out of stderr, wherever the chunks are cut. */
export class AnnouncementFilter {
  readonly #word: Buffer;
  readonly #onProcess: (process: RemoteProcess) => void;
  /** Bytes that may belong to the announcement; undefined once it is over. */
  #held: Buffer | undefined = Buffer.alloc(0);

  constructor(word: string, onProcess: (process: RemoteProcess) => void) {
    this.#word = Buffer.from(`${word} `);
    this.#onProcess = onProcess;
  }

  /** Gives the bytes of the chunk, and of earlier ones, that are the command's own. */
  take(chunk: Uint8Array): Uint8Array {
    if (!this.#held) return chunk;
    const bytes = Buffer.concat([this.#held, chunk]);
    const start = bytes.indexOf(this.#word);
    if (start < 0) return this.#release(bytes, bytes.length - overlap(bytes, this.#word));
    const end = bytes.indexOf(';', start);
    if (end < 0) return this.#release(bytes, start);
    this.#held = undefined;
    this.#tell(bytes.toString('latin1', start + this.#word.length, end));
    return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end + 1)]);
  }

  /** What is held when the stream ends: it was no announcement. */
  rest(): Uint8Array {
    const held = this.#held ?? Buffer.alloc(0);
    this.#held = undefined;
    return held;
  }

  #release(bytes: Buffer, until: number): Uint8Array {
    this.#held = bytes.subarray(until);
    return bytes.subarray(0, until);
  }

  #tell(text: string): void {
    const [, pid, group] = /^pid=(\d+) group=([01])$/.exec(text) ?? [];
    if (pid !== undefined) this.#onProcess({ pid: Number(pid), group: group === '1' });
  }
}

/** How many bytes at the end of `bytes` are the start of `word`. */
function overlap(bytes: Buffer, word: Buffer): number {
  let length = Math.min(bytes.length, word.length - 1);
  while (length > 0 && !bytes.subarray(bytes.length - length).equals(word.subarray(0, length))) length--;
  return length;
}
