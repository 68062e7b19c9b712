/** Whether a path below a folder is left alone, by the `.gitignore` of that folder; undefined where nothing is said. */
export type Ignore = (path: string, kind: 'file' | 'folder') => 'ignored' | 'wanted' | undefined;

/** Reads a `.gitignore` (gitignore(5)): the last line that fits counts. */
export function ignoreOf(text: string): Ignore {
  const rules = text.split(/\r?\n/).flatMap(ruleOf);
  return (path, kind) => {
    const rule = rules.findLast(
      ({ fits, foldersOnly }) => (kind === 'folder' || !foldersOnly) && fits.test(path),
    );
    return rule && (rule.isWanted ? 'wanted' : 'ignored');
  };
}

type Rule = { readonly fits: RegExp; readonly foldersOnly: boolean; readonly isWanted: boolean };

/** Longer lines than any path are no patterns, and would only cost time. */
const longest = 500;

function ruleOf(line: string): readonly Rule[] {
  const written = line.replace(/(?<!\\)\s+$/, '');
  if (written === '' || written.startsWith('#') || written.length > longest) return [];
  const isWanted = written.startsWith('!');
  const body = written.slice(isWanted ? 1 : 0).replace(/^\\(?=[#!])/, '');
  const foldersOnly = body.endsWith('/');
  const pattern = foldersOnly ? body.slice(0, -1) : body;
  const fits = pathPattern(pattern);
  return fits ? [{ fits, foldersOnly, isWanted }] : [];
}

/** Paths that a pattern fits, as gitignore(5) has it: one without a slash fits in every folder. */
export function pathPattern(pattern: string): RegExp | undefined {
  const inner = globOf(pattern.replace(/^\//, ''));
  const start = pattern.includes('/') ? '' : '(?:.*/)?';
  return inner === undefined ? undefined : new RegExp(`^${start}${inner}$`, 'u');
}

/** A glob as a regular expression; undefined with more stars than a person writes, which could take long to match. */
function globOf(pattern: string): string | undefined {
  if ((pattern.match(/\*+/g) ?? []).length > 8) return undefined;
  return pattern
    .split('/')
    .map((part, at, parts) => {
      if (part === '**') return at === parts.length - 1 ? '.*' : '(?:.*/)?';
      const text = part.replaceAll(/\\?[\s\S]/gu, (piece) => {
        if (piece === '*') return '[^/]*';
        if (piece === '?') return '[^/]';
        const character = piece.length > 1 && piece.startsWith('\\') ? piece.slice(1) : piece;
        return /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;
      });
      return at === parts.length - 1 ? text : `${text}/`;
    })
    .join('');
}
