import type { Catalogue } from './catalogue.ts';
import { catalogueOf } from './catalogue.ts';
import type { Evaluation, Role } from './evaluation.ts';
import { report } from './evaluation.ts';
import { factOf, testOf } from './facts.ts';
import { quoteName, countPattern, expandPattern, hasGlob, matchesPattern } from './nodeset/pattern.ts';
import { needsQuotes } from './nodeset.ts';
import { compileRegex } from './regex.ts';
import type { FactSelection, NamesSelection, RegexSelection } from './selection.ts';

/** Nodes that names, ranges and globs stand for. */
export function resolveNames(selection: NamesSelection, evaluation: Evaluation): Set<string> {
  const { kind, pattern } = selection;
  if (kind === 'file') return new Set();
  const catalogue = catalogueOf(kind, evaluation.index);
  if (hasGlob(pattern)) {
    const matches = (name: string): boolean => matchesPattern(pattern, name);
    return resolveMatches({ selection, catalogue, matches }, evaluation);
  }
  if (!withinBudget(selection, evaluation)) return new Set();
  const found = new Set<string>();
  for (const name of expandPattern(pattern)) {
    if (kind === 'any') refuseAmbiguous(name, selection, evaluation);
    const nodes = catalogue.nodesOf(name);
    for (const node of nodes ?? []) found.add(node);
    if (!nodes) {
      const { range } = selection;
      evaluation.unknown.push({ type: 'name', kind, name, range, file: evaluation.file });
    }
  }
  return found;
}

export function resolveRegex(selection: RegexSelection, evaluation: Evaluation): Set<string> {
  const catalogue = catalogueOf(selection.kind, evaluation.index);
  return resolveMatches({ selection, catalogue, matches: compileRegex(selection.regex) }, evaluation);
}

/**
 * Nodes whose fact passes the test. A fact that no node has selects nothing; where that would widen the result it is an
 * error.
 */
export function resolveFact(selection: FactSelection, evaluation: Evaluation, role: Role): Set<string> {
  const passes = testOf(selection.test);
  const found = new Set<string>();
  let isKnown = false;
  for (const node of evaluation.index.nodes.values()) {
    const value = factOf(node, selection.path);
    if (value === undefined) continue;
    isKnown = true;
    if (passes(value)) found.add(node.name);
  }
  if (!isKnown) {
    report(evaluation, selection.range, {
      code: 'SELECTION_NO_FACTS',
      severity: role === 'excluded' ? 'error' : 'warning',
      message: `No node has the fact ${selection.path}: ${selection.text} selects nothing.`,
      fix: 'Check its name with "muster nodes show".',
    });
  }
  return found;
}

type Matching = {
  readonly selection: NamesSelection | RegexSelection;
  readonly catalogue: Catalogue;
  readonly matches: (name: string) => boolean;
};

function resolveMatches({ selection, catalogue, matches }: Matching, evaluation: Evaluation): Set<string> {
  const found = new Set<string>();
  let matched = 0;
  for (const name of catalogue.names()) {
    if (!matches(name)) continue;
    matched += 1;
    for (const node of catalogue.nodesOf(name) ?? []) found.add(node);
  }
  if (matched === 0) {
    const { kind, text, range } = selection;
    evaluation.unknown.push({ type: 'pattern', kind, name: text, range, file: evaluation.file });
  }
  return found;
}

function withinBudget(selection: NamesSelection, evaluation: Evaluation): boolean {
  const count = countPattern(selection.pattern);
  evaluation.budget.names -= count;
  if (evaluation.budget.names >= 0) return true;
  report(evaluation, selection.range, {
    code: 'SELECTION_TOO_MANY',
    severity: 'error',
    message: `With ${selection.text} the expression stands for too many names.`,
    fix: 'Write a smaller range or a glob.',
  });
  return false;
}

function refuseAmbiguous(name: string, { range }: NamesSelection, evaluation: Evaluation): void {
  const { nodes, groups } = evaluation.index;
  if (!nodes.has(name) || !groups.has(name)) return;
  const written = needsQuotes(name) ? quoteName(name) : name;
  report(evaluation, range, {
    code: 'SELECTION_AMBIGUOUS',
    severity: 'error',
    message: `${written} is both a node and a group.`,
    fix: `Write node:${written} or group:${written}.`,
  });
}
