import type { InventoryIndex } from '../inventory/model.ts';
import type { Problem, TextRange } from '../util/problem.ts';
import type { NameKind } from './selection.ts';

/** Something that was written and is not in the inventory. A pattern is a glob or a regular expression. */
export type Unknown = {
  readonly type: 'name' | 'pattern';
  readonly kind: NameKind;
  readonly name: string;
  readonly range: TextRange;
  readonly file: string | undefined;
};

/** What one resolution knows and collects. */
export type Evaluation = {
  readonly index: InventoryIndex;
  readonly files: ((path: string) => string | undefined) | undefined;
  /** The file that the expression at hand was read from; undefined for what was typed. */
  readonly file: string | undefined;
  readonly problems: Problem[];
  readonly unknown: Unknown[];
  /** How many more names ranges may stand for. */
  readonly budget: { names: number };
};

/** Whether finding fewer nodes for an operand would make the result larger. */
export type Role = 'included' | 'excluded';

/** Adds a problem about an operand. */
export function report(
  evaluation: Evaluation,
  range: TextRange,
  problem: Pick<Problem, 'code' | 'severity' | 'message' | 'fix'>,
): void {
  const file = evaluation.file === undefined ? {} : { file: evaluation.file };
  evaluation.problems.push({ ...problem, range, ...file });
}
