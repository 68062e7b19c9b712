import type { Diagnostic } from 'vscode-languageserver-types';
import { diagnosticsOf, told } from '../../server/service/diagnostics/diagnose.ts';
import { findingsOf } from '../../server/service/diagnostics/findings.ts';
import type { MusterDocument } from '../../server/service/document.ts';
import type { RuleLevels } from '../../server/service/rules/levels.ts';
import { type Workspace, workspaceOf } from '../../server/service/workspace.ts';

/** A workspace of nothing: no files, no inventory, nothing known of any other file. */
export const emptyWorkspace: Workspace = workspaceOf({ files: [] });

type Settings = { readonly levels: RuleLevels; readonly pages?: string };

/** What an editor shows of a document. */
export function diagnose(
  document: MusterDocument,
  workspace: Workspace,
  { levels, ...pages }: Settings,
): Diagnostic[] {
  return diagnosticsOf(told(document, findingsOf(document, workspace), levels), pages);
}
