import type { Result } from '../../util/errors.ts';
import { rangeIn } from '../place.ts';
import type { Complaint } from '../place.ts';
import { foldTerms } from './fold.ts';
import type { Pattern } from './pattern.ts';
import { countPattern, expandPattern, hasGlob, scanPattern } from './pattern.ts';
import { sortNames } from './sort.ts';

/** Names that a calculation makes at most, those taken away again included. */
const maxNames = 1_000_000;

type Operator = ',' | '!' | '&' | '^';
type Term = { readonly operator: Operator; readonly pattern: Pattern };

/**
 * ClusterShell's calculator (`nodeset -e`): `,` union, `!` difference, `&` intersection and `^` symmetric difference,
 * strictly from left to right, sorted as ClusterShell 1.9 sorts. Several texts are calculated one by one and united.
 */
export function calculateNodes(...texts: readonly string[]): Result<readonly string[]> {
  const names = new Set<string>();
  let budget = maxNames;
  for (const text of texts) {
    const terms = readTerms(text);
    if ('message' in terms) return refuse(text, terms);
    budget -= terms.reduce((sum, { pattern }) => sum + countPattern(pattern), 0);
    if (budget < 0) return tooMany();
    for (const name of evaluateTerms(terms)) names.add(name);
  }
  return { ok: true, value: sortNames(names) };
}

/** How many nodes {@link calculateNodes} gives. One product of ranges is counted without making its names. */
export function countNodes(...texts: readonly string[]): Result<number> {
  const [text] = texts;
  const terms = texts.length === 1 && text !== undefined ? readTerms(text) : [];
  const [only] = 'message' in terms ? [] : terms;
  if (only && 'length' in terms && terms.length === 1 && isPlainProduct(only.pattern)) {
    return { ok: true, value: countPattern(only.pattern) };
  }
  const calculated = calculateNodes(...texts);
  return calculated.ok ? { ok: true, value: calculated.value.length } : calculated;
}

/** The nodes of {@link calculateNodes}, folded as `nodeset -f` does: `web[01-02,04].example.com,db1`. */
export function foldNodes(...texts: readonly string[]): Result<string> {
  const calculated = calculateNodes(...texts);
  if (!calculated.ok) return calculated;
  const terms = foldTerms(calculated.value).map((term) => term.text);
  return { ok: true, value: terms.join(',') };
}

function readTerms(text: string): Term[] | Complaint {
  const terms: Term[] = [];
  let operator: Operator = ',';
  let at = endOfSpace(text, 0);
  if (at === text.length) return terms;
  for (;;) {
    const { pattern, end, complaint } = scanPattern(text, at);
    if (complaint) return complaint;
    const place = { start: at, end: Math.max(end, at + 1) };
    if (pattern.length === 0) return missingOperand(text, at);
    if (hasGlob(pattern)) return { place, message: 'The calculator knows no inventory, so it has no globs.' };
    if (text[at] === '@')
      return { place, message: 'The calculator knows no inventory, so it has no groups.' };
    terms.push({ operator, pattern });
    at = endOfSpace(text, end);
    if (at === text.length) return terms;
    const next = operatorAt(text, at);
    if (!next)
      return {
        place: { start: at, end: at + 1 },
        message: `“${text[at]}” is not an operator.`,
        fix: 'Write “,”, “!”, “&” or “^”.',
      };
    operator = next;
    at = endOfSpace(text, at + 1);
  }
}

/** Whether no two numbers of the pattern can spell the same name: one span a range, text that is no number between. */
function isPlainProduct(pattern: Pattern): boolean {
  let separated = true;
  for (const part of pattern) {
    if (part.type === 'range') {
      if (!separated || part.spans.length > 1) return false;
      separated = false;
    } else if (part.type === 'text') separated ||= /\D/.test(part.text);
  }
  return true;
}

function missingOperand(text: string, at: number): Complaint {
  const place = { start: at, end: Math.min(at + 1, text.length) };
  if (at === text.length || operatorAt(text, at)) return { place, message: 'A node set is missing here.' };
  return { place, message: `“${text[at]}” cannot stand in a name.`, fix: 'Put the name in double quotes.' };
}

function operatorAt(text: string, at: number): Operator | undefined {
  const operators: readonly Operator[] = [',', '!', '&', '^'];
  return operators.find((operator) => operator === text[at]);
}

function evaluateTerms(terms: readonly Term[]): Set<string> {
  let names = new Set<string>();
  for (const { operator, pattern } of terms) {
    const operand = new Set(expandPattern(pattern));
    if (operator === '&') names = new Set([...names].filter((name) => operand.has(name)));
    else if (operator === '!') for (const name of operand) names.delete(name);
    else if (operator === ',') for (const name of operand) names.add(name);
    else for (const name of operand) if (!names.delete(name)) names.add(name);
  }
  return names;
}

function refuse(text: string, { place, message, fix }: Complaint): Result<never> {
  const { column } = rangeIn(text, place);
  const mend = fix === undefined ? '' : ` ${fix}`;
  const details = { text, column };
  return {
    ok: false,
    error: { code: 'SELECTION_SYNTAX', message: `${text}:${column} ${message}${mend}`, details },
  };
}

function tooMany(): Result<never> {
  const limit = maxNames.toLocaleString('en');
  const message = `The expression stands for more than ${limit} names. Write smaller ranges.`;
  return { ok: false, error: { code: 'TOO_MANY_TARGETS', message } };
}

function endOfSpace(text: string, from: number): number {
  let at = from;
  while (/\s/.test(text[at] ?? '')) at += 1;
  return at;
}
