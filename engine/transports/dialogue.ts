import type { Writable } from 'node:stream';
import type {
  ExecContext,
  ExecRequest,
  Exit,
  OnOutput,
  StartedProcess,
} from '../../core/plugin/transport.ts';
import { becomeLine, newWord } from './become.ts';
import { type Answers, type Becoming, createBecoming } from './becoming.ts';
import { MessageFilter, type Piece } from './messageFilter.ts';
import { pour } from './pour.ts';
import { folderMessage, type FolderFinding } from './prelude.ts';
import { lineOf, wrapCommand } from './ssh/wrapper.ts';

/** What is said between us and the wrapper around one command, on the streams that the command has later. */
export type Dialogue = {
  /** For the login shell of the node. */
  readonly line: string;
  /** Settles when the command has been started. */
  readonly process: Promise<StartedProcess>;
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
  const filter = new MessageFilter(word, messagesOf(request, input));
  const talked = request.tty ? 'stdout' : 'stderr';
  const voice = createVoice(request, input);
  const becoming =
    request.runAs && become && createBecoming(request.runAs, become, { context, answers: voice });
  const listener = createListener({ context, voice, becoming });
  return {
    line: become ? become.line : lineOf(args),
    process: listener.process,
    onOutput(stream, chunk) {
      if (stream !== talked) return context.onOutput(stream, chunk);
      const own = filter.take(chunk).map(listener.ownOf);
      const bytes = own.length === 1 && own[0] ? own[0] : Buffer.concat(own);
      return bytes.length > 0 ? context.onOutput(stream, bytes) : undefined;
    },
    speak: voice.begin,
    abandon: () => (becoming && !listener.isStarted() ? voice.giveUp() : undefined),
    isStarted: listener.isStarted,
    secret: () => becoming?.secret(),
    async conclude(exit) {
      const rest = listener.ownOf({ bytes: filter.rest() });
      if (rest.length > 0) await context.onOutput(talked, rest);
      if (becoming && !listener.isStarted()) return becoming.over(exit);
      const folder = listener.folder();
      if (exit.type !== 'exited' || folder === undefined || folder === 'ok') return exit;
      return { type: 'not-run', step: 'folder', message: folderMessage(request.cwd ?? '', folder) };
    },
  };
}

type Voice = Answers & {
  begin(stdin: Writable): void;
  /** The command has been started. */
  onStart(): void;
  /** The terminal is as it was before the command came over it. */
  onReady(): void;
};

/** Our side, on the stdin that the command has later. */
function createVoice(request: ExecRequest, input: string): Voice {
  let stdin: Writable | undefined;
  const waits = request.runAs !== undefined || (request.tty === true && input !== '');
  const sayAll = (): void => {
    if (input) stdin?.write(input);
    if (stdin && !request.tty) pour(request.stdin, stdin);
    else if (request.tty && !input) stdin?.write(endOfInput);
  };
  return {
    begin(given) {
      stdin = given;
      // A prompt, or a terminal that echoes, would get what is sent before the command has started.
      if (!waits) sayAll();
    },
    onStart: () => (waits ? sayAll() : undefined),
    onReady: () => void stdin?.write(endOfInput),
    write: (secret) => void stdin?.write(`${secret}\n`),
    giveUp: () => void (request.tty ? stdin?.write(interrupt) : stdin?.end()),
  };
}

type ListenerDeps = { context: ExecContext; voice: Voice; becoming: Becoming | undefined };

/** Hears what the wrapper says, and leaves what is the command's own. */
function createListener({ context, voice, becoming }: ListenerDeps) {
  const started = Promise.withResolvers<StartedProcess>();
  let phase: 'login' | 'becoming' | 'started' = 'login';
  let folder: FolderFinding | undefined;
  const hear = (message: string): void => {
    if (message === 'become') phase = 'becoming';
    if (message === 'ready') voice.onReady();
    folder ??= folderIn(message);
    const process = processIn(message);
    if (!process || phase === 'started') return;
    phase = 'started';
    becoming?.done();
    started.resolve(process);
    context.onProcess(process.pid, { group: process.group, born: process.born });
    voice.onStart();
  };
  return {
    process: started.promise,
    isStarted: () => phase === 'started',
    folder: () => folder,
    ownOf(piece: Piece): Uint8Array {
      if ('message' in piece) hear(piece.message);
      else if (phase === 'becoming') becoming?.hear(piece.bytes);
      else return piece.bytes;
      return new Uint8Array();
    },
  };
}

/** How often the wrapper speaks. */
function messagesOf({ runAs, tty, cwd }: ExecRequest, input: string): number {
  const said = [runAs !== undefined, true, tty === true && input !== '', cwd !== undefined];
  return said.filter(Boolean).length;
}

function processIn(message: string): StartedProcess | undefined {
  const [, pid, group, born] = /^pid=(\d+) group=([01]) born=(\d*)$/.exec(message) ?? [];
  return pid === undefined ? undefined : { pid: Number(pid), group: group === '1', born: born || undefined };
}

function folderIn(message: string): FolderFinding | undefined {
  const [, found] = /^folder=(.*)$/.exec(message) ?? [];
  return found === 'ok' || found === 'missing' || found === 'no-folder' || found === 'closed'
    ? found
    : undefined;
}
