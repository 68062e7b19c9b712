/** Shells that a command can be written for. */
export const shells = ['sh', 'bash', 'dash', 'zsh', 'ksh', 'fish', 'pwsh'] as const;
export type Shell = (typeof shells)[number];

/** Words that mean something where a command is expected. */
const reserved = new Set(
  'if then else elif fi do done case esac while until for in function select time coproc end and or not begin'.split(
    ' ',
  ),
);

/** One word for a shell, whatever is in it but NUL. */
export function quoteFor(shell: Shell, word: string): string {
  if (/^[\w./:,+-]+$/.test(word) && !reserved.has(word)) return word;
  if (shell === 'fish') return `'${word.replaceAll(/[\\']/g, String.raw`\$&`)}'`;
  // PowerShell takes typographic quotes for quotes (about_Quoting_Rules).
  if (shell === 'pwsh') return `'${word.replaceAll(/['‘’‚‛]/g, '$&$&')}'`;
  return quoteForSh(word);
}

/** One word for a POSIX shell (IEEE Std 1003.1, 2.2.2), whatever is in it but NUL. */
export function quoteForSh(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
