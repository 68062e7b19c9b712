import type { DocumentLink } from 'vscode-languageserver-types';
import { kindOf, stepLists } from '../diagnostics/steps.ts';
import type { MusterDocument } from '../document.ts';
import { factsIn } from '../factsIn.ts';
import { rangeOf } from '../document.ts';
import { nameOf } from '../uris.ts';
import type { Workspace } from '../workspace.ts';

/**
 * Paths of files in a document, as far as they are known to be there; from `targets` the inventory of the nodes, and from
 * the first step of each kind the page about it. `pages` is the folder of such pages, as a URI.
 */
export function documentLinks(
  document: MusterDocument,
  workspace: Workspace,
  pages?: string,
): readonly DocumentLink[] {
  const facts = factsIn(document, workspace);
  const files = facts.occurrences
    .filter(({ kinds, name }) => kinds.includes('file') && workspace.exists(name) !== false)
    .map(({ range, name }): DocumentLink => ({ range, target: name }));
  return [...inventoryLinks(document, workspace), ...files, ...(pages ? actionLinks(document, pages) : [])];
}

function inventoryLinks({ document, parsed }: MusterDocument, workspace: Workspace): readonly DocumentLink[] {
  const [inventory] = workspace.inventories;
  const hasTargets = document.languageId === 'muster-playbook' && parsed.writtenAt(['targets']) !== undefined;
  if (!hasTargets || inventory === undefined) return [];
  const range = rangeOf(document, parsed.rangeOf(['targets'], 'key'));
  const target = workspace.facts(inventory)?.uri ?? inventory;
  return [{ range, target, tooltip: `The inventory of these nodes: ${nameOf(inventory)}` }];
}

/** Kinds of step that have a section of their own on their page. */
const withSections: ReadonlySet<string> = new Set([
  'script',
  'copy',
  'fetch',
  'template',
  'ansible',
  'http',
  'wait',
]);

/** Once for each kind: a link on every step would be nothing but lines below words. */
function actionLinks(document: MusterDocument, pages: string): readonly DocumentLink[] {
  const seen = new Set<string>();
  return stepLists(document)
    .flat()
    .flatMap((step): readonly DocumentLink[] => {
      const kind = kindOf(step);
      if (kind === undefined || seen.has(kind)) return [];
      seen.add(kind);
      const section = withSections.has(kind) ? `steps${kind}` : 'each-of-steps';
      const range = rangeOf(document.document, document.parsed.rangeOf([...step.path, kind], 'key'));
      return [{ range, target: `${pages}playbook.md#${section}`, tooltip: `What "${kind}" takes` }];
    });
}
