/**
 * One word for a login shell that we do not know: sh, bash, dash, zsh, mksh, csh, tcsh, fish or busybox.
 * Quoting for sh alone breaks in csh (`!` acts even inside quotes) and in fish (`\` acts inside quotes).
 * No shell of them all takes a newline inside a word, so there must be none.
 */
export function quote(word: string): string {
  if (/[\n\0]/.test(word)) throw new Error('A word for a login shell holds no newline and no NUL.');
  if (word === '') return "''";
  return word.replace(/[^'\\!]+|['\\!]/g, (part) => special[part] ?? `'${part}'`);
}

const special: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  "'": `"'"`,
  '\\': '\\\\',
  '!': '\\!',
});
