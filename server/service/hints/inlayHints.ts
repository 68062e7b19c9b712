import type { InlayHint, Range } from 'vscode-languageserver-types';
import { plural } from '../../../core/run/format.ts';
import { foldForDisplay } from '../../../core/selection/nodeset.ts';
import { nodesOf } from '../describe/targets.ts';
import type { MusterDocument } from '../document.ts';
import type { Workspace } from '../workspace.ts';
import { inheritedHints } from './inherited.ts';
import { countedSelections } from './targets.ts';
import { waveHints } from './waves.ts';

/** What hints are about; each can be turned off by itself. */
export type HintCategory = 'nodes' | 'inherited';
export type CategoryHint = Omit<InlayHint, 'data'> & { readonly data: { readonly category: HintCategory } };

/** How many nodes stand behind a text, and what a playbook or step does not write and has anyway. */
export function inlayHints(opened: MusterDocument, range: Range, workspace: Workspace): CategoryHint[] {
  const counts = [...countHints(opened, workspace), ...waveHints(opened, workspace)];
  const all = [...of('nodes', counts), ...of('inherited', inheritedHints(opened, workspace))];
  return all.filter(({ position: { line } }) => range.start.line <= line && line <= range.end.line);
}

function of(category: HintCategory, hints: readonly InlayHint[]): readonly CategoryHint[] {
  return hints.map((hint) => ({ ...hint, data: { category } }));
}

function countHints(opened: MusterDocument, workspace: Workspace): readonly InlayHint[] {
  const isInventory = opened.document.languageId === 'muster-inventory';
  return countedSelections(opened, workspace).map(({ range, count, text }) => {
    const nodes = isInventory ? undefined : nodesOf(text, workspace.inventory);
    return {
      position: range.end,
      label: count === 0 ? 'no nodes' : plural(count, 'node'),
      paddingLeft: true,
      ...(nodes && nodes.length > 0 && { tooltip: foldForDisplay(nodes).slice(0, 1000) }),
    };
  });
}
