import type { Writable } from 'node:stream';
import type { ExecContext, ExecRequest, Exit, OnOutput } from '../../core/plugin/transport.ts';
import { becomeLine, newWord } from './become.ts';
import { type Becoming, createBecoming } from './becoming.ts';
import { MessageFilter } from './messageFilter.ts';
import { folderMessage, type FolderFinding } from './prelude.ts';
import { lineOf, type RemoteProcess, wrapCommand } from './ssh/wrapper.ts';

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
  /** Lets go of a command that is not started yet and may wait for a password. */
  abandon(): void;
  isStarted(): boolean;
  /** The password with which the command became another user. */
  secret(): string | undefined;
  /** The end of the command, by what the wrapper said; passes on what was held back. */
  conclude(exit: Exit): Promise<Exit>;
};

/** Ends the input of a terminal, and interrupts what reads there (termios, VEOF and VINTR). */
const endOfInput = '\x04';
const interrupt = '\x03';

/** Begins the dialogue about one command. Nothing is sent yet. */
export function openDialogue(request: ExecRequest, context: ExecContext): Dialogue {
  const word = newWord('muster');
  const { args, input } = wrapCommand(request, word);
  const become = request.runAs && becomeLine(request.runAs, args, word);
  const started = Promise.withResolvers<RemoteProcess>();
  const filter = new MessageFilter(word, messagesOf(request, input));
  const talked = request.tty ? 'stdout' : 'stderr';
  let stdin: Writable | undefined;
  let phase: 'login' | 'becoming' | 'started' = 'login';
  let folder: FolderFinding | undefined;

  const giveUp = (): void => void (request.tty ? stdin?.write(interrupt) : stdin?.end());
  const answers = { write: (secret: string) => void stdin?.write(`${secret}\n`), giveUp };
  const becoming: Becoming | undefined =
    request.runAs && become && createBecoming(request.runAs, become, { context, answers });

  const sayAll = (): void => {
    if (input) stdin?.write(input);
    if (!request.tty) stdin?.end(request.stdin ?? '');
    else if (!input) stdin?.write(endOfInput);
  };
  const hear = (message: string): void => {
    if (message === 'become') phase = 'becoming';
    if (message === 'ready') stdin?.write(endOfInput);
    folder ??= folderIn(message);
    const process = processIn(message);
    if (!process || phase === 'started') return;
    phase = 'started';
    becoming?.done();
    started.resolve(process);
    context.onProcess(process.pid);
    if (waits(request, input)) sayAll();
  };
  /** What is said on the way to another user is not the command's. */
  const ownOf = (bytes: Uint8Array): Uint8Array => {
    if (phase !== 'becoming') return bytes;
    becoming?.hear(bytes);
    return new Uint8Array();
  };

  return {
    line: become ? become.line : lineOf(args),
    process: started.promise,
    onOutput(stream, chunk) {
      if (stream !== talked) return context.onOutput(stream, chunk);
      const own: Uint8Array[] = [];
      for (const piece of filter.take(chunk)) {
        if ('message' in piece) hear(piece.message);
        else own.push(ownOf(piece.bytes));
      }
      const bytes = own.length === 1 && own[0] ? own[0] : Buffer.concat(own);
      return bytes.length > 0 ? context.onOutput(stream, bytes) : undefined;
    },
    speak(given) {
      stdin = given;
      if (!waits(request, input)) sayAll();
    },
    abandon: () => (becoming && phase !== 'started' ? giveUp() : undefined),
    isStarted: () => phase === 'started',
    secret: () => becoming?.secret(),
    async conclude(exit) {
      const rest = ownOf(filter.rest());
      if (rest.length > 0) await context.onOutput(talked, rest);
      if (becoming && phase !== 'started') return becoming.over(exit);
      if (exit.type !== 'exited' || folder === undefined || folder === 'ok') return exit;
      return { type: 'not-run', step: 'folder', message: folderMessage(request.cwd ?? '', folder) };
    },
  };
}

/** Whether nothing may be sent before the command has started: a prompt, or a terminal that echoes, would get it. */
function waits({ runAs, tty }: ExecRequest, input: string): boolean {
  return runAs !== undefined || (tty === true && input !== '');
}

/** How often the wrapper speaks. */
function messagesOf({ runAs, tty, cwd }: ExecRequest, input: string): number {
  return [runAs, true, tty === true && input, cwd].filter(
    (each) => each !== undefined && each !== false && each !== '',
  ).length;
}

function processIn(message: string): RemoteProcess | undefined {
  const [, pid, group, born] = /^pid=(\d+) group=([01]) born=(\d*)$/.exec(message) ?? [];
  return pid === undefined ? undefined : { pid: Number(pid), group: group === '1', born: born || undefined };
}

function folderIn(message: string): FolderFinding | undefined {
  const [, found] = /^folder=(.*)$/.exec(message) ?? [];
  return found === 'ok' || found === 'missing' || found === 'no-folder' || found === 'closed'
    ? found
    : undefined;
}
