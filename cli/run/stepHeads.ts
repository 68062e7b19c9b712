import type { LoadedPlaybook } from '../../core/playbook/plannedStep.ts';
import type { StepState } from '../../core/run/stepState.ts';
import { outlineOf, placeIn } from '../../core/run/steps/outline.ts';
import type { Line } from '../terminal/style.ts';
import { blockLine } from './steps.ts';

/** Where the steps of one node stand: titles of blocks come once, above the first step inside. */
export type Heads = {
  /** The lines before a step, and how many steps it is inside of. */
  before(step: Pick<StepState, 'step'>): { readonly lines: readonly Line[]; readonly depth: number };
};

export function createHeads(playbook: LoadedPlaybook | undefined): Heads {
  const outline = outlineOf(playbook);
  let open: readonly string[] = [];
  return {
    before({ step }) {
      const { above } = placeIn(outline, step);
      // A task is a step that says what came of it; a block is only what is in it.
      const lines = above.flatMap(({ path, title, does }, depth) =>
        does.type === 'block' && open[depth] !== path ? [blockLine(title, depth)] : [],
      );
      open = above.map(({ path }) => path);
      return { lines, depth: above.length };
    },
  };
}
