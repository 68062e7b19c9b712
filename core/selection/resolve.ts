import { remoteNodes, type InventoryIndex } from '../inventory/model.ts';
import type { Problem } from '../util/problem.ts';
import { hasErrors } from '../util/problem.ts';
import { foldForDisplay } from './nodeset.ts';
import type { Link, NamesSelection, Selection } from './selection.ts';
import { unknownProblem } from './unknown.ts';
import type { Evaluation, Role } from './evaluation.ts';
import { resolveFact, resolveNames, resolveRegex } from './leaf.ts';
import { readFileSelections } from './fileSelection.ts';
import { missingSources, refuseIncomplete } from './incomplete.ts';

/** Names that the ranges of one expression may stand for together. */
const maxNames = 200_000;

export type ResolveOptions = {
  /** Text of a file that `file:` names, one selection a line; undefined when it cannot be read. */
  readonly files?: (path: string) => string | undefined;
  /** As in the inventory, which is the default, or as the expression names them. */
  readonly order?: 'inventory' | 'selection';
  /** `none`: names that are not in the inventory stand for no nodes, as in rules that are for many inventories. */
  readonly unknown?: 'error' | 'none';
};

export type Resolved = { nodes: readonly string[]; problems: Problem[] };

/**
 * The nodes a selection stands for, without repeats. With a problem of severity error there are
 * none: nothing may run on a part of what was meant. Unknown names are one problem that lists them all.
 */
export function resolveSelection(
  selection: Selection,
  index: InventoryIndex,
  options: ResolveOptions = {},
): Resolved {
  const evaluation: Evaluation = {
    index,
    files: options.files,
    file: undefined,
    problems: [],
    unknown: [],
    budget: { names: maxNames },
  };
  const found = evaluate(selection, evaluation, 'included');
  const problems = [...evaluation.problems];
  if (evaluation.unknown.length > 0 && options.unknown !== 'none')
    problems.unshift(unknownProblem(evaluation.unknown, index));
  problems.push(...missingSources(index));
  if (hasErrors(problems)) return { nodes: [], problems };
  // Sets keep the order in which names were added, and that is the order of the expression.
  const nodes =
    options.order === 'selection' ? [...found] : [...index.nodes.keys()].filter((name) => found.has(name));
  return { nodes, problems };
}

/** Nodes of a selection as a set of its own, which the caller may change. */
function evaluate(selection: Selection, evaluation: Evaluation, role: Role): Set<string> {
  if (role === 'excluded') refuseIncomplete(selection, evaluation);
  switch (selection.type) {
    case 'nothing':
      return new Set();
    case 'all':
      return new Set(remoteNodes(evaluation.index.inventory));
    case 'names':
      if (selection.kind === 'file') return evaluateFile(selection, evaluation, role);
      return resolveNames(selection, evaluation);
    case 'regex':
      return resolveRegex(selection, evaluation);
    case 'fact':
      return resolveFact(selection, evaluation, role);
    case 'chain': {
      const toggled = selection.rest.some((link) => link.operator === 'symmetric-difference');
      const found = evaluate(selection.first, evaluation, toggled ? 'excluded' : role);
      const excluded = new Set<string>();
      return selection.rest.reduce((left, link) => apply({ left, excluded, link, role }, evaluation), found);
    }
  }
}

function evaluateFile(selection: NamesSelection, evaluation: Evaluation, role: Role): Set<string> {
  const found = new Set<string>();
  for (const { path, lines } of readFileSelections(selection, evaluation)) {
    const inner: Evaluation = { ...evaluation, file: path };
    for (const line of lines) for (const name of evaluate(line, inner, role)) found.add(name);
  }
  return found;
}

type Step = {
  readonly left: Set<string>;
  /** What the chain has excluded so far; grows here. */
  readonly excluded: Set<string>;
  readonly link: Link;
  readonly role: Role;
};

function apply({ left, excluded, link, role }: Step, evaluation: Evaluation): Set<string> {
  const takesAway = link.operator === 'difference' || link.operator === 'intersection-with-rest';
  const widensWhenLess = takesAway || link.operator === 'symmetric-difference';
  const right = evaluate(link.operand, evaluation, widensWhenLess ? 'excluded' : role);
  switch (link.operator) {
    case 'union':
      warnOfReturning(
        [...right].filter((name) => excluded.has(name)),
        link,
        evaluation,
      );
      for (const name of right) left.add(name);
      return left;
    case 'difference':
    case 'intersection-with-rest':
      for (const name of right) {
        left.delete(name);
        excluded.add(name);
      }
      return left;
    case 'intersection':
      return new Set([...left].filter((name) => right.has(name)));
    case 'symmetric-difference':
      for (const name of right) if (!left.delete(name)) left.add(name);
      return left;
  }
}

function warnOfReturning(names: readonly string[], link: Link, evaluation: Evaluation): void {
  if (names.length === 0) return;
  const verb = names.length === 1 ? 'was' : 'were';
  evaluation.problems.push({
    code: 'SELECTION_READDED',
    severity: 'warning',
    message: `${foldForDisplay(names)} ${verb} excluded and ${names.length === 1 ? 'is' : 'are'} added again.`,
    fix: 'Put the exclusion last to leave them out.',
    range: link.range,
    ...(evaluation.file === undefined ? {} : { file: evaluation.file }),
  });
}
