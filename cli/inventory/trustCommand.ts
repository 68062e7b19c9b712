/** `muster trust` for the inventories and the data folder that a command line names, to be typed as it stands. */
export function trustCommand(argv: readonly string[]): string {
  const named: string[] = [];
  for (const [at, word] of optionsOf(argv).entries()) {
    if (word === '-i' || word === '--inventory') named.push(argv[at + 1] ?? '');
    else if (word.startsWith('--inventory=')) named.push(word.slice('--inventory='.length));
    else if (/^-i./.test(word)) named.push(word.slice(2));
  }
  return ['muster trust', ...named.map((text) => `-i ${shellWord(text)}`)].join(' ') + dataOption(argv);
}

/** ` --data FOLDER` where a command line says so, to be put behind another command: without it that one looks elsewhere. */
export function dataOption(argv: readonly string[]): string {
  const words = optionsOf(argv);
  const at = words.lastIndexOf('--data');
  const joined = words.findLast((word) => word.startsWith('--data='))?.slice('--data='.length);
  const folder = at >= 0 ? words[at + 1] : joined;
  return folder === undefined ? '' : ` --data ${shellWord(folder)}`;
}

/** What stands behind `--` is no option. */
function optionsOf(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--');
  return end === -1 ? argv : argv.slice(0, end);
}

/** A word that a shell takes as it is. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./~-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
