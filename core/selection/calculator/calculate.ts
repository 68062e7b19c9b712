import type { Refusal, Result } from '../../util/errors.ts';
import { addTo } from '../../util/lists.ts';
import { formatOf } from '../nodeset/fold.ts';
import { rangeIn } from '../place.ts';
import type { Complaint } from '../place.ts';
import { evaluateTerm, maxNames, tooManyNames } from './evaluate.ts';
import type { GroupResolver } from './groups.ts';
import type { NodeSet } from './nodeSet.ts';
import { combine, sizeOf } from './nodeSet.ts';
import type { Operand } from './operand.ts';
import { countOperands } from './operand.ts';
import { readRangeSet } from './rangeSet.ts';
import type { Operator, Term } from './scan.ts';
import { scanTerms } from './scan.ts';

/** Names that a calculation makes at most, those taken away again included: a bound of its time. */
const maxMade = 10_000_000;

/** Node sets that are united first, and what is then done with them. */
export type Operation = { readonly operator: Operator; readonly texts: readonly string[] };

/** What is to be calculated, read and counted, not yet made. */
export type Calculation = {
  readonly operations: readonly {
    readonly operator: Operator;
    readonly sets: readonly (readonly Term[])[];
  }[];
  /** Whether it speaks of groups, or of nodes by globs. */
  readonly needsGroups: boolean;
};

/** A set, and what a person should know about it. */
export type Calculated = { readonly set: NodeSet; readonly warnings: readonly string[] };

/** Of numbers: `1-5,7` is a range set and nothing else. */
export type Kind = 'nodes' | 'numbers';

/** Reads node sets, or range sets; the first that is none is refused with its column. */
export function readCalculation(operations: readonly Operation[], kind: Kind = 'nodes'): Result<Calculation> {
  let needsGroups = false;
  const read: { operator: Operator; sets: (readonly Term[])[] }[] = [];
  for (const { operator, texts } of operations) {
    const sets: (readonly Term[])[] = [];
    for (const text of texts) {
      const terms = kind === 'nodes' ? scanTerms(text) : scanNumbers(text);
      if ('message' in terms) return { ok: false, error: syntaxRefusal(text, terms) };
      if (kind === 'nodes') needsGroups ||= terms.some(isByGroups);
      sets.push(terms);
    }
    read.push({ operator, sets });
  }
  return { ok: true, value: { operations: read, needsGroups } };
}

/** ClusterShell's calculator: all operations strictly from left to right. */
export function calculate({ operations }: Calculation, groups?: GroupResolver): Result<Calculated> {
  const set: NodeSet = new Map();
  const warnings = new Set<string>();
  const budget = { names: BigInt(maxMade) };
  for (const { operator, sets } of operations) {
    const right: NodeSet = operator === ',' ? set : new Map();
    for (const terms of sets) {
      const own: NodeSet = terms.length === 1 ? right : new Map();
      for (const term of terms) {
        const refusal = evaluateTerm(own, term, {
          groups,
          budget,
          warnings,
          isExcluded: isExcluding(operator),
        });
        if (refusal) return { ok: false, error: refusal };
      }
      if (own !== right) combine(right, ',', own);
    }
    if (right !== set) combine(set, operator, right);
    if (sizeOf(set) > maxNames) return { ok: false, error: tooManyNames() };
  }
  return { ok: true, value: { set, warnings: [...warnings] } };
}

/**
 * How many names a calculation gives, without making them where that is possible: where sets are only united, and those
 * of one pattern have one number.
 */
export function countCalculation(calculation: Calculation, groups?: GroupResolver): Result<bigint> {
  const counted = calculation.needsGroups ? undefined : countUnited(calculation);
  if (counted !== undefined) return { ok: true, value: counted };
  const calculated = calculate(calculation, groups);
  return calculated.ok ? { ok: true, value: BigInt(sizeOf(calculated.value.set)) } : calculated;
}

function countUnited({ operations }: Calculation): bigint | undefined {
  const byPattern = new Map<string, Operand[]>();
  for (const { operator, sets } of operations) {
    for (const term of sets.flat()) {
      if (operator !== ',' || term.operator !== ',') return undefined;
      addTo(byPattern, formatOf(term.operand.texts), term.operand);
    }
  }
  let count = 0n;
  for (const operands of byPattern.values()) {
    const own = countOperands(operands);
    if (own === undefined) return undefined;
    count += own;
  }
  return count;
}

function isExcluding(operator: Operator): boolean {
  return operator === '!' || operator === '^';
}

function isByGroups({ operand: { texts } }: Term): boolean {
  return texts[0]?.startsWith('@') === true || texts.some((text) => /[*?]/.test(text));
}

function scanNumbers(text: string): readonly Term[] | Complaint {
  const spans = readRangeSet(text);
  if ('message' in spans) return { place: { start: 0, end: text.length }, ...spans };
  const operand: Operand = { texts: ['', ''], axes: [spans] };
  return [{ operator: ',', operand, text, at: 0 }];
}

function syntaxRefusal(text: string, { place, message, fix }: Complaint): Refusal {
  const { column } = rangeIn(text, place);
  const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text;
  const mend = fix === undefined ? '' : ` ${fix}`;
  return {
    code: 'SELECTION_SYNTAX',
    message: `${shown}:${column} ${message}${mend}`,
    details: { text: shown, column },
  };
}
