import type { ExecRequest } from '../../../core/plugin/transport.ts';
import { scriptOf } from '../prelude.ts';
import { quote } from '../quote.ts';
import { needsInput, readAndRun, readAndRunInTerminal, scriptInput } from '../shell.ts';

/** What is sent to a node to run one command. */
export type WrappedCommand = {
  /** Program and arguments of the wrapper; quoted, they pass through any login shell. */
  readonly args: readonly string[];
  /** For stdin, before all else; empty where the command is among the arguments. */
  readonly input: string;
};

/**
 * Wraps a command so that it says its PID on stderr, behind a word that only we know, before it becomes the command.
 * sshd makes each command a session leader and `exec` keeps the PID, so the PID names the process group; where it
 * does not, setsid does; in a terminal, which setsid would take away, the group is the one it is in.
 * Folder and environment go over stdin: a process list shows arguments to everybody.
 */
export function wrapCommand(request: ExecRequest, word: string): WrappedCommand {
  const script = scriptOf(request, word);
  // As another user, a command would be quoted twice.
  const byInput =
    script !== request.command || request.runAs !== undefined || request.isSecret || needsInput(script);
  const read = request.tty ? readAndRunInTerminal : readAndRun;
  const run = byInput ? `unset -f f; unset b g p q; ${read}` : 'exec /bin/sh -c "$2"';
  const announce = `printf "%s pid=%s group=%s born=%s;" "$1" "$p" "$g" "$b" >&2; ${run}`;
  const raw = byInput && request.tty ? 's=$(stty -g) && stty raw -echo; ' : '';
  const otherwise = request.tty
    ? 'elif [ "$q" ]; then p=$q; f $p; g=1; '
    : 'elif command -v setsid >/dev/null 2>&1; then exec setsid /bin/sh -c "$3" muster "$1" "$2"; ';
  const lead = `${look}if kill -0 -$$ 2>/dev/null; then g=1; ${otherwise}else g=0; fi; ${raw}${announce}`;
  const args = ['/bin/sh', '-c', lead, 'muster', word, byInput ? '' : request.command];
  return {
    args: request.tty ? args : [...args, `${look}g=1; ${announce}`],
    input: byInput ? scriptInput(script, word) : '',
  };
}

/** Reads the group of a process into `q` and its start into `b`, from fields 5 and 22 of proc(5). */
const look =
  'f() { b=; q=; if [ -r /proc/$1/stat ]; then read -r b </proc/$1/stat; set -- ${b##*) }; q=$3; b=${20}; fi; }; ' +
  'p=$$; f $p; ';

/** A wrapped command for the login shell. */
export function lineOf(args: readonly string[]): string {
  return `exec ${args.map(quote).join(' ')}`;
}
