import { parseSelection } from '../../../core/selection/parse.ts';
import { resolveSelection } from '../../../core/selection/resolve.ts';
import type { Selection } from '../../../core/selection/selection.ts';
import { hasErrors, type Problem } from '../../../core/util/problem.ts';
import type { MusterDocument } from '../document.ts';
import type { Workspace } from '../workspace.ts';

/** What `targets` of a playbook stands for. */
export type Chosen = {
  /** As it was written; undefined where there is none. */
  readonly text?: string;
  readonly selection?: Selection;
  /** Names of the nodes; undefined where that is not known here. */
  readonly nodes?: readonly string[];
  /** What resolving it found to be wrong, at places of the text. */
  readonly problems: readonly Problem[];
};

export function chosenNodes({ parsed, document }: MusterDocument, workspace: Workspace): Chosen {
  const text = document.languageId === 'muster-playbook' ? parsed.writtenAt(['targets']) : undefined;
  if (typeof text !== 'string') return { problems: [] };
  return chosenBy(text, workspace);
}

/** What an expression stands for in the inventories of the workspace. Files that it names are not read here. */
export function chosenBy(text: string, workspace: Workspace): Chosen {
  const { selection } = parseSelection(text);
  if (!selection) return { text, problems: [] };
  const { inventory } = workspace;
  if (inventory.nodes.size === 0 || /(?:^|[^\w"])file:/.test(text)) return { text, selection, problems: [] };
  const { nodes, problems } = resolveSelection(selection, inventory);
  const isKnown = !hasErrors(problems);
  return { text, selection, problems, ...(isKnown && { nodes }) };
}
