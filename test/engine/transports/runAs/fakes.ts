import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Programs that stand in for sudo, su and doas: they ask as those do, and run the command as who we are. */
export type Fakes = {
  /** Put it first in PATH. */
  readonly bin: string;
  /** Passwords that were tried. */
  attempts(): readonly string[];
  forgetAttempts(): void;
  /** Asks for no password (NOPASSWD, pam_rootok). */
  asksNothing(yes: boolean): void;
};

/** Like sudo -S: a lecture, our prompt, three tries, all on stderr and byte by byte from stdin; then a child. */
const sudo = `#!/bin/sh
d=\${0%/*}
while :; do case $1 in
  -S) shift;; -p) p=$2; shift 2;; -u) u=$2; shift 2;; --) shift; break;; *) echo "sudo: usage" >&2; exit 1;;
esac; done
if [ ! -e "$d/asks-nothing" ]; then
  printf 'We trust you have received the usual lecture.\\n\\n' >&2
  i=0; ok=
  while [ $i -lt 3 ]; do
    [ -t 0 ] && stty -echo
    printf '%s' "$p" >&2
    IFS= read -r w || { echo "sudo: no password was provided" >&2; exit 1; }
    [ -t 0 ] && stty echo
    printf '\\n' >&2; printf '%s\\n' "$w" >>"$d/attempts"
    [ "$w" = "$(cat "$d/password")" ] && { ok=1; break; }
    echo "Sorry, try again." >&2; i=$((i+1))
  done
  [ "$ok" ] || { echo "sudo: 3 incorrect password attempts" >&2; exit 1; }
fi
RUN_AS=$u; export RUN_AS
"$@"
`;

/** Like su: asks once, in the language of the system, and gives the command to a shell. */
const su = `#!/bin/sh
d=\${0%/*}
s=/bin/sh; c=; u=
while [ $# -gt 0 ]; do case $1 in -s) s=$2; shift 2;; -c) c=$2; shift 2;; *) u=$1; shift;; esac; done
if [ ! -e "$d/asks-nothing" ]; then
  printf 'Mot de passe : ' >&2; IFS= read -r w; printf '\\n' >&2; printf '%s\\n' "$w" >>"$d/attempts"
  [ "$w" = "$(cat "$d/password")" ] || { sleep 0.2; echo "su : Échec d'authentification" >&2; exit 1; }
fi
RUN_AS=$u; export RUN_AS
"$s" -c "$c"
`;

/** Like doas: asks at the terminal and nowhere else. */
const doas = `#!/bin/sh
d=\${0%/*}
while :; do case $1 in -u) u=$2; shift 2;; --) shift; break;; *) break;; esac; done
if [ ! -e "$d/asks-nothing" ]; then
  [ -t 0 ] || { echo "doas: a tty is required" >&2; exit 1; }
  stty -echo; printf 'doas (me@here) password: ' >/dev/tty; IFS= read -r w; stty echo; echo
  printf '%s\\n' "$w" >>"$d/attempts"
  [ "$w" = "$(cat "$d/password")" ] || { echo "doas: Authentication failed" >&2; exit 1; }
fi
RUN_AS=$u; export RUN_AS
exec "$@"
`;

export function makeFakes(folder: string, password: string): Fakes {
  const bin = join(folder, 'bin');
  const path = (name: string): string => join(bin, name);
  mkdirSync(bin);
  for (const [name, text] of Object.entries({ sudo, su, doas })) {
    writeFileSync(path(name), text);
    chmodSync(path(name), 0o755);
  }
  writeFileSync(path('password'), `${password}\n`);
  return {
    bin,
    attempts: () =>
      existsSync(path('attempts')) ? readFileSync(path('attempts'), 'utf8').trimEnd().split('\n') : [],
    forgetAttempts: () => rmSync(path('attempts'), { force: true }),
    asksNothing: (yes) => {
      if (yes) writeFileSync(path('asks-nothing'), '');
      else rmSync(path('asks-nothing'), { force: true });
    },
  };
}
