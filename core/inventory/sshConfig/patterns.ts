/** Whether a name matches a list of patterns with `*` and `?`: one of them, and none with `!` before it. */
export function matchesList(name: string, patterns: readonly string[]): boolean {
  let found = false;
  for (const pattern of patterns) {
    const isNegated = pattern.startsWith('!');
    if (!matchesPattern(name, isNegated ? pattern.slice(1) : pattern)) continue;
    if (isNegated) return false;
    found = true;
  }
  return found;
}

/** Whether a pattern is a plain name: no wildcard, no negation. */
export function isPlainName(pattern: string): boolean {
  return pattern !== '' && !/[*?]/.test(pattern) && !pattern.startsWith('!');
}

/** In time proportional to both lengths: after a mismatch only the last star is tried further. */
function matchesPattern(name: string, pattern: string): boolean {
  let at = 0;
  let place = 0;
  let star = -1;
  let resume = 0;
  while (at < name.length) {
    if (
      place < pattern.length &&
      (pattern[place] === '?' || (pattern[place] !== '*' && pattern[place] === name[at]))
    ) {
      at++;
      place++;
    } else if (pattern[place] === '*') {
      star = place++;
      resume = at;
    } else if (star !== -1) {
      place = star + 1;
      at = ++resume;
    } else return false;
  }
  while (pattern[place] === '*') place++;
  return place === pattern.length;
}
