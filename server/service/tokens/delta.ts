import type { SemanticTokensEdit } from 'vscode-languageserver-types';

/**
 * What makes one list of semantic tokens of another: one edit between what both begin and end with, none where they are
 * the same. Places of tokens count from the token before, so that what stands below an edit mostly stays as it was.
 */
export function tokensDelta(before: readonly number[], now: readonly number[]): SemanticTokensEdit[] {
  const shorter = Math.min(before.length, now.length);
  let start = 0;
  while (start < shorter && before[start] === now[start]) start += 1;
  let same = 0;
  while (same < shorter - start && before.at(-1 - same) === now.at(-1 - same)) same += 1;
  const deleteCount = before.length - start - same;
  const data = now.slice(start, now.length - same);
  return deleteCount === 0 && data.length === 0 ? [] : [{ start, deleteCount, data }];
}
