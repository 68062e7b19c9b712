import { visible } from '../../core/util/visible.ts';

/** Text of a file as inline code: nothing in it can act as Markdown. */
export function code(text: string): string {
  const shown = visible(text.slice(0, 1000).replaceAll(/[ \t\r\n]+/g, ' '));
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${shown}${fence}` : `${fence} ${shown} ${fence}`;
}

/** Text of a file as code; one of several lines as a block of them, of which a hover shows the first twenty. */
export function codeLines(text: string): string {
  const lines = text.trimEnd().split('\n');
  if (lines.length === 1) return code(text);
  const shown = [...lines.slice(0, 20).map(visible), ...(lines.length > 20 ? ['…'] : [])].join('\n');
  const longest = Math.max(2, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${shown}\n${fence}`;
}

/** Text of a file inside a sentence: every character that Markdown or HTML knows is escaped. */
export function plain(text: string): string {
  return visible(text)
    .slice(0, 200)
    .replaceAll(/[\\`*_{}[\]()#+\-.!<>|&~:]/g, '\\$&');
}
