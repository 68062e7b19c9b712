import type { TextEdit } from './editQuery.ts';

/** The text after edits that do not overlap. Of insertions at one place the first comes first. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

/** The same change with nothing in it that stays as it is; undefined where all of it does. */
export function trimEdit(text: string, { start, end, text: inserted }: TextEdit): TextEdit | undefined {
  const replaced = text.slice(start, end);
  const most = Math.min(replaced.length, inserted.length);
  let before = 0;
  while (before < most && replaced[before] === inserted[before]) before += 1;
  let after = 0;
  while (after < most - before && replaced.at(-1 - after) === inserted.at(-1 - after)) after += 1;
  if (before === replaced.length && before === inserted.length) return undefined;
  return { start: start + before, end: end - after, text: inserted.slice(before, inserted.length - after) };
}
