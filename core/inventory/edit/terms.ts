import { splitNumbers } from '../../selection/nodeset/fold.ts';
import { expandPattern, scanPattern } from '../../selection/nodeset/pattern.ts';
import { foldNames } from '../../selection/nodeset.ts';

/** One name or range of an expression such as `web[01-10], db01`, and where it stands in it. */
type Term = { readonly start: number; readonly end: number; readonly names: readonly string[] };

/** The expression with more names: folded into a term of their kind, else at the end. What it has stays as written. */
export function addNames(text: string, names: readonly string[]): string {
  const terms = termsOf(text);
  const known = new Set(terms.flatMap((term) => term.names));
  const fresh = new Map<string, string[]>();
  for (const name of names) {
    if (known.has(name)) continue;
    const kind = kindOf(name);
    fresh.set(kind, [...(fresh.get(kind) ?? []), name]);
  }
  const merged = new Set<string>();
  const written = terms.map(({ start, end, names: own }) => {
    const kind = kindOf(own[0] ?? '');
    const more = fresh.get(kind);
    if (!more || !kind.includes('\0')) return text.slice(start, end);
    if (merged.has(kind)) return '';
    merged.add(kind);
    const alike = terms.filter((term) => kindOf(term.names[0] ?? '') === kind);
    return foldNames([...alike.flatMap((term) => term.names), ...more]);
  });
  for (const kind of merged) fresh.delete(kind);
  const rest = foldNames([...fresh.values()].flat());
  return joinTerms(text, terms, rest === '' ? written : [...written, rest]);
}

/** The expression without some names; empty where none is left. */
export function removeNames(text: string, gone: ReadonlySet<string>): string {
  const terms = termsOf(text);
  const written = terms.map(({ start, end, names }) => {
    const left = names.filter((name) => !gone.has(name));
    return left.length === names.length ? text.slice(start, end) : foldNames(left);
  });
  return joinTerms(text, terms, written);
}

/** Whether a name differs only in numbers from names of the expression. */
export function hasAlike(text: string, name: string): boolean {
  const kind = kindOf(name);
  return kind.includes('\0') && termsOf(text).some(({ names }) => kindOf(names[0] ?? '') === kind);
}

/** The names that an expression stands for. */
export function namesIn(text: string): readonly string[] {
  return termsOf(text).flatMap((term) => term.names);
}

/** Terms of a text that was read without a problem. */
function termsOf(text: string): Term[] {
  const terms: Term[] = [];
  let at = 0;
  for (;;) {
    while (/[\s,]/.test(text[at] ?? '')) at += 1;
    const { pattern, end } = scanPattern(text, at);
    if (pattern.length === 0 || end <= at) return terms;
    terms.push({ start: at, end, names: expandPattern(pattern) });
    at = end;
  }
}

function kindOf(name: string): string {
  return splitNumbers(name).texts.join('\0');
}

/** Texts of terms with what stood between them; those that are empty are left out. */
function joinTerms(text: string, terms: readonly Term[], written: readonly string[]): string {
  const usual = /,\s+/.test(text) ? ', ' : ',';
  let result = '';
  for (const [at, term] of written.entries()) {
    if (term === '') continue;
    const before = terms[at - 1];
    const after = terms[at];
    const between = before && after ? text.slice(before.end, after.start) : usual;
    result += result === '' ? term : between + term;
  }
  return result;
}
