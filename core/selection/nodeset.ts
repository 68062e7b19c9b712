import type { Problem } from '../util/problem.ts';
import { shorten } from '../util/shorten.ts';
import type { Complaint } from './place.ts';
import { rangeIn, syntaxProblem } from './place.ts';
import type { FoldedTerm } from './nodeset/fold.ts';
import { foldTerms } from './nodeset/fold.ts';
import type { Pattern } from './nodeset/pattern.ts';
import { countPattern, expandPattern, hasGlob, quoteName, scanPattern } from './nodeset/pattern.ts';

/**
 * Names as one expression, folded as ClusterShell folds: `web[01-03,07].example.com,db1`.
 * Read back by {@link expandNames} or as a selection it names exactly these; what either would misread is quoted.
 */
export function foldNames(names: readonly string[]): string {
  return foldToTerms(names)
    .map((term) => term.text)
    .join(',');
}

/** The terms of {@link foldNames}, each with the names it stands for. */
export function foldToTerms(names: readonly string[]): FoldedTerm[] {
  const plain = names.filter((name) => !needsQuotes(name));
  const quoted = [...new Set(names.filter(needsQuotes))];
  return [...foldTerms(plain), ...quoted.map((name) => ({ text: quoteName(name), names: [name] }))];
}

/**
 * Names for a person to read: `edge[01-03,05-10] api[01-02] web012`. Fewer than three names stay apart,
 * a domain that all have goes to the end once.
 */
export function foldForDisplay(names: readonly string[]): string {
  if (names.length < 3) return names.join(' ');
  const terms = foldTerms(names).map((term) => term.text);
  const domain = commonDomain(names);
  if (terms.length === 1 || domain === '') return terms.join(' ');
  const short = foldTerms(names.map((name) => name.slice(0, name.length - domain.length)));
  return `${short.map((term) => term.text).join(' ')} ${domain}`;
}

/**
 * The names that `web[01-20].example.com,db1` stands for, in the order written, without repeats. They are counted
 * first: above `cap` names, or with a problem in the text, there are none.
 */
export function expandNames(text: string, cap: number): { names: readonly string[]; problems: Problem[] } {
  const { patterns, problems } = parsePatterns(text);
  if (problems.length > 0) return { names: [], problems };
  const count = patterns.reduce((sum, pattern) => sum + countPattern(pattern), 0);
  if (count > cap) return { names: [], problems: [tooManyNames(text, { count, cap })] };
  return { names: [...new Set(patterns.flatMap(expandPattern))], problems };
}

/** Whether a name would be read as something else when it is written as it is. */
export function needsQuotes(name: string): boolean {
  return (
    !/^[\p{L}\p{M}\p{N}_.:@%/+-]+$/u.test(name) ||
    /^(?:@|(?:node|group|tag|source|file|fact):|(?:all|none)$)/.test(name)
  );
}

function parsePatterns(text: string): { patterns: Pattern[]; problems: Problem[] } {
  const patterns: Pattern[] = [];
  const refuse = (complaint: Complaint) => ({ patterns: [], problems: [syntaxProblem(text, complaint)] });
  let at = skipSpace(text, 0);
  if (at === text.length) return { patterns, problems: [] };
  for (;;) {
    const { pattern, end, complaint } = scanPattern(text, at);
    const place = { start: at, end: Math.max(end, at + 1) };
    if (complaint) return refuse(complaint);
    if (pattern.length === 0) return refuse({ place, message: 'A name is expected here.' });
    if (hasGlob(pattern)) {
      return refuse({ place, message: 'A glob is not a name.', fix: 'Write the names: web[01-20].' });
    }
    patterns.push(pattern);
    at = skipSpace(text, end);
    if (at === text.length) return { patterns, problems: [] };
    if (text[at] !== ',' && at > end) {
      return refuse({
        place: { start: at, end: at + 1 },
        message: `A space stands before “${text[at]}”.`,
        fix: 'A name has no spaces; between names stands a comma.',
      });
    }
    if (text[at] !== ',') {
      const message = `“${text[at]}” does not belong to a name.`;
      return refuse({
        place: { start: at, end: at + 1 },
        message,
        fix: 'Put a comma between names, quotes around an odd one.',
      });
    }
    at = skipSpace(text, at + 1);
  }
}

function tooManyNames(text: string, { count, cap }: { count: number; cap: number }): Problem {
  return {
    code: 'SELECTION_TOO_MANY',
    severity: 'error',
    message: `“${shorten(text.trim())}” stands for ${count.toLocaleString('en')} names, the limit is ${cap.toLocaleString('en')}.`,
    fix: 'Write a smaller range.',
    range: rangeIn(text, { start: 0, end: text.length }),
  };
}

/** `.example.com` when every name ends in it after its first label; empty for addresses and differing names. */
function commonDomain(names: readonly string[]): string {
  const first = names[0] ?? '';
  const dot = first.indexOf('.');
  if (dot < 1) return '';
  const domain = first.slice(dot);
  const shared = names.every(
    (name) => name.indexOf('.') === name.length - domain.length && name.endsWith(domain),
  );
  return shared && /^(?:\.[^.]*\p{L}[^.]*)+$/u.test(domain) ? domain : '';
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (/\s/.test(text[at] ?? '')) at += 1;
  return at;
}
