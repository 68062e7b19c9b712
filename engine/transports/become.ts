import { randomBytes } from 'node:crypto';
import type { RunAs } from '../../core/run/action.ts';
import { quote } from './quote.ts';

/** A word that nobody can guess: what comes with it is ours. */
export function newWord(what: string): string {
  return `${what}-${randomBytes(12).toString('hex')}`;
}

/** A command line that says `word become;` on stderr, becomes another user and runs `inner` as it. */
export type BecomeLine = {
  readonly line: string;
  /** Looks for prompts in what the method says; gives how many have come with this. */
  readonly promptsIn: (bytes: Uint8Array) => number;
  /** The last line that the method said, without prompts. */
  readonly lastLine: () => string;
};

/** Most characters of what a method says that are kept. */
const keptText = 8192;

export function becomeLine({ user, method }: RunAs, inner: readonly string[], word: string): BecomeLine {
  const token = newWord('password');
  const isAsked = method === 'sudo' ? askedWithToken(token) : askedAtLineEnd;
  let text = '';
  let prompts = 0;
  return {
    line: lines[method]({ user, inner, word, token }),
    promptsIn(bytes) {
      text = (text + Buffer.from(bytes).toString('utf8')).slice(-keptText);
      const before = prompts;
      while (isAsked(text)) {
        prompts++;
        // What came before a prompt is a lecture, or says that the last password was wrong.
        text = '';
      }
      return prompts - before;
    },
    lastLine: () => text.replaceAll(token, '').trim().split(/\r?\n/).at(-1)?.trim() ?? '',
  };
}

type Parts = { user: string; inner: readonly string[]; word: string; token: string };

/** What the methods say of a user that there is not is about something else: they ask for a password, or complain. */
const existing =
  'case "$2" in "#"*) ;; *) id -u "$2" >/dev/null 2>&1; ' +
  'if [ $? -eq 1 ]; then echo "there is no such user on the node" >&2; exit 1; fi;; esac; ';

const announced = `printf "%s become;" "$1" >&2; ${existing}shift 2; exec "$@"`;

/** `inner` as one line for the shell of the user, whatever shell that is. Only Linux's su takes another one by -s. */
const su =
  `printf "%s become;" "$1" >&2; ${existing}` +
  'if [ "$(uname -s)" = Linux ]; then exec su -s /bin/sh -c "$3" "$2"; fi; exec su "$2" -c "$3"';

const lines: Readonly<Record<RunAs['method'], (parts: Parts) => string>> = {
  sudo: ({ user, inner, word, token }) =>
    inShell([announced, 'muster', word, user, 'sudo', '-S', '-p', token, '-u', user, '--', ...inner]),
  doas: ({ user, inner, word }) =>
    inShell([announced, 'muster', word, user, 'doas', '-u', user, '--', ...inner]),
  su: ({ user, inner, word }) => inShell([su, 'muster', word, user, `exec ${inner.map(quote).join(' ')}`]),
};

function inShell(args: readonly string[]): string {
  return `exec /bin/sh -c ${args.map(quote).join(' ')}`;
}

/** sudo asks with our own words; nothing else is an answer's place. */
function askedWithToken(token: string): (text: string) => boolean {
  return (text) => text.includes(token);
}

/** su and doas ask in the words of the system: an open line that ends in a colon, in any language. */
function askedAtLineEnd(text: string): boolean {
  return /[:：]\s?$/.test(text);
}
