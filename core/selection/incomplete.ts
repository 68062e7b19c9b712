import type { InventoryIndex } from '../inventory/model.ts';
import type { Problem } from '../util/problem.ts';
import { type Evaluation, report } from './evaluation.ts';
import { hasGlob } from './nodeset/pattern.ts';
import type { Selection } from './selection.ts';

/** One warning for every source that is not used: what is selected may be less than was meant. */
export function missingSources({ inventory }: InventoryIndex): Problem[] {
  return inventory.sources.filter(isUnusable).map(({ id, message }): Problem => {
    const why = message === undefined ? '' : `: ${message}`;
    return { code: 'SELECTION_SOURCE_MISSING', severity: 'warning', message: `${id} is not used${why}` };
  });
}

/**
 * While a source is not used, only names of nodes can be excluded: a group, a tag or a pattern may have had more nodes,
 * and excluding fewer would run on more.
 */
export function refuseIncomplete(selection: Selection, evaluation: Evaluation): void {
  const missing = evaluation.index.inventory.sources.find(isUnusable);
  if (!missing || selection.type === 'nothing' || selection.type === 'chain' || selection.type === 'all')
    return;
  if (selection.type === 'names' && (selection.kind === 'node' || isNode(selection, evaluation))) return;
  report(evaluation, selection.range, {
    code: 'SELECTION_INCOMPLETE',
    severity: 'error',
    message: `${missing.id} is not used, so what ${selection.text} leaves out is not known.`,
    fix: 'Mend the source, or name the nodes.',
  });
}

/** One with errors may be without a tag, a member or a row: it counts as one that gives nothing. */
function isUnusable({ status }: InventoryIndex['inventory']['sources'][number]): boolean {
  return status !== 'ok';
}

function isNode(selection: Selection & { type: 'names' }, { index }: Evaluation): boolean {
  return selection.kind === 'any' && !hasGlob(selection.pattern) && !index.groups.has(selection.text);
}
