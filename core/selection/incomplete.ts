import type { InventoryIndex } from '../inventory/model.ts';
import type { Problem } from '../util/problem.ts';
import { type Evaluation, report } from './evaluation.ts';
import { hasGlob } from './nodeset/pattern.ts';
import type { Selection } from './selection.ts';

/** One warning for every source that gave nothing: what is selected may be less than was meant. */
export function missingSources({ inventory }: InventoryIndex): Problem[] {
  return inventory.sources.filter(gaveNothing).map(({ id, message }): Problem => {
    const why = message === undefined ? '' : `: ${message}`;
    return { code: 'SELECTION_SOURCE_MISSING', severity: 'warning', message: `${id} is not used${why}` };
  });
}

/**
 * While a source gives nothing, only names of nodes can be excluded: a group, a tag or a pattern may have had more nodes,
 * and excluding fewer would run on more.
 */
export function refuseIncomplete(selection: Selection, evaluation: Evaluation): void {
  const missing = evaluation.index.inventory.sources.find(gaveNothing);
  if (!missing || selection.type === 'nothing' || selection.type === 'chain' || selection.type === 'all')
    return;
  if (selection.type === 'names' && (selection.kind === 'node' || isNode(selection, evaluation))) return;
  report(evaluation, selection.range, {
    code: 'SELECTION_INCOMPLETE',
    severity: 'error',
    message: `${missing.id} gave nothing, so what ${selection.text} leaves out is not known.`,
    fix: 'Mend the source, or name the nodes.',
  });
}

function gaveNothing({ status }: InventoryIndex['inventory']['sources'][number]): boolean {
  return status === 'failed' || status === 'held';
}

function isNode(selection: Selection & { type: 'names' }, { index }: Evaluation): boolean {
  return selection.kind === 'any' && !hasGlob(selection.pattern) && !index.groups.has(selection.text);
}
