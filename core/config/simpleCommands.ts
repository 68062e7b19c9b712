/** One simple command of a shell line: its program first, without its folder, quotes taken away. */
export type SimpleCommand = readonly [string, ...string[]];

/**
 * The simple commands of a text for a POSIX shell (XCU 2.9), as far as is needed to tell what it does: those of `sh -c`
 * and `$(…)` as well, without assignments, reserved words and programs that run another one.
 */
export function simpleCommands(text: string): readonly SimpleCommand[] {
  return split(text).flatMap((words): readonly SimpleCommand[] => {
    const inner = words.flatMap(({ text: word, isLiteral }) => (isLiteral ? [] : substitutions(word)));
    const own = withoutPrefixes(words.map((word) => word.text));
    const script = scriptOf(own);
    return [
      ...(own.length === 0 ? [] : [named(own)]),
      ...(script === undefined ? [] : simpleCommands(script)),
      ...inner.flatMap(simpleCommands),
    ];
  });
}

/** `isLiteral`: single quotes keep the shell from looking into it. */
type Word = { text: string; isLiteral: boolean };

const token =
  /(?<gap>[ \t\\]*\\\n|[ \t]+)|(?<comment>(?<![^\s;&|(])#[^\n]*)|(?<end>[;&|\n(){}`]+|<|>)|'(?<literal>[^']*)'?|"(?<double>(?:\\[^]|[^"\\])*)"?|\\(?<escaped>[^])|(?<plain>\$\([^()]*\)|[^\s;&|(){}`<>'"\\]+|\\)/g;

function split(text: string): readonly (readonly Word[])[] {
  const commands: Word[][] = [[]];
  let word: Word | undefined;
  const endWord = (): void => {
    if (word) commands.at(-1)?.push(word);
    word = undefined;
  };
  const add = (part: string, isLiteral: boolean): void => {
    word = { text: (word?.text ?? '') + part, isLiteral: isLiteral && word?.isLiteral !== false };
  };
  for (const { groups = {} } of text.matchAll(token)) {
    const { literal, double, escaped, plain, end } = groups;
    if (literal !== undefined) add(literal, true);
    else if (double !== undefined) add(double.replaceAll(/\\(["\\$`])/g, '$1'), false);
    else if (escaped !== undefined) add(escaped, true);
    else if (plain !== undefined) add(plain, false);
    else endWord();
    if (end !== undefined && !/[<>]/.test(end)) commands.push([]);
  }
  endWord();
  return commands.filter((words) => words.length > 0);
}

function substitutions(word: string): readonly string[] {
  return [...word.matchAll(/\$\(([^()]*)\)/g)].map(([, inside = '']) => inside);
}

const reserved = /^(?:!|if|then|elif|else|while|until|do|for|case|in|esac|fi|done|\w+=.*)$/s;
const runners = new Set(
  'sudo doas env nohup nice ionice time timeout exec command setsid stdbuf xargs chroot'.split(' '),
);
/** Options of these programs whose value is a word of its own. */
const valued = /^-[ugUCprnk]$/;

function withoutPrefixes(words: readonly string[]): readonly string[] {
  let at = 0;
  let after: string | undefined;
  for (; at < words.length; at++) {
    const word = words[at] ?? '';
    if (runners.has(baseName(word))) after = baseName(word);
    else if (after !== undefined && word.startsWith('-')) at += isValued(after, word) ? 1 : 0;
    else if (after === 'timeout' && /^\d+(?:\.\d+)?[smhd]?$/.test(word)) continue;
    else if (!reserved.test(word)) break;
  }
  return words.slice(at);
}

function isValued(runner: string, option: string): boolean {
  if (runner === 'sudo' || runner === 'doas')
    return option !== '-n' && option !== '-k' && valued.test(option);
  return option === '-n' && (runner === 'nice' || runner === 'ionice');
}

const shells = /^(?:ba|da|k|mk|z|c|tc|fi)?sh$|^su$/;

/** The text that a shell gets with `-c`. */
function scriptOf([program = '', ...words]: readonly string[]): string | undefined {
  if (!shells.test(baseName(program))) return undefined;
  const at = words.findIndex((word) => /^-[a-z]*c$/.test(word));
  return at === -1 ? undefined : words[at + 1];
}

function named(words: readonly string[]): SimpleCommand {
  const [program = '', ...rest] = words;
  return [baseName(program), ...rest];
}

function baseName(program: string): string {
  return program.slice(program.lastIndexOf('/') + 1);
}
