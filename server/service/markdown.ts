import { visible } from '../../core/util/visible.ts';

/** Text of a file as inline code: nothing in it can act as Markdown. */
export function code(text: string): string {
  const shown = visible(text).slice(0, 1000).replaceAll(/\s+/g, ' ');
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${shown}${fence}` : `${fence} ${shown} ${fence}`;
}

/** Text of a file inside a sentence: every character that Markdown or HTML knows is escaped. */
export function plain(text: string): string {
  return visible(text)
    .slice(0, 200)
    .replaceAll(/[\\`*_{}[\]()#+\-.!<>|&~:]/g, '\\$&');
}
