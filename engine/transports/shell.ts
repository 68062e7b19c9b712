/**
 * Scripts for a POSIX shell, each in one line and without `'`, so that they pass through any login shell.
 * They run on dash, bash, busybox, mksh, ksh and zsh alike.
 */

/**
 * Reads script lines from stdin until a line that is `$1`, then evaluates them; the rest of stdin is the script's own.
 * `sh -c` would limit the length again. A script that was cut off on the way is not run: exit 255.
 */
export const readAndRun =
  'n=$(printf "%b." "\\n"); n=${n%.}; c=; e=; ' +
  'while IFS= read -r l; do if [ "$l" = "$1" ]; then e=1; break; fi; c=$c$l$n; done; ' +
  '[ "$e" ] || exit 255; eval "unset c e l n; set --; $c"';

/**
 * The same in a terminal that the wrapper has set to raw, its settings in `s`: a line of any length comes through, and
 * nothing is echoed. Says `$1 ready;` when the terminal is as it was.
 */
export const readAndRunInTerminal = readAndRun.replace(
  'eval "unset c e l n;',
  'stty "$s"; printf "%s ready;" "$1" >&2; eval "unset c e l n s;',
);

/** What `readAndRun` reads for a command. */
export function scriptInput(command: string, end: string): string {
  return `${command}\n${end}\n`;
}

/**
 * Above this many bytes, or with a newline in it, a command goes over stdin. Linux takes arguments of 131,072 bytes, but
 * csh takes words of 8 KB, and quoting makes three bytes of one.
 */
const argumentLimit = 2048;

export function needsInput(command: string): boolean {
  return command.includes('\n') || Buffer.byteLength(command) > argumentLimit;
}

/** What the stop script found at its end. `denied`: there is something that we may not signal. */
export type StopFinding = 'gone' | 'alive' | 'denied';

/**
 * Stops `$1`, a process group as `-PGID` (or a single PID), and prints `$2` and what is left: TERM, up to 2 s, KILL,
 * up to 2 s. Zombies count as gone: where nobody reaps them, `kill -0` answers for ever. With `$3`, the start of the
 * process in ticks, another one with its number is left alone (ours is gone then), and so is what can not be told,
 * as with `unknown`.
 */
export const stopScript =
  'LC_ALL=C; export LC_ALL; t=$1; g=${t#-}; ' +
  'look() { ' +
  'if m=$(kill -0 "$t" 2>&1); then s=alive; else case $m in *"o such process"*) s=gone;; *) s=denied;; esac; return 0; fi; ' +
  'case $t in -*) ;; *) return 0;; esac; ' +
  '[ -r /proc/self/stat ] || return 0; z=; ' +
  'for f in /proc/[0-9]*/stat; do l=; { read -r l <"$f"; } 2>/dev/null; set -- ${l##*) }; ' +
  'if [ "$3" = "$g" ]; then case $1 in [ZX]) z=1;; *) return 0;; esac; fi; done; ' +
  'if [ "$z" ]; then s=gone; fi; }; ' +
  'wait_for_end() { i=0; while look; [ "$s" = alive ] && [ "$i" -lt 20 ]; do ' +
  'if sleep 0.1 2>/dev/null; then i=$((i+1)); else sleep 1; i=$((i+10)); fi; done; }; ' +
  'w=$2; o=$3; look; ' +
  'if [ "$o" ] && [ "$s" = alive ]; then b=; ' +
  '[ -r "/proc/$g/stat" ] && read -r b <"/proc/$g/stat"; set -- ${b##*) }; b=${20}; ' +
  'if [ "$b" = "$o" ]; then :; elif [ "$b" ] && [ "$o" != unknown ]; then s=gone; else s=denied; fi; fi; ' +
  'for k in TERM KILL; do if [ "$s" = alive ]; then kill -$k "$t" 2>/dev/null; wait_for_end; fi; done; ' +
  'printf "%s %s;" "$w" "$s"';

/** Reads what `stopScript` printed; undefined where it did not come to its end. */
export function stopFinding(output: string, word: string): StopFinding | undefined {
  const at = output.indexOf(`${word} `);
  const found = at < 0 ? undefined : /^(gone|alive|denied);/.exec(output.slice(at + word.length + 1))?.[1];
  return found === 'gone' || found === 'alive' || found === 'denied' ? found : undefined;
}
