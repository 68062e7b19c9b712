import { type SimpleCommand, simpleCommands } from './simpleCommands.ts';

/** Commands that are alike, and how they run where nothing else is asked for. */
export type CommandClass = {
  readonly name: string;
  /** Words that appear in a command in this order, `*` for any characters of a word: `systemctl restart`. */
  readonly match: readonly string[];
  readonly mode?: 'parallel' | 'sequential' | undefined;
  readonly timeoutMs?: number | undefined;
  readonly concurrency?: number | undefined;
  /** File that says so; absent where it is built in. */
  readonly file?: string;
};

/** What changes whether something runs: not on all nodes at once unless a person says so. */
export const lifecycle: CommandClass = {
  name: 'lifecycle',
  mode: 'sequential',
  match: (
    'start stop restart try-restart condrestart reload reload-or-restart force-reload ' +
    'uninstall remove autoremove purge erase reboot shutdown halt poweroff telinit ' +
    'start-* stop-* restart-* uninstall-*'
  )
    .split(' ')
    .concat('init 0', 'init 6'),
};

/** A class that a command belongs to, and the words that say so. */
export type Classified = { readonly commandClass: CommandClass; readonly because: string };

/** The first of these classes that the command belongs to. */
export function classify(command: string, classes: readonly CommandClass[]): Classified | undefined {
  const commands = simpleCommands(command);
  for (const commandClass of classes) {
    for (const pattern of commandClass.match) {
      const found = commands.map((each) => wordsOf(pattern, each)).find((words) => words !== undefined);
      if (found) return { commandClass, because: found.join(' ') };
    }
  }
  return undefined;
}

/** Programs that only read, print or search: their other words are not what is done. */
const readers = new Set(
  (
    'echo printf cat tac zcat less more head tail ls ll stat file wc find grep egrep fgrep zgrep rg ag awk sed cut sort ' +
    'uniq tr diff cmp test [ [[ which type whereis man info journalctl logger date cd export set unset read history'
  ).split(' '),
);

/** The words of a command that a pattern stands for. */
function wordsOf(pattern: string, command: SimpleCommand): readonly string[] | undefined {
  const globs = pattern.trim().split(/\s+/).map(toExpression);
  const [program] = command;
  const isOfProgram = globs[0]?.test(program) === true;
  const found = isOfProgram || !readers.has(program) ? inOrder(globs, command) : undefined;
  return found;
}

function inOrder(globs: readonly RegExp[], words: readonly string[]): readonly string[] | undefined {
  const found: string[] = [];
  for (const word of words) {
    if (globs[found.length]?.test(word)) found.push(word);
    if (found.length === globs.length) return found;
  }
  return undefined;
}

function toExpression(glob: string): RegExp {
  const escaped = glob.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`, 'is');
}
