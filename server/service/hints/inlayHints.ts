import type { InlayHint, Range } from 'vscode-languageserver-types';
import { plural } from '../../../core/run/format.ts';
import { foldForDisplay } from '../../../core/selection/nodeset.ts';
import { nodesOf } from '../describe/targets.ts';
import type { MusterDocument } from '../document.ts';
import type { Workspace } from '../workspace.ts';
import { countedSelections } from './targets.ts';
import { inheritedValues } from './inherited.ts';

/** How many nodes stand behind a text, and the timeout that a step does not write and has anyway; `data` says which. */
export function inlayHints(opened: MusterDocument, range: Range, workspace: Workspace): InlayHint[] {
  const counts = countHints(opened, workspace).map((hint) => ({ ...hint, data: { category: 'nodes' } }));
  const inherited = inheritedValues(opened).map((hint) => ({ ...hint, data: { category: 'inherited' } }));
  return [...counts, ...inherited].filter(
    ({ position: { line } }) => range.start.line <= line && line <= range.end.line,
  );
}

function countHints(opened: MusterDocument, workspace: Workspace): readonly InlayHint[] {
  return countedSelections(opened, workspace).map(({ range, count, text, path }) => {
    const nodes = path[0] === 'targets' ? nodesOf(text, workspace.inventory) : undefined;
    return {
      position: range.end,
      label: count === 0 ? 'no nodes' : plural(count, 'node'),
      paddingLeft: true,
      ...(nodes && nodes.length > 0 && { tooltip: foldForDisplay(nodes).slice(0, 1000) }),
    };
  });
}
