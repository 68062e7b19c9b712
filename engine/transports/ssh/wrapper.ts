import type { ExecRequest } from '../../../core/plugin/transport.ts';
import { scriptOf } from '../prelude.ts';
import { quote } from '../quote.ts';
import { needsInput, readAndRun, scriptInput } from '../shell.ts';

/** What is sent to a node to run one command. */
export type WrappedCommand = {
  /** For the login shell. */
  readonly line: string;
  /** For stdin, before all else; empty where the command is in the line. */
  readonly input: string;
};

/** The process on the node. `group`: it leads a process group, so that it can be stopped with all it started. */
export type RemoteProcess = { readonly pid: number; readonly group: boolean };

/**
 * Wraps a command so that it says its PID on stderr, behind a word that only we know, before it becomes the command.
 * sshd makes each command a session leader and `exec` keeps the PID, so the PID names the process group; where it
 * does not, setsid does. Folder and environment go over stdin: a process list shows arguments to everybody.
 */
export function wrapCommand(request: ExecRequest, word: string): WrappedCommand {
  const script = scriptOf(request, word);
  const byInput = script !== request.command || needsInput(script);
  const run = byInput ? `unset g; ${readAndRun}` : 'exec /bin/sh -c "$2"';
  const announce = `printf "%s pid=%s group=%s;" "$1" "$$" "$g" >&2; ${run}`;
  const lead =
    'if kill -0 -$$ 2>/dev/null; then g=1; ' +
    'elif command -v setsid >/dev/null 2>&1; then exec setsid /bin/sh -c "$3" muster "$1" "$2"; ' +
    `else g=0; fi; ${announce}`;
  const args = [lead, 'muster', word, byInput ? '' : request.command, `g=1; ${announce}`];
  return {
    line: `exec /bin/sh -c ${args.map(quote).join(' ')}`,
    input: byInput ? scriptInput(script, word) : '',
  };
}
