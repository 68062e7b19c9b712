import type { Resolution } from '../../core/protocol/inventory.ts';
import { plural } from '../../core/run/format.ts';
import { hasErrors, type Problem, sentenceOf } from '../../core/util/problem.ts';
import { foldWithin } from './foldWithin.ts';

/** What a typed expression selects, or what is wrong with it, in a sentence. */
export type CheckedExpression =
  | {
      readonly ok: true;
      readonly expression: string;
      readonly nodes: readonly string[];
      readonly message: string;
    }
  | { readonly ok: false; readonly message: string };

const foldedAtMost = 120;

/** What the engine says about an expression, in a sentence. */
export function checkedExpression(text: string, { nodes, problems }: Resolution): CheckedExpression {
  if (hasErrors(problems)) return { ok: false, message: sentences(problems) };
  if (nodes.length === 0) return { ok: false, message: 'No node selected.' };
  const what = `${plural(nodes.length, 'node')}: ${foldWithin(nodes, foldedAtMost)}`;
  const message = [what, ...problems.map(sentence)].join(' ');
  return { ok: true, expression: text.trim(), nodes, message };
}

function sentences(problems: readonly Problem[]): string {
  return problems.map(sentence).join(' ');
}

function sentence(problem: Problem): string {
  const place = problem.range ? `At ${problem.range.column}: ` : '';
  return `${place}${sentenceOf(problem)}`;
}
