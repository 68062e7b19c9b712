import type { WordLine } from './words.ts';

/** Accounts that nobody names a node after. */
const accounts: ReadonlySet<string> = new Set([
  'root',
  'admin',
  'administrator',
  'ansible',
  'centos',
  'core',
  'debian',
  'deploy',
  'ec2-user',
  'fedora',
  'opc',
  'rocky',
  'ubuntu',
  'vagrant',
]);

/**
 * What the words of a line are; unclear where the second may be a node as well as a user. `address` is a line as in
 * hosts(5): an address and the names of the one node that has it.
 */
export type Reading =
  | { readonly kind: 'nodes' }
  | { readonly kind: 'login'; readonly user: string }
  | { readonly kind: 'unclear' }
  | { readonly kind: 'address' };

/**
 * Finds out on which lines of two words the second is a user, as pssh has it, and not a second node: words that stand
 * second on several lines, accounts that every system has, and the person's own. Where the first word looks like a
 * node and the second could be either, nothing is guessed.
 */
export function lineReader(lines: readonly WordLine[], person: string): (line: WordLine) => Reading {
  const firsts = new Set(lines.map((line) => line.words[0]?.text));
  const times = new Map<string, number>();
  for (const line of lines) {
    const second = secondOf(line);
    if (second !== undefined) times.set(second, (times.get(second) ?? 0) + 1);
  }
  const isLogin = (word: string): boolean =>
    accounts.has(word) || word === person || ((times.get(word) ?? 0) > 1 && !firsts.has(word));
  return (line) => {
    const second = secondOf(line);
    const isAlone = second === undefined || looksLikeNode(second);
    if (!isAlone && isLogin(second)) return { kind: 'login', user: second };
    if (isAddressed(line)) return { kind: 'address' };
    if (isAlone) return { kind: 'nodes' };
    return { kind: isUnclear(line) && !firsts.has(second) ? 'unclear' : 'nodes' };
  };
}

function secondOf({ words, hasComma }: WordLine): string | undefined {
  return words.length === 2 && !hasComma ? words[1]?.text : undefined;
}

function isAddressed({ words, hasComma }: WordLine): boolean {
  const [first, second] = words;
  if (!first || !second || hasComma) return false;
  return (
    address.test(first.text) &&
    words.slice(1).every(({ text }) => /^[^@[:]+$/.test(text) && !address.test(text))
  );
}

/** An IPv4 or IPv6 address, and nothing beside it. */
const address = /^(?:\d+\.\d+\.\d+\.\d+|[\da-f]*:[\da-f]*:[\da-f:.]*(?:%\w+)?)$/i;

function isUnclear({ words }: WordLine): boolean {
  const [first, second] = words;
  return first !== undefined && /[\d.:[@]/.test(first.text) && !/\d/.test(second?.text ?? '');
}

function looksLikeNode(word: string): boolean {
  return /[.:[@/=]/.test(word);
}
