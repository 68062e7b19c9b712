import type { Problem } from '../util/problem.ts';
import type { Lines } from './lines.ts';

/** One conflict of a merge: our side between the first two marks, the other side behind the last `=======`. */
const conflict = /^<{7}(?: .*)?\r?\n([\s\S]*?)^(?:\|{7}[\s\S]*?)?^={7}\r?\n([\s\S]*?)^>{7}(?: .*)?$/gm;

/**
 * A text without the conflicts of a merge that nobody finished: only our side is left, at the places where it was
 * written, and each conflict is one problem.
 */
export function withoutConflicts(text: string, lines: Lines): { text: string; problems: readonly Problem[] } {
  if (!text.includes('<<<<<<<')) return { text, problems: [] };
  const problems: Problem[] = [];
  const read = text.replace(conflict, (whole: string, ours: string, _theirs: string, at: number) => {
    const firstLine = whole.indexOf('\n');
    problems.push({
      code: 'yaml/conflict-marker',
      severity: 'error',
      message: 'A merge is not finished here.',
      fix: 'Keep one side, and take the lines with <<<<<<<, ======= and >>>>>>> out.',
      range: lines.range(at, at + firstLine),
    });
    const end = firstLine + 1 + ours.length;
    return blank(whole.slice(0, firstLine + 1)) + ours + blank(whole.slice(end));
  });
  return { text: read, problems };
}

/** As long as before, with nothing in it but its line breaks. */
export function blank(text: string): string {
  return text.replaceAll(/[^\r\n]/g, ' ');
}
