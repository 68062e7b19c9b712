import { randomBytes } from 'node:crypto';
import type { Writable } from 'node:stream';
import type { ExecContext, ExecRequest, Exit, OnOutput } from '../../core/plugin/transport.ts';
import { MessageFilter } from './messageFilter.ts';
import { folderMessage, type FolderFinding } from './prelude.ts';
import { type RemoteProcess, wrapCommand } from './ssh/wrapper.ts';

/** What is said between us and the wrapper around one command, on the streams that the command has later. */
export type Dialogue = {
  /** For the login shell of the node. */
  readonly line: string;
  /** Settles when the command has been started. */
  readonly process: Promise<RemoteProcess>;
  /** Passes on what is the command's own. */
  readonly onOutput: OnOutput;
  /** Says our part on the command's stdin. Call it once, when there is one. */
  speak(stdin: Writable): void;
  /** The end of the command, by what the wrapper said; passes on what was held back. */
  conclude(exit: Exit): Promise<Exit>;
};

/** Begins the dialogue about one command. Nothing is sent yet. */
export function openDialogue(request: ExecRequest, context: ExecContext): Dialogue {
  const word = `muster-${randomBytes(12).toString('hex')}`;
  const { line, input } = wrapCommand(request, word);
  const started = Promise.withResolvers<RemoteProcess>();
  let folder: FolderFinding | undefined;
  const hear = (text: string): void => {
    folder ??= folderIn(text);
    const process = processIn(text);
    if (!process) return;
    started.resolve(process);
    context.onProcess(process.pid);
  };
  const filter = new MessageFilter(word, request.cwd === undefined ? 1 : 2, hear);
  return {
    line,
    process: started.promise,
    onOutput(stream, chunk) {
      const own = stream === 'stderr' ? filter.take(chunk) : chunk;
      return own.length > 0 ? context.onOutput(stream, own) : undefined;
    },
    speak(stdin) {
      if (input) stdin.write(input);
      stdin.end(request.stdin ?? '');
    },
    async conclude(exit) {
      const rest = filter.rest();
      if (rest.length > 0) await context.onOutput('stderr', rest);
      if (exit.type !== 'exited' || folder === undefined || folder === 'ok') return exit;
      return { type: 'not-run', step: 'folder', message: folderMessage(request.cwd ?? '', folder) };
    },
  };
}

function processIn(text: string): RemoteProcess | undefined {
  const [, pid, group] = /^pid=(\d+) group=([01])$/.exec(text) ?? [];
  return pid === undefined ? undefined : { pid: Number(pid), group: group === '1' };
}

function folderIn(text: string): FolderFinding | undefined {
  const [, found] = /^folder=(.*)$/.exec(text) ?? [];
  return found === 'ok' || found === 'missing' || found === 'no-folder' || found === 'closed'
    ? found
    : undefined;
}
