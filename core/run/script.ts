import type { ScriptAction } from './action.ts';
import { quoteForSh } from '../util/quote.ts';
import type { PlannedFile } from './fileActions.ts';

/** Most bytes of a script: it goes to each node as part of what its shell reads. */
export const mostScriptBytes = 512 * 1024;

/** A script on its way: `word` names its folder on the node, and is nobody else's. */
export type SentScript = { readonly action: ScriptAction; readonly file: PlannedFile; readonly word: string };

/**
 * A command that keeps the script in a folder of its own, runs it and takes the folder away again. The interpreter is
 * started by name, so that it works where nothing in the folder for temporary files may be executed.
 */
export function scriptCommand({ action, file, word }: SentScript): string {
  const text = file.text ?? '';
  const end = `END_${file.sha256}`;
  const name = quoteForSh(file.to);
  return [
    `m_d=${folderWord(word)}`,
    'm_q() { rm -rf -- "$m_d"; }',
    `mkdir -m 700 -- "$m_d" || { echo "no folder for the script: $m_d" >&2; exit 126; }`,
    "trap 'm_q; exit 129' HUP; trap 'm_q; exit 130' INT; trap 'm_q; exit 143' TERM",
    `{ cat >"$m_d"/${name} <<'${end}'`,
    `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${end}`,
    '} || { m_q; echo "the script can not be written to $m_d" >&2; exit 126; }',
    [...interpreterOf(action, text).map(quoteForSh), `"$m_d"/${name}`, ...action.args.map(quoteForSh)].join(
      ' ',
    ),
    'm_s=$?',
    'm_q',
    'exit $m_s',
  ].join('\n');
}

/** Takes away what a script left that was stopped. Prints nothing where nothing is left. */
export function scriptCleanup({ word }: Pick<SentScript, 'word'>): string {
  return `m_d=${folderWord(word)}; rm -rf -- "$m_d"; if [ -e "$m_d" ]; then echo "$m_d"; fi`;
}

/** Where it is, for people. */
export function scriptFolder(word: string): string {
  return `muster-${word} of $TMPDIR or /tmp`;
}

function folderWord(word: string): string {
  return `"\${TMPDIR:-/tmp}/muster-${word}"`;
}

/** As the kernel reads the first line (execve(2)): a program, and all that follows as one argument. */
export function interpreterOf({ interpreter }: Pick<ScriptAction, 'interpreter'>, text: string): string[] {
  if (interpreter !== undefined) return interpreter.trim().split(/\s+/);
  const [, program, argument] = /^#![ \t]*([^ \t\r\n]+)[ \t]*([^\r\n]*?)[ \t]*(?:\r?\n|$)/.exec(text) ?? [];
  if (program === undefined) return ['/bin/sh'];
  return argument ? [program, argument] : [program];
}
