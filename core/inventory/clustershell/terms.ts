import type { Operator } from '../../selection/calculator/scan.ts';
import type { Complaint } from '../../selection/place.ts';
import type { Pattern } from '../../selection/nodeset/pattern.ts';
import { countPattern, expandPattern, hasGlob, scanPattern } from '../../selection/nodeset/pattern.ts';

/** An operand of a node set: nodes, or the groups whose names it spells. */
export type Term = {
  readonly operator: Operator;
  readonly kind: 'nodes' | 'groups' | 'every';
  /** Source that is written before the name of a group; of `every` too. */
  readonly prefix?: string;
  /** How many names; they are made by {@link namesOf}. */
  readonly count: number;
  readonly pattern: Pattern;
  readonly start: number;
  readonly end: number;
};

/**
 * The operands of one node set, left to right (groups.conf(5), nodeset(1)): `web[1-3],@racks:old!@gpu`, with `@*` and
 * `@source:*` for all nodes of a source. Places are those in the text.
 */
export function readTerms(text: string): { terms: Term[]; complaint?: Complaint } {
  const terms: Term[] = [];
  let operator: Operator = ',';
  for (let at = 0; ; at += 1) {
    const scanned = scanTerm(text, at, operator);
    if ('complaint' in scanned) return { terms, complaint: scanned.complaint };
    terms.push(scanned.term);
    at = scanned.term.end;
    if (at >= text.length) return { terms };
    const next = operators.find((each) => each === text[at]);
    if (!next) {
      const place = { start: at, end: at + 1 };
      return {
        terms,
        complaint: {
          place,
          message: `“${text[at]}” is not an operator.`,
          fix: 'Write “,”, “!”, “&” or “^”.',
        },
      };
    }
    operator = next;
  }
}

/** Names of a term's nodes or groups, without prefix. Check its count first. */
export function namesOf({ pattern }: Term): string[] {
  return expandPattern(pattern);
}

const operators: readonly Operator[] = [',', '!', '&', '^'];

function scanTerm(
  text: string,
  start: number,
  operator: Operator,
): { term: Term } | { complaint: Complaint } {
  const group = /^@(?:([^\s,!&^@:[\]*]+):)?(\*?)/.exec(text.slice(start, start + 300));
  const prefix = group?.[1] === undefined ? {} : { prefix: group[1] };
  const from = start + (group?.[0].length ?? 0);
  if (group?.[2] === '*') {
    return { term: { operator, kind: 'every', ...prefix, count: 1, pattern: [], start, end: from } };
  }
  const { pattern, end, complaint } = scanPattern(text, from);
  const place = { start, end: Math.max(end, start + 1) };
  if (complaint) return { complaint };
  if (pattern.length === 0) return { complaint: { place, message: 'A node set is missing here.' } };
  if (hasGlob(pattern)) {
    const fix = 'Write the names, or @source:* for all nodes of a source.';
    return { complaint: { place, message: 'Globs are not read in group files.', fix } };
  }
  const kind = group ? 'groups' : 'nodes';
  return { term: { operator, kind, ...prefix, count: countPattern(pattern), pattern, start, end } };
}
