/** `muster trust` for the inventories that a command line names, to be typed as it stands. */
export function trustCommand(argv: readonly string[]): string {
  const named: string[] = [];
  for (const [at, word] of argv.entries()) {
    if (word === '--') break;
    if (word === '-i' || word === '--inventory') named.push(argv[at + 1] ?? '');
    else if (word.startsWith('--inventory=')) named.push(word.slice('--inventory='.length));
    else if (/^-i./.test(word)) named.push(word.slice(2));
  }
  return ['muster trust', ...named.map((text) => `-i ${shellWord(text)}`)].join(' ');
}

/** A word that a shell takes as it is. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./~-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
