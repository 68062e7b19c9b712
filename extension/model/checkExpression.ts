import type { InventoryIndex } from '../../core/inventory/model.ts';
import { plural } from '../../core/run/format.ts';
import { foldForDisplay } from '../../core/selection/nodeset.ts';
import { parseSelection } from '../../core/selection/parse.ts';
import { resolveSelection } from '../../core/selection/resolve.ts';
import { hasErrors, type Problem } from '../../core/util/problem.ts';

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

/** The same parser and resolver that the engine uses. */
export function checkExpression(text: string, index: InventoryIndex): CheckedExpression {
  const { selection, problems } = parseSelection(text);
  if (!selection || hasErrors(problems)) return { ok: false, message: sentences(problems) };
  const resolved = resolveSelection(selection, index);
  if (hasErrors(resolved.problems)) return { ok: false, message: sentences(resolved.problems) };
  if (resolved.nodes.length === 0) return { ok: false, message: 'No node selected.' };
  const folded = foldForDisplay(resolved.nodes);
  const cut = folded.length > foldedAtMost ? `${folded.slice(0, foldedAtMost - 1)}…` : folded;
  const message = [
    `${plural(resolved.nodes.length, 'node')}: ${cut}`,
    ...resolved.problems.map(sentence),
  ].join(' ');
  return { ok: true, expression: text.trim(), nodes: resolved.nodes, message };
}

function sentences(problems: readonly Problem[]): string {
  return problems.map(sentence).join(' ');
}

function sentence(problem: Problem): string {
  const place = problem.range ? `At ${problem.range.column}: ` : '';
  return `${place}${problem.message}${problem.fix ? ` ${problem.fix}` : ''}`;
}
