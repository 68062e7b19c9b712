import type { Problem } from '../util/problem.ts';
import { syntaxProblem } from './place.ts';
import type { Link, Operator, Selection } from './selection.ts';
import { parseLeaf } from './parseLeaf.ts';
import type { Reader } from './reader.ts';
import { complain, complainAt, readerOf, skipSpace } from './reader.ts';

/** Parentheses inside parentheses, at most. */
const maxDepth = 100;

/**
 * Reads a selection (docs/selection.md). Never throws; the first thing that is wrong is the one problem,
 * with its place and a mend. Empty text selects nothing.
 */
export function parseSelection(text: string): { selection?: Selection; problems: Problem[] } {
  const reader = readerOf(text);
  skipSpace(reader);
  if (reader.at === text.length) return { selection: { type: 'nothing' }, problems: [] };
  const selection = parseList(reader);
  if (selection && text[reader.at] === ')') {
    complainAt(reader, reader.at, { message: 'There is no “(” for this “)”.', fix: 'Remove it.' });
  }
  if (reader.complaint) return { problems: [syntaxProblem(text, reader.complaint)] };
  return { ...(selection ? { selection } : {}), problems: [] };
}

/** `a,b !c ^ d`: stops at the end or before a `)`. */
function parseList(reader: Reader): Selection | undefined {
  skipSpace(reader);
  if (reader.text[reader.at] === '!') return refuseLeadingExclusion(reader);
  const first = parseIntersection(reader);
  if (!first) return undefined;
  const rest: Link[] = [];
  for (;;) {
    const operator = takeListOperator(reader);
    if (operator === 'end') return chain(first, rest);
    const link = operator && parseLink(reader, operator, parseIntersection);
    if (!link) return undefined;
    rest.push(link);
  }
}

/** `a & b &!c`, which binds tighter than the operators of a list. */
function parseIntersection(reader: Reader): Selection | undefined {
  const first = parseOperand(reader);
  if (!first) return undefined;
  const rest: Link[] = [];
  for (;;) {
    const before = reader.at;
    skipSpace(reader);
    if (reader.text[reader.at] !== '&') {
      reader.at = before;
      return chain(first, rest);
    }
    reader.at += 1;
    skipSpace(reader);
    const excludes = reader.text[reader.at] === '!';
    if (excludes) reader.at += 1;
    const operator = excludes ? 'intersection-with-rest' : 'intersection';
    const link = parseLink(reader, operator, parseOperand);
    if (!link) return undefined;
    rest.push(link);
  }
}

function parseLink(
  reader: Reader,
  operator: Operator,
  parse: (reader: Reader) => Selection | undefined,
): Link | undefined {
  skipSpace(reader);
  const start = reader.at;
  const operand = parse(reader);
  return operand && { operator, operand, range: reader.rangeOf({ start, end: reader.at }) };
}

function parseOperand(reader: Reader): Selection | undefined {
  skipSpace(reader);
  const open = reader.at;
  if (reader.text[open] !== '(') return parseLeaf(reader);
  if (reader.depth === maxDepth) {
    return complainAt(reader, open, {
      message: `More than ${maxDepth} parentheses are open.`,
      fix: 'Write fewer.',
    });
  }
  reader.at += 1;
  reader.depth += 1;
  const inner = parseList(reader);
  reader.depth -= 1;
  if (!inner) return undefined;
  if (reader.text[reader.at] !== ')') {
    return complainAt(reader, open, { message: 'This “(” is not closed.', fix: 'Add “)”.' });
  }
  reader.at += 1;
  return inner;
}

function takeListOperator(reader: Reader): Operator | 'end' | undefined {
  const spaced = skipSpace(reader);
  const { text, at } = reader;
  const char = text[at];
  if (char === undefined || char === ')') return 'end';
  if (char === ',') {
    reader.at += 1;
    skipSpace(reader);
    if (text[reader.at] !== '!') return 'union';
    reader.at += 1;
    return 'difference';
  }
  if (char === '^') {
    reader.at += 1;
    return 'symmetric-difference';
  }
  if (char === '!' && spaced) {
    reader.at += 1;
    return 'difference';
  }
  if (char === '!') {
    return complainAt(reader, at, {
      message: 'A space or a comma is missing before “!”.',
      fix: 'Write “ !”.',
    });
  }
  if (!spaced && !/[("~]/.test(char)) {
    const message = `“${String.fromCodePoint(text.codePointAt(at) ?? 0)}” cannot stand in a name.`;
    return complainAt(reader, at, {
      message,
      fix: 'Write “,” between names, double quotes around an odd one.',
    });
  }
  const fix = 'Write “,” for both, “&” for those in both, “ !” for all but.';
  return complainAt(reader, at, { message: 'An operator is expected here.', fix });
}

function refuseLeadingExclusion(reader: Reader): undefined {
  const rest = `!${/^!\s*([^,&^!()\s]*)/.exec(reader.text.slice(reader.at))?.[1] ?? ''}`;
  return complain(reader, {
    place: { start: reader.at, end: reader.at + rest.length },
    message: 'There is nothing to exclude from.',
    fix: rest === '!' ? 'Write “all !web01”.' : `Write “all ${rest}”.`,
  });
}

function chain(first: Selection, rest: readonly Link[]): Selection {
  return rest.length === 0 ? first : { type: 'chain', first, rest };
}
