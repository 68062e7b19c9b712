import type { Refusal } from '../../util/errors.ts';
import { nearest } from '../../util/nearest.ts';
import type { Part } from '../nodeset/pattern.ts';
import { matchesPattern } from '../nodeset/pattern.ts';
import type { GroupResolver } from './groups.ts';
import type { NodeSet } from './nodeSet.ts';
import { addOperand, addRow, combine, sizeOf } from './nodeSet.ts';
import { countOperand, namesOf, splitName } from './operand.ts';
import type { Term } from './scan.ts';

export type Evaluation = {
  readonly groups: GroupResolver | undefined;
  /** How many more names may be made, those that are taken away again included. */
  readonly budget: { names: bigint };
  readonly warnings: Set<string>;
  /** Whether the whole of what this belongs to is taken away: an unknown group would then leave more. */
  readonly isExcluded: boolean;
};

/** Combines what is there with one operand; gives the reason where that can not be done. */
export function evaluateTerm(left: NodeSet, term: Term, evaluation: Evaluation): Refusal | undefined {
  const { operand, operator } = term;
  const count = countOperand(operand);
  if (count > maxNames || sizeOf(left) > maxNames) return tooMany(term.text, count);
  evaluation.budget.names -= count;
  if (evaluation.budget.names < 0n) return tooMuchWork();
  const isGroup = operand.texts[0]?.startsWith('@') === true;
  const isGlob = !isGroup && operand.texts.some((text) => /[*?]/.test(text));
  if (!isGroup && !isGlob) {
    if (operator === ',') addOperand(left, operand);
    else {
      const right: NodeSet = new Map();
      addOperand(right, operand);
      combine(left, operator, right);
    }
    return undefined;
  }
  const right: NodeSet = new Map();
  const refusal = isGroup ? addGroups(right, term, evaluation) : addMatches(right, term, evaluation);
  if (refusal) return refusal;
  combine(left, operator, right);
  return undefined;
}

/** Names that exist as a set. */
export function evaluateNames(names: readonly string[]): NodeSet {
  const set: NodeSet = new Map();
  for (const name of names) addName(set, name);
  return set;
}

/** `@gpu`, `@racks:rack[1-2]`, `@*`, `@racks:*`; `@@racks` and `@@` for the names of the groups themselves. */
function addGroups(set: NodeSet, term: Term, evaluation: Evaluation): Refusal | undefined {
  const { groups } = evaluation;
  if (!groups) return noInventory(term.text);
  for (const name of namesOf(term.operand)) {
    const { source, group } = groupOf(name);
    if (group.startsWith('@')) {
      const named = group === '@' ? undefined : group.slice(1);
      const found = groups.groups(named);
      const refusal = found ? addNames(set, found, evaluation) : unknownSource(named ?? '', groups);
      if (refusal) return refusal;
      continue;
    }
    const found = group === '*' ? groups.all(source) : groups.nodes(group, source);
    const refusal = found ? addNames(set, found, evaluation) : unknownGroup(name, term, evaluation);
    if (refusal) return refusal;
  }
  return undefined;
}

/** Nodes of the default source that a glob fits. */
function addMatches(set: NodeSet, term: Term, evaluation: Evaluation): Refusal | undefined {
  const { groups } = evaluation;
  if (!groups) return noInventory(term.text);
  const all = groups.all(undefined) ?? [];
  const masks = [...namesOf(term.operand)];
  if (masks.length * all.length > 10_000_000) return tooMany(term.text, BigInt(masks.length));
  const patterns = masks.map(globOf);
  const found = all.filter((name) => patterns.some((pattern) => matchesPattern(pattern, name)));
  if (found.length > 0) return addNames(set, found, evaluation);
  return missing(`No node is called ${term.text}.`, term, evaluation);
}

function globOf(mask: string): Part[] {
  return mask
    .split(/([*?])/)
    .filter((piece) => piece !== '')
    .map((piece) =>
      piece === '*' || piece === '?' ? { type: 'glob', glob: piece } : { type: 'text', text: piece },
    );
}

function addNames(set: NodeSet, names: readonly string[], { budget }: Evaluation): Refusal | undefined {
  budget.names -= BigInt(names.length);
  if (names.length > maxNames) return tooMany('a group', BigInt(names.length));
  if (budget.names < 0n) return tooMuchWork();
  for (const name of names) addName(set, name);
  return undefined;
}

function addName(set: NodeSet, name: string): void {
  const { texts, axes } = splitName(name);
  addRow(set, texts, axes);
}

function unknownGroup(name: string, term: Term, evaluation: Evaluation): Refusal | undefined {
  const { groups } = evaluation;
  const { source, group } = groupOf(name);
  const known = groups?.groups(source);
  if (groups && !known) return unknownSource(source ?? '', groups);
  const near = nearest(group, known ?? []);
  const hint = near === undefined ? '' : ` Did you mean ${name.slice(0, name.length - group.length)}${near}?`;
  return missing(`There is no group ${name}.${hint}`, term, evaluation);
}

/** `@racks:old` is the group `old` of the source `racks`. */
function groupOf(name: string): { readonly source: string | undefined; readonly group: string } {
  const [, source, group = ''] = /^@(?:([^:@]*):)?(.*)$/s.exec(name) ?? [];
  return { source, group };
}

/** What stands for nothing is worth a warning; where leaving it out would give more nodes, it is refused. */
function missing(message: string, { operator }: Term, evaluation: Evaluation): Refusal | undefined {
  if (evaluation.isExcluded || operator === '!' || operator === '^')
    return { code: 'SELECTION_UNKNOWN', message };
  evaluation.warnings.add(message);
  return undefined;
}

function unknownSource(source: string, { sources }: GroupResolver): Refusal {
  const near = nearest(source, sources);
  const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
  return { code: 'SELECTION_UNKNOWN', message: `There is no group source "${source}".${hint}` };
}

function noInventory(text: string): Refusal {
  const message = `${text} needs an inventory. Name one with --inventory.`;
  return { code: 'INPUT_MISSING', message };
}

/** Names that one operand, or the result, has at most. */
export const maxNames = 1_000_000;

function tooMuchWork(): Refusal {
  const message = 'The sets have more than 10,000,000 names together. Write smaller ranges.';
  return { code: 'TOO_MANY_TARGETS', message };
}

/** The refusal of a result that is too large. */
export function tooManyNames(): Refusal {
  return tooMany('', 0n);
}

function tooMany(text: string, count: bigint): Refusal {
  const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text;
  const message =
    count > 1n
      ? `With ${shown} (${count.toLocaleString('en')} names) there are more than 1,000,000 names. Write smaller ranges.`
      : 'There are more than 1,000,000 names. Write smaller ranges.';
  return { code: 'TOO_MANY_TARGETS', message };
}
